"""Who is told, in a letter: the list of bodies, posts and groups before or behind an order, each by its full name or as written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.lexicon.tables import read_table
from kg.read.letters.names import field_spans, known_spans
from kg.read.letters.words import words
from kg.read.mentions import ActorMention
from kg.read.page import Page
from kg.text.fold import fold

_LONGEST = 420
_ADDRESS = re.compile(r"(?:các\s+)?(?:ông\s*\(bà\)|ông, bà|đồng chí|ông|bà)\s*:?\s*")
_SEPARATOR = re.compile(r"\s*;\s*(?:và\s+)?|\s*,\s*(?:và\s+)?|\s+và\s+|\s+cùng\s+(?=các|thủ trưởng|ủy ban)")
_DETERMINER = re.compile(r"(?:các|những|mọi|toàn|từng|tất cả)\b")
_OPENS = re.compile(
    r"(?:các|những|mọi|toàn|từng|tất cả|thủ trưởng|người đứng đầu|chủ tịch|giám đốc|ông|bà|đồng chí|lãnh đạo|đại biểu|cán bộ|người dân"
    r"|ủy ban|tổ trưởng|chánh|(?:phó\s)?trưởng (?:phòng|ban|khoa|bộ môn|đoàn|các)|(?:phó\s)?hiệu trưởng|bộ trưởng|thứ trưởng|(?:tổng\s)?cục trưởng|vụ trưởng"
    r"|chi cục trưởng|viện trưởng|chỉ huy trưởng|đội trưởng|hạt trưởng|bí thư|chủ nhiệm|tổng giám đốc|(?:một|hai|ba|bốn) ban"
    r"|công chức|viên chức|bộ phận|trưởng thôn)\b"
)
_LEVELS = "tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|thôn|bản"
_PLACES = re.compile(rf"\bcác (?:{_LEVELS})\s*:?\s+(?P<name>\S)")
_COLON_INSIDE = re.compile(
    r"(?:sở|ban|phòng|bộ|cục|vụ|ngành|ông \(bà\)|đồng chí|ông, bà|đơn vị|"
    rf"các (?:{_LEVELS}))\s*$"
)
_PAIR = re.compile(r"\bông, bà\b|\bông/bà\b")
_FIELDS = re.compile(
    r"(?P<post>(?:(?:phó )?giám đốc|(?:phó )?trưởng|bộ trưởng|(?:tổng\s)?cục trưởng|vụ trưởng|thủ trưởng)\s+)?(?:các\s+)?"
    r"(?P<head>sở|ban|phòng|bộ|cục|vụ)(?:,\s*ngành)?\s*:\s*"
)
_ORGANISATION = re.compile(r"tổ chức\s+(?:đảng|đoàn|chính trị|xã hội|cá nhân|hội|,|và|liên quan|thành viên|trong)")
_PAST = re.compile(r"\s(?:đã|vừa)\s")
_SLACK = 3


class Told(NamedTuple):
    """The names, whether a known body or post is among them, and the code point behind the list."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Hearers:
    """Finds who is told on a page."""

    page: Page
    mentions: Sequence[ActorMention]

    def at(self, start: int, end: int) -> Told | None:
        """Return the list that begins at `start`, None where something else stands there."""
        folded = self.page.folded
        while start < end and not folded[start].isalnum():
            start += 1
        if found := _ADDRESS.match(folded, start, end):
            start = found.end()
        stop = self._stop(start, min(end, start + _LONGEST))
        pieces = list(self._pieces(start, stop))
        if not pieces or not self._is_addressee(*pieces[0]):
            return None
        names = list(self._names(pieces))
        return Told(tuple(dict.fromkeys(n for n, _ in names)), tuple(k for _, k in names), stop)

    def whole(self, start: int, end: int) -> Told | None:
        """Return the list where it fills everything from `start` to `end`, a colon or a full stop aside."""
        found = self.at(start, end)
        rest = self.page.text[found.end : end].strip(" :.;,") if found else "x"
        return found if not rest else None

    def _stop(self, start: int, end: int) -> int:
        folded, text = self.page.folded, self.page.text
        told = _PAST.search(folded, start, end)
        stop = end = told.start() if told else end
        for match in words().duties.finditer(folded, start, end):
            at = match.start()
            if text[at].isupper() or self._inside(at, match.end()) or (at > start and not folded[at - 1].isspace()):
                continue
            is_body = folded.startswith("tổ chức", at) and (
                _ORGANISATION.match(folded, at) or folded[:at].endswith(("các ", "những "))
            )
            if not is_body:
                stop = at
                break
        for match in re.finditer(r"[:.()]", folded[start:stop]):
            at = start + match.start()
            if self._inside(at, at + 1) or (match.group() == "." and folded[at + 1 : at + 2].isalnum()):
                continue
            if match.group() != ":" or not _COLON_INSIDE.search(folded, start, at):
                return at
        return stop

    def _inside(self, start: int, end: int) -> bool:
        return any(m.start <= start and end <= m.end and m.start < start for m in self.mentions)

    def _pieces(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """The items of a list: names and known fields are never cut, and words in lower case go on with a group."""
        atoms = [(m.start, m.end) for m in self.mentions] + known_spans(self.page.folded, start, stop)
        atoms += [
            (hit.start() + start, hit.end() + start) for hit in self._fields().finditer(self.page.folded[start:stop])
        ]
        atoms += [match.span() for match in _PAIR.finditer(self.page.folded, start, stop)]
        cuts: list[tuple[int, int]] = []
        for match in _SEPARATOR.finditer(self.page.folded, start, stop):
            if not any(left < match.start() and match.end() < right for left, right in atoms):
                cuts.append((match.start(), match.end()))
        lefts, rights = [start, *(right for _, right in cuts)], [*(left for left, _ in cuts), stop]
        held: tuple[int, int] | None = None
        for left, right in zip(lefts, rights, strict=True):
            bare = self.page.text[left:right].strip(" ,;:")
            if not bare:
                continue
            left = self.page.text.index(bare, left)
            if held and self._goes_on(held, left, left + len(bare)):
                held = (held[0], left + len(bare))
                continue
            if held:
                yield held
            held = (left, left + len(bare))
        if held:
            yield held

    def _goes_on(self, held: tuple[int, int], left: int, right: int) -> bool:
        """Whether a piece goes on with the one before: "các tỉnh Lạc Hà, Sơn Trà", "Thi đua, khen thưởng", "các xã, phường"."""
        folded, text = self.page.folded, self.page.text
        if _OPENS.match(folded, left) or self._opens_name(left, right) or _FIELDS.match(folded, held[0]):
            return False
        if text[left].isupper():
            places = list(_PLACES.finditer(folded, *held))
            return bool(places) and text[places[-1].start("name")].isupper()
        if _OPENS.match(folded, held[0]) or " các " in folded[held[0] : held[1]]:
            return True
        return text[held[0]].isupper() and not _groups().match(folded, left)

    def _opens_name(self, left: int, right: int) -> bool:
        """Whether a piece in capitals opens with a body or a post."""
        is_named = any(left <= m.start <= left + _SLACK and m.end <= right + _SLACK for m in self.mentions)
        return self.page.text[left].isupper() and (is_named or self._opens_body(left))

    def _opens_body(self, left: int) -> bool:
        folded = self.page.folded
        return bool(words().heads.match(folded, left)) and not words().not_heads.match(folded, left)

    def _fields(self) -> re.Pattern[str]:
        """What the letter's own bodies are called behind their first word: "Quản lý giá và Công sản" of a "Phòng"."""
        names = {fold(m.name).partition(" ")[2] for m in self.mentions if m.kind == "agency"}
        listed = sorted((name for name in names if " " in name), key=lambda name: (-len(name), name))
        return re.compile("|".join(map(re.escape, listed)) or r"(?!)")

    def _is_addressee(self, left: int, right: int) -> bool:
        folded = self.page.folded
        if any(m.start <= left + _SLACK and left < m.end for m in self.mentions):
            return True
        head = folded[left:right]
        return bool(_OPENS.match(head) or _FIELDS.match(head) or self._opens_body(left))

    def _names(self, pieces: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
        prefix = ""
        for left, right in pieces:
            listed = _FIELDS.match(self.page.folded, left, right)
            if listed:
                prefix = self._prefix(left, listed)
                left = listed.end()
            elif prefix and not (
                field_spans(self.page.folded, left, right) or self._fields().match(self.page.folded, left)
            ):
                prefix = ""
            if prefix and left < right:
                yield f"{prefix} {self.page.text[left:right].strip()}", "post" if " " in prefix else "agency"
            elif left < right:
                yield self._name(left, right)

    def _prefix(self, left: int, listed: re.Match[str]) -> str:
        """What a list's members share: "Sở", "Giám đốc Sở", "Trưởng phòng"."""
        post, head = (listed["post"] or "").strip(), listed["head"]
        if not post:
            return head.capitalize()
        return f"{self.page.text[left].upper()}{post[1:]} {head if post.endswith('trưởng') and head in ('phòng', 'ban') else head.capitalize()}"

    def _name(self, left: int, right: int) -> tuple[str, str]:
        for mention in self.mentions:
            rest = self.page.text[mention.end : right]
            if abs(mention.start - left) <= _SLACK and not any(char.isalnum() for char in rest):
                return _lowered(mention.name), mention.kind
        return _lowered(expanded(self.page.text[left:right])), "group"


def expanded(name: str) -> str:
    """Return a name with its abbreviations written out.

    >>> expanded("UBND các xã")
    'Ủy ban nhân dân các xã'
    """
    return re.sub(r"[^\W\d_]+", lambda m: _abbreviations().get(m.group(), m.group()), name)


@cache
def _groups() -> re.Pattern[str]:
    """Nouns that name a group of addressees in lower case."""
    nouns = {fold(row["form"]) for row in read_table("group_words") if row["kind"] == "noun"}
    nouns |= {fold(row["form"]) for row in read_table("addressee_groups")} | {"cá nhân", "chủ rừng", "hộ dân"}
    return re.compile("(?:" + "|".join(map(re.escape, sorted(nouns, key=lambda noun: (-len(noun), noun)))) + r")\b")


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["expansion"] for row in read_table("agency_abbreviations")}


def _lowered(name: str) -> str:
    return name[0].lower() + name[1:] if _DETERMINER.match(name.lower()) else name
