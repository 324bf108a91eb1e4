"""The local grammar of posts: a role, its modifiers, and the body it belongs to, spelled or elided. Rules: DOMAIN.md 3."""

from dataclasses import replace
from typing import Literal

from kg.read.actors.agencies import AgencyGrammar, AgencySpan
from kg.read.actors.foreign import foreign_end
from kg.read.actors.lexicon import (
    Entry,
    Head,
    Role,
    Word,
    common_families,
    families,
    heads,
    inside,
    word_set,
)
from kg.read.actors.places import level_at, name_at, place_at
from kg.read.actors.tokens import Tokens
from kg.read.records import record

Status = Literal["current", "former", "acting"]
_OF = frozenset({"của", "thuộc"})
_TASKS = frozenset({"thanh", "tra", "kiểm", "liên", "ngành", "giám", "sát"})
_TERMS = frozenset({"VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"})


@record
class PostSpan:
    """A post at tokens `first` to `after`; `body` is the span of its agency, `derived` the name of an agency that only the post implies."""

    first: int
    after: int
    text: str
    role: Role
    status: Status = "current"
    body: AgencySpan | None = None
    derived: str | None = None
    place: str = ""
    country: bool = False

    @property
    def agency(self) -> str | None:
        """The full name of the body the post belongs to, if the post says it."""
        return self.derived or (self.body.full if self.body and not self.body.short else None)


