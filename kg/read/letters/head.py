"""The header of a letter: issuer, number, place, date, kind, subject, urgency (Nghị định 30/2020/NĐ-CP, annex I; Hướng dẫn 36-HD/VPTW)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model.letter import LetterField, LetterForm, LetterSpan
from kg.read.letters.cells import Cell, PlaceDate, number_in, place_date
from kg.read.letters.names import body_names, spelled
from kg.read.letters.words import words
from kg.text.fold import fold

HEAD_CELLS = 40
"""No header has more cells."""

_SUBJECT_MAX = 300
_SUBJECT_LINES = 4
_ABOUT = re.compile(r"(?:v\s*/\s*v|về việc)\s*:?\s*", re.IGNORECASE)
_TO = re.compile(r"kính gửi\s*:?\s*", re.IGNORECASE)
_BULLET = re.compile(r"[-–—+•*]\s*")
_WIRED = re.compile(r"\bđiện\s*:$")
_NO_SUBJECT = re.compile(r"căn cứ\b|điều\s\d|ngày\s\d|\d+[.)/-]\s|[ivx]+[.-]\s")
_OF = re.compile(r"của\s+(?=\S)")
_SIGN = re.compile(r"\s*([/–-])\s*")
_ENDS = (".", ";", ":")


@dataclass(slots=True)
class Head:
    """What a header says; `end` is the number of the first cell behind it."""

    form: LetterForm = "state"
    kind: str = ""
    issuer: str | None = None
    parent: str | None = None
    number: str | None = None
    place: str | None = None
    date: str | None = None
    subject: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    addressed_to: list[str] = field(default_factory=list)
    spans: list[LetterSpan] = field(default_factory=list)
    end: int = 0

    def mark(self, name: LetterField, cell: Cell, left: int = 0, right: int | None = None) -> None:
        """Note where a field stands: the part of `cell` from `left` to `right`."""
        end = cell.end if right is None else cell.start + right
        self.spans.append(LetterSpan(field=name, start=cell.start + left, end=end))


def read_head(cells: Sequence[Cell]) -> Head | None:
    """Return the header that `cells` open with, None where they are no letter's."""
    top = cells[:HEAD_CELLS]
    motto = next((n for n, c in enumerate(top) if words().motto.fullmatch(c.folded)), None)
    party = next((n for n, c in enumerate(top) if words().party.fullmatch(c.folded) and c.is_upper), None)
    number = next((n for n, c in enumerate(top) if number_in(c.text) and len(c.text) < 80), None)
    dated = next(((n, found) for n, c in enumerate(top) if (found := place_date(c))), None)
    marked = motto if motto is not None else party
    # a newspaper may quote the motto or a number: two of the three marks must stand together
    if sum(mark is not None for mark in (marked, number, dated)) < 2:
        return None
    head = Head("party" if motto is None and party is not None else "state")
    known = [n for n in (motto, party, number, dated[0] if dated else None) if n is not None]
    _numbered(head, top, number)
    _dated(head, top, dated)
    last = _stamps(head, top, max(known) + 1)
    _bodies(head, top, number if number is not None else max(known))
    for at in (motto, party):
        if at is not None:
            head.mark("motto", top[at])
    _kind_and_subject(head, top, last, min(known))
    _central(head, top)
    _addressed(head, cells)
    return head


def _numbered(head: Head, top: Sequence[Cell], at: int | None) -> None:
    found = number_in(top[at].text) if at is not None else None
    if at is not None and found:
        written = _SIGN.sub(r"\1", found["number"]).replace("–", "-").strip(" .")
        head.number = written if written[:1].isdigit() else None
        head.mark("number", top[at], found.start("number"), found.end("number"))


def _dated(head: Head, top: Sequence[Cell], dated: tuple[int, PlaceDate] | None) -> None:
    if dated:
        at, found = dated
        head.place, head.date = found.place, found.iso
        head.mark("place", top[at], found.at.start("place"), found.at.end("place"))
        head.mark("date", top[at], found.at.end("place"), found.at.end())


def _stamps(head: Head, top: Sequence[Cell], end: int) -> int:
    """Urgency and secrecy stand anywhere in the header; returns the first cell behind it and its stamps."""
    for number, cell in enumerate(top[: end + 4]):
        bare = cell.folded.strip(" .*:")
        if bare in words().urgency and cell.is_upper:
            head.urgency = cell.text.strip(" .*:").capitalize()
            head.mark("urgency", cell)
        elif bare in words().secrecy and cell.is_upper:
            head.secrecy = cell.text.strip(" .*:").capitalize()
            head.mark("secrecy", cell)
        else:
            continue
        end = max(end, number + 1) if number <= end else end
    return end


def _bodies(head: Head, top: Sequence[Cell], before: int) -> None:
    found = [cell for cell in top[:before] if _is_body(cell)]
    names = [cell.text for cell in found]
    head.parent, head.issuer = body_names(names)
    cut = _parent_lines(found) if head.parent else 0
    for number, cell in enumerate(found):
        head.mark("parent" if number < cut else "issuer", cell)


