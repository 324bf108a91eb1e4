"""The characters of a PDF page as segments: runs of text on one line without a wide gap, in points from the page's top left."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

_SPACE = 0.16  # of the size: a wider gap is a blank that the page does not hold as a character
_GAP = 1.9  # of the size: a wider gap ends a segment
_SAME_LINE = 0.25  # of the height: baselines no farther apart are one line
_INVISIBLE = "\u00ad\u200b\u200c\u200d\ufeff\ufffe\uffff\x02"


class Char(NamedTuple):
    """A character, its box (left, right, top, bottom) and the baseline that it stands on."""

    char: str
    left: float
    right: float
    top: float
    bottom: float
    base: float


@dataclass(frozen=True, slots=True)
class Segment:
    """Text between two wide gaps of a line, its box, and the size of its type."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def chars_of(page: "pypdfium2.PdfPage") -> Iterator[Char]:
    """Yield the characters of a page that are shown, in the page's own order; blanks that pdfium makes up are left out."""
    import pypdfium2.raw as pdfium

    height = page.get_height()
    text = page.get_textpage()
    try:
        for index in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text, index)
            char = chr(code) if 32 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
            if char.isspace() or char in _INVISIBLE or pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            left, bottom, right, top = text.get_charbox(index, loose=True)
            if _upright(pdfium.FPDFText_GetCharAngle(text, index)):
                yield Char(char, left, right, height - top, height - bottom, height - _baseline(text, index))
    finally:
        text.close()


def _baseline(text: "pypdfium2.PdfTextPage", index: int) -> float:
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    return y.value


def _upright(angle: float) -> bool:
    return abs(ctypes.c_float(angle).value) < 0.2 or abs(angle - 6.2832) < 0.2  # rotated text is a stamp or a watermark


def lines_of_chars(chars: list[Char]) -> list[list[Segment]]:
    """Return the lines from top to bottom, each with its segments from left to right."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: c.base):
        # boxes differ with the marks of their letters (Ẫ, ạ), baselines don't
        if rows and char.base - rows[-1][0].base <= _SAME_LINE * (char.bottom - char.top):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [list(_segments(sorted(row, key=lambda c: c.left))) for row in rows]


def _segments(row: list[Char]) -> Iterator[Segment]:
    size = median(c.bottom - c.top for c in row)
    held: list[Char] = []
    text = ""
    for char in row:
        gap = char.left - held[-1].right if held else 0.0
        if held and gap > _GAP * size:
            yield _segment(held, text, size)
            held, text = [], ""
        elif held and gap > _SPACE * size:
            text += " "
        held.append(char)
        text += char.char
    if held:
        yield _segment(held, text, size)


def _segment(held: list[Char], text: str, size: float) -> Segment:
    return Segment(
        text,
        min(c.left for c in held),
        max(c.right for c in held),
        min(c.top for c in held),
        max(c.bottom for c in held),
        size,
    )
