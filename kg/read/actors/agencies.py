"""The local grammar of agencies: a head, what it is for, and the place it belongs to.

Rules: GUIDELINES.md (Agencies), DOMAIN.md 1.1 to 1.4. The grammar runs from a head that the matcher found; it never scans the text.
"""

from bisect import bisect_left
from dataclasses import replace

from kg.lexicon.matcher import Hit
from kg.read.actors.lexicon import (
    Entry,
    Head,
    countries,
    inside,
    is_syllable,
)
from kg.read.actors.places import department_place, find_phrase, name_at, place_at, unknown_province_at
from kg.read.actors.tokens import Tokens
from kg.read.actors.wording import Wording
from kg.read.records import record

_SEPARATORS = frozenset({",", "và", ";"})
_PLURAL = frozenset({"các", "hai", "ba", "những", "2", "3", "4", "5", "6", "7", "8", "bốn", "năm", "sáu", "một"})
_JOIN = frozenset({"và", "-", ",", "&", "–", "/"})
_NOT_A_BODY = frozenset({"lãnh", "giám", "trưởng", "viên", "nghị", "thảo", "việc", "án"})
_NOT_AFTER = {
    "Bộ": frozenset({"luật", "đội", "quản", "ngành"}),
    "Phòng": frozenset({"chống", "cháy"}),
    "Văn phòng": frozenset({"công", "luật"}),
    "Bệnh viện": frozenset({"dã"}),
}
_COMPOUNDS = frozenset({"vụ", "hội", "đội", "phòng", "viện", "ban"})
_SO_BEFORE = frozenset({"cơ", "trụ", "công", "xứ", "cán", "toàn", "nội", "tiến", "trung", "nam"})
_VOWED = frozenset({"state_enterprise", "bank", "mass_association"})
_LONG = frozenset({"steering_committee", "task_force", "management_board"})
_NEVER_A_BODY = frozenset({"lãnh", "giám", "trưởng", "viên"})
_STATE_FIRM = (("mtv",), ("một", "thành", "viên"))
_NO_NEST = frozenset({"ministry", "department", "peoples_committee", "peoples_council"})


_DEEPEST = 12
"""Bodies inside bodies that are followed; no name that anybody wrote holds more than four."""


@record
class AgencySpan:
    """A body at tokens `first` to `after`: its expanded `name` without the place, the `place` as expanded text, and whether it is only a short form;
    `held` where the text names those who head it ("Chủ tịch UBND các xã: A, B")."""

    first: int
    after: int
    name: str
    place: str
    head: Head
    short: bool = False
    foreign: bool = False
    group: bool = False
    held: bool = False

    @property
    def full(self) -> str:
        """The name with its place."""
        return f"{self.name} {self.place}" if self.place else self.name