def _is_body(cell: Cell) -> bool:
    if not (cell.is_upper and cell.text[0].isalpha()) or number_in(cell.text):
        return False
    bare = cell.folded.strip(" .*:")
    others = (words().motto, words().independence, words().party)
    return not any(other.fullmatch(cell.folded) for other in others) and bare not in (
        words().urgency | words().secrecy | words().kinds
    )


def _parent_lines(found: Sequence[Cell]) -> int:
    return max(n for n, cell in enumerate(found) if words().heads.match(cell.folded))


def _kind_and_subject(head: Head, top: Sequence[Cell], last: int, first: int) -> None:
    about = next((n for n, c in enumerate(top) if n > first and c.folded.startswith("v/v")), None)
    at = next((n for n in range(first, len(top)) if _is_kind(top[n])), None)
    letter = next((n for n, c in enumerate(top) if _TO.match(c.text)), len(top))
    if at is not None and (about is None or at < about) and at < letter:
        head.kind = top[at].folded.strip(" .*:").capitalize()
        head.mark("kind", top[at])
        head.end = _subject(head, top, at + 1)
        return
    head.kind = "Công văn"
    if about is not None:
        head.end = max(last, _subject(head, top, about))
    else:
        head.end = last


def _central(head: Head, top: Sequence[Cell]) -> None:
    """The Central Committee's letterhead serves its organs, too: "CỦA BAN BÍ THƯ" under the kind says which of them it is."""
    if not (head.issuer and words().central_committee.match(fold(head.issuer))):
        return
    for cell in top:
        of = words().central_organs.fullmatch(cell.folded[4:]) if _OF.match(cell.folded) else None
        if of:
            spans = [
                span.model_copy(update={"field": "parent"}) if span.field == "issuer" else span for span in head.spans
            ]
            head.spans, head.parent, head.issuer = spans, head.issuer, spelled(cell.text[4:])
            head.mark("issuer", cell, 4)
            return


def _is_kind(cell: Cell) -> bool:
    return cell.is_upper and cell.folded.strip(" .*:") in words().kinds


def _subject(head: Head, top: Sequence[Cell], at: int) -> int:
    """Takes the abstract from cell `at` on; returns the cell behind it."""
    parts: list[str] = []
    for number in range(at, min(len(top), at + _SUBJECT_LINES)):
        cell = top[number]
        if not _in_subject(cell, bool(parts)):
            return number
        left = found.end() if not parts and (found := _ABOUT.match(cell.text)) else 0
        parts.append(_of_whom(cell) if not parts and _OF.match(cell.folded) else cell.text[left:])
        head.mark("subject", cell, left)
        head.subject = " ".join(" ".join(parts).split())
    return min(len(top), at + _SUBJECT_LINES)


def _of_whom(cell: Cell) -> str:
    """ "KẾT LUẬN" over "CỦA BAN BÍ THƯ": the Party's heading names who concluded."""
    return f"của {spelled(cell.text[4:])}" if cell.is_upper else cell.text


def _in_subject(cell: Cell, inside: bool) -> bool:
    if cell.is_separator or place_date(cell) or number_in(cell.text) or words().motto.match(cell.folded):
        return False
    if words().independence.match(cell.folded) or words().party.fullmatch(cell.folded):
        return False
    if inside and cell.text[:1].islower() and len(cell.text) < _SUBJECT_MAX:
        return True
    if _OF.match(cell.folded) and not inside:
        return True
    if cell.folded.strip(" .*:") in words().urgency or len(cell.text) > _SUBJECT_MAX or cell.text.endswith(_ENDS):
        return False
    # right behind the kind even "thực hiện Kết luận số ..." is the subject
    opens = words().opens_body if inside else _NO_SUBJECT
    return not (_TO.match(cell.text) or opens.match(cell.folded)) and not (cell.is_upper and (inside or _is_body(cell)))


def _addressed(head: Head, cells: Sequence[Cell]) -> None:
    """Who the letter is for: behind "Kính gửi", or in a wire between the kind and the text."""
    found = next((n for n, c in enumerate(cells[:HEAD_CELLS]) if _TO.match(c.text) or _WIRED.search(c.folded)), None)
    if found is None:
        return
    cell = cells[found]
    to = _TO.match(cell.text)
    rest = cell.text[to.end() :] if to else ""
    if rest:
        for item in re.finditer(r"[^;]+", cell.text[to.end() :] if to else ""):
            _add(head, cell, (to.end() if to else 0) + item.start(), item.group())
    number = found + 1
    while number < len(cells) and _BULLET.match(cells[number].text):
        _add(head, cells[number], 0, cells[number].text)
        number += 1
    head.end = max(head.end, number)


def _add(head: Head, cell: Cell, left: int, item: str) -> None:
    bullet = _BULLET.match(item.lstrip())
    bare = item.lstrip()[bullet.end() :] if bullet else item.lstrip()
    name = bare.rstrip(" ;,.:")
    if name:
        at = left + item.index(name)
        head.addressed_to.append(name)
        head.mark("addressed_to", cell, at, at + len(name))