class PostGrammar:
    """Parses posts of one page; `at(i)` gives the post whose role stands at token `i`."""

    def __init__(self, tokens: Tokens, hits: dict[int, tuple[int, Entry]], agencies: AgencyGrammar) -> None:
        self.tokens = tokens
        self.hits = hits
        self.agencies = agencies
        self.wording = agencies.wording
        self.foreign_bodies: set[int] = set()

    def at(self, i: int) -> PostSpan | None:
        """Return the post at token `i`, or None where the role needs a body that is not there."""
        hit = self.hits.get(i)
        if hit is None or not isinstance(hit[1], Role) or self.tokens.word(i - 1) == "phủ":
            return None
        span = self._in_charge(i, hit[0], hit[1]) or self._body(i, hit[0], hit[1])
        return self._with_status(self._with_gloss(self._with_term(span))) if span else None

    def _in_charge(self, i: int, after: int, role: Role) -> PostSpan | None:
        """ "Phó Chủ tịch phụ trách đô thị": the field belongs to the post, then the body after "của"."""
        tokens, end = self.tokens, after
        if tokens.word(after - 1) != "trách" or self.agencies.at(after):
            return None
        while end - after < 5 and tokens.word(end).isalpha() and tokens.word(end) not in _OF:
            if self.wording.person_starts(end) or tokens.word(end) in word_set("body_stop"):
                break
            end += 1
        if end == after:
            return None
        owner = self.agencies.at(end + 1) if tokens.word(end) in _OF else None
        return self._span(i, owner.after if owner and not owner.short else end, role)

    def _with_term(self, span: PostSpan) -> PostSpan:
        """Terms and years belong to the post: "Ủy viên ... các khóa X, XI", "... nhiệm kỳ 2015-2020"."""
        tokens = self.tokens
        j = span.after + (tokens.word(span.after) == "các")
        if tokens.word(j) in {"khóa", "khoá"} and tokens.word(j + 1).upper() in _TERMS:
            j += 2
            while tokens.word(j) in {",", "và"} and tokens.word(j + 1).upper() in _TERMS:
                j += 2
            return replace(span, after=j, text=tokens.slice(span.first, j))
        if tokens.word(j) == "nhiệm" and tokens.word(j + 1) == "kỳ" and tokens.word(j + 2).isdigit():
            j += 3
            while tokens.word(j) in {"-", "–"} or tokens.word(j).isdigit():
                j += 1
            return replace(span, after=j)
        return span

    def _with_gloss(self, span: PostSpan) -> PostSpan:
        """An acronym in brackets between a post and a name belongs to the post: "Bộ trưởng Bộ ... (TT-TT) Nguyễn Văn A"."""
        j = span.after
        if self.tokens.word(j) == "(" and self.tokens.word(j + 2) == ")" and self.tokens.cap(j + 3):
            gloss = self.tokens.slice(j + 1, j + 2)
            return (
                replace(span, after=j + 3) if gloss.isupper() or (not gloss.islower() and not gloss.istitle()) else span
            )
        return span

    def _body(self, i: int, after: int, role: Role) -> PostSpan | None:
        parse = {
            "none": self._bare,
            "field": self._field,
            "open": self._open,
            "nest": self._open,
            "ban": self._open,
            "country": self._country,
            "place": self._placed,
            "named": self._named,
        }.get(role.body, self._agency)
        return parse(i, after, role)

    def _span(self, i: int, after: int, role: Role, **more: object) -> PostSpan:
        return PostSpan(i, after, _spelled(self.tokens, i, after), role, **more)  # type: ignore[arg-type]  # passed on as the caller gave them

    def _bare(self, i: int, after: int, role: Role) -> PostSpan | None:
        derived = role.prefix if role.body == "none" and role.prefix else None
        return self._span(i, after, role, derived=derived)

    def _named(self, i: int, after: int, role: Role) -> PostSpan | None:
        """A word like "cán bộ" or "đại biểu" is a post only beside a name, which the person grammar sees to."""
        tokens = self.tokens
        body = self.agencies.at(after)
        if body and not body.short and not body.group:
            return self._with_parent(self._span(i, body.after, role, body=None if body.foreign else body))
        end = self.wording.open_end(after) if not tokens.cap(after) else after
        for k in range(end, end + 5):
            body = self.agencies.at(k)
            if body and (not body.short or tokens.cap(k)) and not body.group:
                return self._span(i, body.after, role, body=None if body.foreign else body)
            stop, place = place_at(tokens, k, bare=False)
            if place:
                return self._span(i, stop, role, place=place)
            if (
                tokens.cap(k)
                or not tokens.word(k).replace("-", "").isalpha()
                or tokens.word(k) in word_set("body_stop")
            ):
                break
        if self.wording.person_starts(after) or (tokens.word(i - 1) in {"-", ","} and role.key != "đại diện"):
            return self._bare(i, after, role)
        return None

    def _with_of(self, after: int) -> int:
        return after + 1 if self.tokens.word(after) in _OF else after

    def _agency(self, i: int, after: int, role: Role) -> PostSpan | None:
        j = self._with_of(after)
        body = self.agencies.at(j)
        if body and not (body.short and self.tokens.word(body.after) == "các"):
            foreign = foreign_end(self.wording, body.after) if not body.place else body.after
            if foreign > body.after and not body.foreign:
                self.foreign_bodies.add(body.first)
                return self._span(i, foreign, role, country=True)
            return self._with_parent(
                self._span(i, body.after, role, body=None if body.foreign else body, country=body.foreign)
            )
        if j == after:
            foreign = foreign_end(self.wording, after)
            if foreign > after:
                return self._span(i, foreign, role, country=True)
            hit = self.hits.get(after)
            if body is None and hit and isinstance(hit[1], Head) and not self.tokens.cap(after):
                return self._span(i, hit[0], role)
            placed = self._placed(i, after, role)
            if placed is not None and placed.after > after:
                return placed
            return self._span(i, self._acronym_end(after), role)
        return self._bare(i, after, role)

    def _acronym_end(self, after: int) -> int:
        """An acronym or a brand behind a role is its body: "Giám đốc ABC", "Tổng giám đốc Abico Nguyễn Văn A"."""
        word = self.tokens.text[self.tokens.starts[after] : self.tokens.ends[after]] if after < len(self.tokens) else ""
        if len(word) > 2 and word.isupper() and word.isalpha() and word.lower() not in families():
            return after + 1 if after not in self.hits else after
        brand = self.tokens.cap(after) and word.lower() not in families() and after not in self.hits
        return after + 1 if brand and self.wording.person_starts(after + 1) and word.isascii() else after

    def _with_parent(self, span: PostSpan) -> PostSpan:
        """A body may be followed by the one above it: "Cục 3, Thanh tra Chính phủ", "Vụ Pháp chế (Bộ Y tế)"."""
        j, body = span.after, span.body
        mark, small = (
            self.tokens.word(j),
            body is not None and body.head.kind in {"bureau", "division", "sub_department"},
        )
        if (body is not None and body.place) or not (mark in _OF or (small and mark in {"-", ","})):
            return span
        parent = self.agencies.at(j + 1)
        if parent is None or parent.short or parent.head.kind in {"bureau", "division"}:
            return span
        if mark == "," and self.tokens.word(parent.after) not in {",", "-", "(", ")", "."}:
            return span
        return replace(span, after=parent.after, text=_spelled(self.tokens, span.first, parent.after))

    def _placed(self, i: int, after: int, role: Role) -> PostSpan | None:
        end, place = place_at(self.tokens, after)
        if not place:
            known = name_at(self.tokens, after)
            if known > after and not self._is_name(after, known):
                end, place = known, self.tokens.slice(after, known)
        return self._span(i, end, role, place=place) if place else self._bare(i, after, role)

    def _is_name(self, i: int, after: int) -> bool:
        """A place name that goes on as a person's ("Thái Nguyên Khang") is one."""
        return self.tokens.words[i] in common_families() and self.tokens.cap(after)

    def _country(self, i: int, after: int, role: Role) -> PostSpan | None:
        j = after
        body = self.agencies.at(j)
        if body and body.head.canonical in {"Chính phủ", "Quốc hội"}:
            return self._span(i, body.after, role, body=None if body.foreign else body, country=body.foreign)
        foreign = foreign_end(self.wording, j)
        if foreign > j:
            return self._span(i, foreign, role, country=True)
        if role.body == "country" and "tướng" not in role.key:
            return self._span(i, self._acronym_end(after), role)
        return self._bare(i, after, role)

    def _field(self, i: int, after: int, role: Role) -> PostSpan | None:
        body = self.agencies.at(after)
        if body and body.head.kind == "ministry" and self.tokens.word(body.after) != "các":
            foreign = foreign_end(self.wording, body.after)
            if foreign > body.after:
                self.foreign_bodies.add(body.first)
                return self._span(i, foreign, role, country=True)
            return self._span(
                i, body.after, role, body=None if body.foreign or body.short else body, country=body.foreign
            )
        end, field = self.wording.field_at(after)
        if field and self.tokens.cap(after):
            country = foreign_end(self.wording, end)
            if country > end:
                return self._span(i, country, role, country=True)
            return self._span(i, end, role, derived=f"{role.prefix} {field}")
        return self._agency(i, after, role) if self.tokens.cap(after) else self._bare(i, after, role)

    def _open(self, i: int, after: int, role: Role) -> PostSpan | None:
        """The role's last word is the body's head: "Trưởng ban Tuyên giáo Tỉnh ủy", "Chánh Văn phòng UBND tỉnh"."""
        j = self._with_of(after)
        body = self.agencies.at(j)
        kind = role.prefix
        if body and not body.foreign:
            own = kind and fold_starts(body.name, kind)
            derived = None if own or not kind or body.short or kind in {"Tổ", "Đoàn", "Đội"} else f"{kind} {body.full}"
            if (
                kind == "Ban"
                and not own
                and body.head.kind not in {"steering_committee", "management_board", "peoples_council"}
            ):
                derived = None
            return self._with_parent(
                self._span(i, body.after, role, body=body, derived=derived if j == after else None)
            )
        if not kind:
            return self._agency(i, after, role)
        return self._implied(i, after, role, kind)

    def _implied(self, i: int, after: int, role: Role, kind: str) -> PostSpan | None:
        word = self.tokens.word(after)
        if word in {"bộ", "sở"} and self.tokens.cap(after):
            return self._span(i, after + 1, role, derived=f"{kind} {self.tokens.slice(after, after + 1)}")
        if kind == "Đoàn":
            return self._delegation(i, after, role)
        head = heads().get(kind.lower(), Head(kind, "department", "open", False))
        body = self.agencies.open_body(after, after, head) if self._opens(after, kind) else None
        if body is None or body.short or body.after == after:
            end, place = place_at(self.tokens, after)
            if place and kind in {"Thanh tra"}:
                return self._span(i, end, role, derived=f"{kind} {place}")
            return self._bare(i, after, role)
        derived = body.full if kind not in {"Tổ", "Đoàn"} else None
        return self._with_parent(self._span(i, body.after, role, derived=derived))

    def _delegation(self, i: int, after: int, role: Role) -> PostSpan | None:
        """ "Trưởng đoàn đại biểu Quốc hội tỉnh ..." is a standing post; the head of an ad hoc delegation is one only with its task."""
        tokens = self.tokens
        deputies = 3 if tokens.word(after) == "đại" and tokens.word(after + 2) == "quốc" else 0
        if tokens.word(after) == "đbqh" or deputies:
            end, place = place_at(tokens, after + (4 if deputies else 1))
            return self._span(i, end, role, derived=f"Đoàn đại biểu Quốc hội {place}".strip())
        task = after
        while task - after < 4 and tokens.word(task) in _TASKS:
            task += 1
        if task == after:
            return None
        if tokens.word(task) == "số" and tokens.word(task + 1)[:1].isdigit():
            task += 2
        owner = self.agencies.at(task + 1) if tokens.word(task) in _OF else None
        return self._span(i, owner.after if owner and not owner.short else task, role)

    def _opens(self, after: int, kind: str) -> bool:
        tokens = self.tokens
        if tokens.cap(after):
            return (not self.wording.person_starts(after) and tokens.words[after] not in common_families()) or (
                (tokens.words[after], tokens.word(after + 1)) in inside()
            )
        first = kind.lower().split()[-1]
        return (first, tokens.word(after)) in inside() or level_at(tokens, after)[1] != ""

    def _with_status(self, span: PostSpan) -> PostSpan:
        hit = self.hits.get(span.first - 1)
        kind = hit[1].kind if hit and isinstance(hit[1], Word) and hit[0] == span.first else ""
        if kind not in {"former", "acting"}:
            return span
        first = span.first - 1
        status: Status = "former" if kind == "former" else "acting"
        return replace(span, first=first, text=_spelled(self.tokens, first, span.after), status=status)


def fold_starts(name: str, head: str) -> bool:
    """Say whether `name` starts with `head`, whatever the case."""
    return name.lower().startswith(head.lower())


def _spelled(tokens: Tokens, first: int, after: int) -> str:
    return tokens.slice(first, after).replace(" & ", "&")