class AgencyGrammar:
    """Parses agencies of one page. `at(i)` gives the body that starts at token `i`, or None; results are kept."""

    def __init__(self, tokens: Tokens, hits: dict[int, tuple[int, Entry]]) -> None:
        self.tokens = tokens
        self.hits = hits
        self.wording = Wording(tokens, hits)
        self._known: dict[int, AgencySpan | None] = {}
        self._depth = 0

    def at(self, i: int) -> AgencySpan | None:
        """Return the body whose head stands at token `i`."""
        if i not in self._known:
            hit = self.hits.get(i)
            if self._depth == _DEEPEST:
                return None
            self._depth += 1
            self._known[i] = self._parse(i, hit[0], hit[1]) if hit and isinstance(hit[1], Head) else None
            self._depth -= 1
        return self._known[i]

    def _parse(self, i: int, after: int, head: Head) -> AgencySpan | None:
        if head.body == "place" and not self.tokens.cap(i) and self._of_many(i):
            return None
        if head.body == "none":
            return self._foreign(AgencySpan(i, after, head.canonical, "", head))
        if not self.tokens.cap(i) and after - i == 1 and head.body != "place" and not self._lower_head(i, after, head):
            return None
        parse = {
            "level": self._level,
            "place": self._place,
            "field": self._field,
            "nest": self._nest,
        }.get(head.body, self.open_body)
        span = parse(i, after, head)
        return self._foreign(span) if span else None

    def _of_many(self, i: int) -> bool:
        """ "các huyện ủy, thành ủy": written small behind "các", no one body."""
        tokens, j = self.tokens, i
        while tokens.word(j - 1) in _SEPARATORS and tokens.word(j - 2) in {"ủy", "đoàn"} and not tokens.cap(j - 3):
            j -= 3
        return tokens.word(j - 1) == "các"

    def _lower_head(self, i: int, after: int, head: Head) -> bool:
        """A head of one word in lower case counts only when its body is plainly one."""
        word = self.tokens.word(i)
        if head.body == "level":
            return True
        if word == "ban" and self.tokens.word(i - 1) == "các" and self.tokens.cap(after):
            return (word, self.tokens.word(after)) in inside()
        if word in _COMPOUNDS or self.tokens.word(i - 1) in _SO_BEFORE:
            return False
        if head.body == "field":
            return self.wording.field_at(after + (self.tokens.word(after) == ":"))[0] > after
        if head.kind == "hospital":
            return True
        return self.tokens.cap(after) and (word, self.tokens.word(after)) in inside()

    def _foreign(self, span: AgencySpan) -> AgencySpan | None:
        """Mark a foreign body; drop a building named after a body ("Trụ sở Chính phủ") and "phi chính phủ"."""
        tokens, first = self.tokens, span.first
        before = tokens.word(first - 1)
        if before in {"huyện", "quận", "xã", "phường"} and span.head.kind in {"division", "mass_association"}:
            return None
        if before in {"phi", "tây"} or (before == "đại" and span.head.kind == "council"):
            return None
        if span.head.canonical == "Chính phủ" and tokens.word(span.after) in {"điện", "số", "kiến"}:
            return None
        if span.head.canonical.startswith("Đảng bộ") and before in {"hội", "biểu"}:
            return None
        if (before == "nhà" and span.head.kind == "legislature") or (
            before == "sở" and tokens.word(first - 2) == "trụ"
        ):
            return replace(span, group=True, short=True)
        if self.country_after(span.after) and not span.place:
            return replace(span, after=find_phrase(tokens, span.after, countries()), foreign=True)
        inside_name = any(self.country_after(j, span.after) for j in range(first + 1, span.after))
        return replace(span, foreign=True) if inside_name and span.head.body not in {"none", "level"} else span

    def country_after(self, i: int, limit: int = 0) -> bool:
        """Say whether a country's name stands at `i`; one of a single syllable must end a run of capitals."""
        after = find_phrase(self.tokens, i, countries())
        if after == i or (limit and after > limit):
            return False
        if limit and after - i == 1 and (after < limit or (self.tokens.word(i - 1), self.tokens.word(i)) in inside()):
            return False
        if (
            limit
            and after - i == 1
            and i == limit - 1
            and is_syllable(self.tokens.words[i])
            and self.tokens.words[i] not in {"nga", "lào"}
        ):
            return False
        return after - i > 1 or not (self.tokens.cap(after) and is_syllable(self.tokens.words[after]))

    def _level(self, i: int, after: int, head: Head) -> AgencySpan | None:
        word = self.tokens.word(after)
        if word in {"các", "cấp"}:
            return AgencySpan(i, after, head.canonical, "", head, short=True, group=True)
        if head.canonical in {"Thanh tra", "Công an", "Cảnh sát"}:
            nested = self._nested(i, after, head)
            if nested:
                return nested
            if word in {"bộ", "sở"}:
                return AgencySpan(i, after + 1, f"{head.canonical} {word.capitalize()}", "", head)
        if head.canonical.endswith("cấp cao") and word == "tại":
            end, place = place_at(self.tokens, after + 1, bare=False)
            return AgencySpan(i, end, head.canonical, f"tại {place}" if place else "", head, short=not place)
        end, place = place_at(self.tokens, after)
        if head.canonical == "Thanh tra" and not place and self.tokens.cap(after):
            field_end, field = self.wording.field_at(after)
            if field:
                return AgencySpan(i, field_end, f"{head.canonical} {field}", "", head)
        if self.tokens.word(after) == "(" and self.tokens.word(after + 2) == ")":
            end, place = place_at(self.tokens, after + 3)
            if self.tokens.word(after + 3) == "việt" and self.tokens.word(after + 4) == "nam":
                end, place = after + 5, "Việt Nam"
        if not place and head.kind in {"peoples_committee", "police", "peoples_council", "court", "procuracy"}:
            known = name_at(self.tokens, after)
            if known == after and (word, self.tokens.word(after + 1)) not in inside():
                known = unknown_province_at(self.tokens, after)
            if known > after:
                end, place = known, self.tokens.slice(after, known)
        if not place:
            if not self.tokens.cap(i):
                return None
            return AgencySpan(i, after, head.canonical, "", head, short=not head.alone)
        return AgencySpan(i, end, head.canonical, place, head)

    def _place(self, i: int, after: int, head: Head) -> AgencySpan | None:
        end, place = place_at(self.tokens, after, bare=head.canonical in {"Tỉnh ủy", "Thành ủy"})
        if not place:
            known = name_at(self.tokens, after)
            if known == after:
                known = unknown_province_at(self.tokens, after)
            end, place = (known, self.tokens.slice(after, known)) if known > after else (after, "")
        return AgencySpan(i, end, head.canonical, place, head)

    def _field(self, i: int, after: int, head: Head) -> AgencySpan | None:
        colon = self.tokens.word(after) == ":" and self.tokens.word(i - 1) in _PLURAL
        end, field = self.wording.field_at(after + colon, item=bool(colon))
        if not field:
            if not self.tokens.cap(i) or self.tokens.word(after) in _NOT_AFTER.get(head.canonical, _NOT_A_BODY):
                return None
            end = self.wording.open_end(after) if self.tokens.cap(after) else after
            if end == after:
                return AgencySpan(
                    i, after, head.canonical, "", head, short=True, group=self.tokens.word(i - 1) in _PLURAL
                )
            return AgencySpan(i, end, f"{head.canonical} {self.wording.expand(after, end)}", "", head)
        place = ""
        if head.kind == "department":
            end, place = department_place(self.tokens, end)
        return AgencySpan(i, end, f"{head.canonical} {field}", place, head)

    def _nest(self, i: int, after: int, head: Head) -> AgencySpan | None:
        nested = self._nested(i, after, head)
        if nested:
            return nested
        if self.tokens.word(after) in {"bộ", "sở"} and self.tokens.cap(after):
            return AgencySpan(i, after + 1, f"{head.canonical} {self.tokens.slice(after, after + 1)}", "", head)
        return self.open_body(i, after, head)

    def _nested(self, i: int, after: int, head: Head) -> AgencySpan | None:
        inner = self.at(after)
        if inner is None or inner.short or inner.foreign:
            return None
        return AgencySpan(i, inner.after, f"{head.canonical} {inner.name}", inner.place, head)

    def open_body(self, i: int, after: int, head: Head) -> AgencySpan | None:
        word = self.tokens.word(after)
        if word in _NEVER_A_BODY or (word in _NOT_A_BODY and not self.tokens.cap(after)):
            return None
        if word in _NOT_AFTER.get(head.canonical, ()):
            return None
        if head.kind == "company":
            return self._firm(i, after, head)
        if head.kind in _LONG and self.tokens.word(after) == "của":
            return self._of_leader(i, after, head)
        if head.kind == "task_force" and not self.tokens.cap(after):
            return AgencySpan(i, after, head.canonical, "", head, short=True) if self.tokens.cap(i) else None
        if head.kind in _VOWED and (self.tokens.word(after), self.tokens.word(after + 1)) not in inside():
            return None
        end = self.wording.long_end(after, head) if head.kind in _LONG else self.wording.open_end(after, head)
        name = f"{head.canonical} {self.wording.expand(after, end)}" if end > after else head.canonical
        inner = self.at(end)
        if inner and not inner.short and self.tokens.cap(end) and inner.head.kind not in _NO_NEST | {"task_force"}:
            return AgencySpan(i, inner.after, f"{name} {inner.name}", inner.place, head)
        if (
            inner
            and not inner.short
            and self.tokens.cap(end)
            and head.kind in {"steering_committee", "office", "division"}
        ):
            return AgencySpan(i, inner.after, f"{name} {inner.name}", inner.place, head)
        stop, place = place_at(self.tokens, end)
        if head.kind in {"council", "committee"} and not place and end - after < 2:
            return AgencySpan(i, end, name, "", head, short=True)
        if head.kind == "council" and not place and not any(self.tokens.caps[after:end]):
            return AgencySpan(i, end, name, "", head, short=True)
        if (
            end == after
            and place
            and head.kind in {"public_service_unit", "task_force", "division", "council", "committee"}
        ):
            return None
        if end == after and not place:
            if not self.tokens.cap(i):
                return None
            return AgencySpan(
                i, after, head.canonical, "", head, short=not head.alone, group=self.tokens.word(i - 1) in _PLURAL
            )
        return AgencySpan(i, stop, name, place, head)

    def _firm(self, i: int, after: int, head: Head) -> AgencySpan:
        """A firm counts as a body of the state only where its name says so."""
        end = self.wording.firm_end(after)
        words = tuple(self.tokens.words[i:end])
        state = any(words[k : k + len(mark)] == mark for mark in _STATE_FIRM for k in range(len(words)))
        return AgencySpan(i, end, self.wording.expand(i, end) if state else "", "", head, short=not state)

    def _of_leader(self, i: int, after: int, head: Head) -> AgencySpan | None:
        """ "Tổ công tác của Thủ tướng", "Ban chỉ đạo của Chính phủ": named by the one who set it up."""
        tokens, j = self.tokens, after + 1
        if tokens.word(j) == "thủ" and tokens.word(j + 1) == "tướng":
            j += 2
        government = tokens.word(j) == "chính" and tokens.word(j + 1) == "phủ"
        end = j + 2 if government else j
        if end == after + 1:
            place_end, place = place_at(tokens, end)
            return AgencySpan(i, place_end, head.canonical, place, head) if place else None
        return AgencySpan(i, end, f"{head.canonical} {tokens.slice(after, end)}", "", head)


def index_hits(tokens: Tokens, hits: list[Hit[Entry]]) -> dict[int, tuple[int, Entry]]:
    """Return the matcher's hits by token: first token -> (token after, entry). Hits that cut a token are dropped."""
    out: dict[int, tuple[int, Entry]] = {}
    for hit in hits:
        first, after = tokens.at(hit.start), bisect_left(tokens.ends, hit.end)
        if first >= 0 and tokens.ends[after] == hit.end:
            out[first] = (after + 1, hit.payload)
    return out
