"""A letter's lines as cells: what stands side by side in a header is cut apart, and each cell told by its words."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from kg.read.letters.words import words
from kg.text.fold import fold
from kg.text.letters import LOWER, UPPER

_LINE = re.compile(r"[^\n\t]+")
_GAP = re.compile(r"\s{3,}")
_SEPARATOR = re.compile(r"[\s*_=–—•.-]+")
_SYMBOL = rf"[\w{UPPER}{LOWER}&,/ .–-]*?[{UPPER}{LOWER}]\w*"
_NUMBER = re.compile(
    rf"(?i:số)\s*[:.]?\s*(?P<number>\d{{1,5}}[a-zđ]?\s?[-–/]\s?{_SYMBOL}|[….\s]*[-–/]\s?[{UPPER}]\S+)"
    rf"(?=\s{{2,}}|\s*$|\s+[{UPPER}][{LOWER}])"
)
_BLANK = r"\d{1,2}|[….\s]*"
_PLACE_DATE = re.compile(
    rf"(?P<place>[{UPPER}][^\s,:;()]*(?: [^\s,:;()]+){{0,6}})\s*,\s*(?i:ngày)\s*(?P<d>{_BLANK})\s*(?i:tháng)\s*(?P<m>{_BLANK})"
    r"\s*(?i:năm)\s*(?P<y>\d{4}|[….\s]*)\s*$"
)


class Cell(NamedTuple):
    """Code points `start` to `end` of the article's text, without surrounding blanks, and the same folded."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def is_upper(self) -> bool:
        """Whether it holds letters, and capitals only."""
        return self.text.isupper()

    @property
    def is_separator(self) -> bool:
        """Whether it is a rule or a star."""
        return bool(_SEPARATOR.fullmatch(self.text))


class PlaceDate(NamedTuple):
    """ "Lạc Hà, ngày 05 tháng 3 năm 2023": the place, the date as ISO where it is filled in, and where both stand in the cell."""

    place: str
    iso: str | None
    at: re.Match[str]


def cells_of(text: str, start: int, end: int) -> list[Cell]:
    """Return the cells between two code points of `text`, in order; a cell that holds two parts of a header is cut."""
    return [cell for match in _LINE.finditer(text, start, end) for cell in _cut(text, match.start(), match.end())]


def _cut(text: str, start: int, end: int) -> Iterator[Cell]:
    piece = text[start:end]
    folded = fold(piece)
    cuts = {0, len(piece)}
    for pattern in (words().motto, words().independence):
        if found := pattern.search(folded):
            cuts |= {found.start(), found.end()}
    number = number_in(piece)
    dated = _PLACE_DATE.search(piece, number.end() if number else 0)
    cuts |= {dated.start("place")} if dated else set()
    # a number or a date that is not filled in has wide gaps of its own
    first, last = number.end() if number else 0, dated.start("place") if dated else len(piece)
    cuts |= {gap.end() for gap in _GAP.finditer(piece, first, last)}
    for left, right in pairwise(sorted(cuts)):
        bare = piece[left:right].strip()
        if bare:
            at = start + left + piece[left:right].index(bare[0])
            yield Cell(at, at + len(bare), bare, fold(bare))


def number_in(text: str) -> re.Match[str] | None:
    """Return the match of a header's number ("Số: 12/CT-UBND") at the start of a cell, group `number`."""
    return _NUMBER.match(text)


def place_date(cell: Cell) -> PlaceDate | None:
    """Return place and date of a cell that is nothing else.

    >>> place_date(Cell(0, 0, "Lạc Hà, ngày 05 tháng 3 năm 2023", "")).iso
    '2023-03-05'
    """
    match = _PLACE_DATE.fullmatch(cell.text)
    if match is None:
        return None
    day, month, year = (match[part].strip(" .…") for part in ("d", "m", "y"))
    return PlaceDate(match["place"].strip(), _iso(day, month, year), match)


def _iso(day: str, month: str, year: str) -> str | None:
    if not year.isdigit():
        return None
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return year
    if not day.isdigit() or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"
