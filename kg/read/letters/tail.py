"""The end of a letter: who receives it, and who signed in which capacity."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model.letter import Capacity, CapacityMark, LetterField, LetterSpan, Signatory
from kg.read.letters.cells import Cell
from kg.read.letters.names import spelled
from kg.read.letters.words import words
from kg.text.letters import LOWER, UPPER

_SIGNED_WITHIN = 10  # cells at the end where a signature without "Nơi nhận" may stand
_BEFORE = 8  # cells of a signature that stands over "Nơi nhận"
_BULLET = re.compile(r"[-–—+•*]\s*")
_NOTE = re.compile(
    r"\s*\((?:để\s|b/c|p/h|t/h|thay|báo cáo|phối hợp|thực hiện|qua)[^()]*\)|\s*\([^()]*\)(?=[\s;,./]*$)", re.IGNORECASE
)
_CAPACITY = re.compile(r"(?P<mark>T/?M|K/?T|T/?L|T/?U/?Q|Q)(?:\s*[./]\s*|\s+)(?P<of>\S.*)")
_SYLLABLE = rf"[{UPPER}][{LOWER}'’]+"
_PERSON = re.compile(
    rf"{_SYLLABLE}(?:[\s-]+{_SYLLABLE}){{1,5}}|{_SYLLABLE}(?:\s+[{UPPER}])?(?:\s+{_SYLLABLE}){{1,4}}|[{UPPER}]\s+{_SYLLABLE}(?:\s+{_SYLLABLE}){{1,4}}"
)
_MARKS: dict[str, CapacityMark] = {"TM": "TM", "KT": "KT", "TL": "TL", "TUQ": "TUQ", "Q": "Q"}


@dataclass(slots=True)
class Tail:
    """What the end of a letter says; `start` is the number of its first cell."""

    start: int
    recipients: list[str] = field(default_factory=list)
    signatories: list[Signatory] = field(default_factory=list)
    spans: list[LetterSpan] = field(default_factory=list)

    def mark(self, name: LetterField, cell: Cell, left: int = 0, right: int | None = None) -> None:
        """Note where a field stands."""
        end = cell.end if right is None else cell.start + right
        self.spans.append(LetterSpan(field=name, start=cell.start + left, end=end))


def read_tail(cells: Sequence[Cell], head_end: int) -> Tail:
    """Return recipients and signatories of the last cells; `head_end` is the first cell behind the header."""
    at = next((n for n in range(len(cells) - 1, head_end - 1, -1) if words().recipients.match(cells[n].folded)), None)
    tail = Tail(len(cells) if at is None else at)
    if at is None:
        tail.start = _signature_start(cells, max(head_end, len(cells) - _SIGNED_WITHIN), len(cells))
        signed = list(cells[tail.start :])
    else:
        tail.start = min(at, _signature_start(cells, max(head_end, at - _BEFORE), at))
        signed = [*cells[tail.start : at], *_recipients(tail, cells[at:])]
    _signatures(tail, signed)
    return tail


def _signature_start(cells: Sequence[Cell], first: int, end: int) -> int:
    """The first cell of the capitals that a signature opens with, `end` where there is none."""
    start = end
    for number in range(end - 1, first - 1, -1):
        cell = cells[number]
        is_part = cell.is_upper or _PERSON.fullmatch(_bare_name(cell)) or _is_signed(cell) or cell.is_separator
        if not is_part or (words().opens_body.match(cell.folded) and not cell.is_upper):
            break
        start = number
    return start if any(c.is_upper for c in cells[start:end]) else end


def _recipients(tail: Tail, cells: Sequence[Cell]) -> list[Cell]:
    """Takes the list behind "Nơi nhận"; returns the cells that are none of it."""
    rest: list[Cell] = []
    opening = words().recipients.match(cells[0].folded)
    inside, bullets = True, False
    for number, cell in enumerate(cells):
        left = opening.end() if number == 0 and opening else 0
        text = cell.text[left:]
        bullet = _BULLET.match(text)
        if number == 0 and not text:
            continue
        if (
            bullet
            or (inside and number == 0)
            or (inside and not bullets and not cell.is_upper and text.endswith((";", ",")))
        ):
            bullets = bullets or bool(bullet)
            _recipient(tail, cell, left + (bullet.end() if bullet else 0))
        elif inside and tail.recipients and text[:1].islower():
            tail.recipients[-1] = _named(f"{tail.recipients[-1]} {text}")
        else:
            inside = inside and not cell.is_upper
            rest.append(cell)
    return rest


def _recipient(tail: Tail, cell: Cell, left: int) -> None:
    name = _named(cell.text[left:])
    if name and not words().no_recipient.match(cell.folded[left:]):
        tail.recipients.append(name)
        tail.mark("recipients", cell, left, left + len(name))


def _named(text: str) -> str:
    return _NOTE.sub("", text).strip(" ;,./")


def _bare_name(cell: Cell) -> str:
    found = words().titles.match(cell.folded)
    return cell.text[found.end() :] if found else cell.text


def _is_signed(cell: Cell) -> bool:
    return cell.folded.strip(" ()[].") in words().signed


def _signatures(tail: Tail, cells: Sequence[Cell]) -> None:
    capacities: list[Capacity] = []
    posts: list[str] = []
    for cell in cells:
        found = _CAPACITY.fullmatch(cell.text)
        if found and cell.is_upper:
            mark = found["mark"].replace("/", "")
            capacities.append(Capacity(mark=_MARKS[mark], of=spelled(found["of"])))
            tail.mark("capacity", cell)
        elif cell.is_separator or _is_signed(cell):
            continue
        elif cell.is_upper:
            posts.append(cell.text)
            tail.mark("post", cell)
        elif (capacities or posts) and _PERSON.fullmatch(_bare_name(cell)):
            name = " ".join(_bare_name(cell).split())
            tail.mark("name", cell, len(cell.text) - len(_bare_name(cell)))
            tail.signatories.append(_signatory(name, posts, capacities))
            capacities, posts = [], []
    if capacities or posts:
        tail.signatories.append(_signatory(None, posts, capacities))


def _signatory(name: str | None, posts: Sequence[str], capacities: Sequence[Capacity]) -> Signatory:
    return Signatory(name=name, post=spelled(" ".join(posts)) if posts else None, capacities=tuple(capacities))
