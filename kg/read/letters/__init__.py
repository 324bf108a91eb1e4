"""Official letters (công văn, chỉ thị, quyết định, kết luận ...): their header, their end, and the orders that they give."""

import re
from collections.abc import Sequence

from kg.model.letter import Letter, LetterSpan
from kg.read.documents.symbols import find_symbols
from kg.read.letters.cells import Cell, cells_of
from kg.read.letters.head import Head, read_head
from kg.read.letters.tail import read_tail

_TOP = 3000
"""Characters that a header may take."""

_MARKS = ("NGHĨA VIỆT NAM", "nghĩa Việt Nam", "Nghĩa Việt Nam", "CỘNG SẢN VIỆT NAM")
_RECIPIENTS = ("Nơi nhận", "NƠI NHẬN", "Nơi Nhận")
_BASIS = re.compile(r"(?:[-–—+]\s*)?căn cứ\s+")
_BASIS_END = re.compile(r"[;,.]?\s*$")
_BASIS_CUT = re.compile(r",\s(?:để|nhằm|ủy ban|ubnd|sở|bộ|chủ tịch|ban|văn phòng|thực hiện)\b|;")
_STATE_SYMBOL = re.compile(r"\d+[a-zđ]?/[^\W\d_]+(?:-[^\W\d_]+)+")

__all__ = ["read_letter"]


def read_letter(text: str) -> Letter | None:
    """Return what `text` (NFC) says of itself as an official letter, None where it is none. Offsets are code points of `text`.

    >>> text = "SỞ Y TẾ\\nSố: 12/SYT-NV\\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nLạc Hà, ngày 05 tháng 3 năm 2023\\nKính gửi: Các bệnh viện"
    >>> letter = read_letter(text)
    >>> letter.issuer, letter.number, letter.date, letter.addressed_to
    ('Sở Y tế', '12/SYT-NV', '2023-03-05', ('Các bệnh viện',))
    """
    if not _may_be_letter(text):
        return None
    cells = cells_of(text, 0, len(text))
    head = read_head(cells)
    if head is None:
        return None
    tail = read_tail(cells, head.end)
    body = _body(cells, head.end, tail.start)
    bases, spans = _bases(cells[head.end : tail.start])
    return Letter(
        form=head.form,
        kind=head.kind,
        issuer=head.issuer,
        parent=head.parent,
        number=head.number,
        key=_key(head),
        place=head.place,
        date=head.date,
        subject=head.subject,
        urgency=head.urgency,
        secrecy=head.secrecy,
        addressed_to=tuple(head.addressed_to),
        bases=tuple(bases),
        recipients=tuple(tail.recipients),
        signatories=tuple(tail.signatories),
        spans=tuple(sorted((*head.spans, *spans, *tail.spans), key=lambda span: (span.start, span.end, span.field))),
        body=body,
    )


def _may_be_letter(text: str) -> bool:
    """A quick look, since every article is asked: the state's or the Party's name in the head, or "Nơi nhận"."""
    top = text[:_TOP]
    return any(mark in top for mark in _MARKS) or any(mark in text for mark in _RECIPIENTS)


def _body(cells: Sequence[Cell], first: int, end: int) -> tuple[int, int]:
    if first >= end:
        at = cells[min(first, len(cells) - 1)].end
        return at, at
    return cells[first].start, cells[end - 1].end


def _bases(cells: Sequence[Cell]) -> tuple[list[str], list[LetterSpan]]:
    found: list[str] = []
    spans: list[LetterSpan] = []
    for cell in cells:
        opening = _BASIS.match(cell.folded)
        if opening:
            cut = _BASIS_CUT.search(cell.folded, opening.end())
            end = cut.start() if cut else len(cell.text) - len((_BASIS_END.search(cell.text) or [""])[0])
            found.append(cell.text[opening.end() : end])
            spans.append(LetterSpan(field="basis", start=cell.start + opening.end(), end=cell.start + end))
    return found, spans


def _key(head: Head) -> str | None:
    """State numbers start anew each year: the year of the date makes a key of one, where the number has none itself."""
    symbols = find_symbols(head.number or "")
    if head.form == "state" and not symbols and _STATE_SYMBOL.fullmatch(head.number or "") and head.date:
        return f"{head.number}@{head.date[:4]}"
    if not symbols or symbols[0].party:
        return None
    number = symbols[0].number
    if symbols[0].year:
        return number
    return f"{number}@{head.date[:4]}" if head.date else None
