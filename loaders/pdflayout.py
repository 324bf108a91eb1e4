"""Segments of a PDF page -> paragraphs: columns read one behind the other, lines joined where the next word would not have fitted."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from loaders.pdflines import Segment

Row = list[Segment]
"""A line of a page: its segments from left to right."""

_GUTTER = 8.0  # points that must stay free between columns
_NEAR = 1.9  # line heights: what lies farther below starts anew
_INDENT = 0.9  # of the size: a first line that stands so far in opens a paragraph
_EDGE = 3.0
_BESIDE = 1.9  # of the size
_STAGGERED = 0.2  # of the size
_FLUSH = 0.6
_ITEM = re.compile(
    r"^(?:[-–—+•*]\s|\(?\d{1,3}[.)]\s|\(?[a-zđ][.)]\s|[IVX]{1,5}\.\s|Điều\s\d|Chương\s[IVX]|Mục\s\d|Nơi nhận|Kính gửi|Căn cứ\s)"
)
_ENDS = re.compile(r"[.!?:;…][\"”’)\]]*$")


@dataclass(slots=True)
class Paragraph:
    """A paragraph of a page: `open_end` says that it may go on behind the page's break, `open_start` that it may continue one."""

    text: str
    open_start: bool = False
    open_end: bool = False


def paragraphs_of(rows: Sequence[Row]) -> list[Paragraph]:
    """Return the paragraphs of a page in reading order."""
    out: list[Paragraph] = []
    plain: list[Segment] = []
    at = 0
    while at < len(rows):
        count, gutter = _band(rows, at)
        if count:
            band = [segment for row in rows[at : at + count] for segment in row]
            while plain and _is_above(plain[-1], band[0], gutter):
                band.insert(0, plain.pop())
            out += _joined(plain)
            plain = []
            for side in _sides(band, gutter):
                out += _joined(_as_lines(side))
            at += count
        else:
            plain.append(_whole(rows[at]))
            at += 1
    return [*out, *_joined(plain)]


def _whole(row: Row) -> Segment:
    return Segment(
        "\t".join(s.text for s in row),
        row[0].left,
        max(s.right for s in row),
        min(s.top for s in row),
        max(s.bottom for s in row),
        row[0].size,
    )


def _band(rows: Sequence[Row], at: int) -> tuple[int, tuple[float, float]]:
    """How many lines from `at` on stand in two columns, and the gutter between them; 0 where the line at `at` is whole."""
    opening = _opening(rows, at)
    if opening is None:
        return 0, (0.0, 0.0)
    count, first, second = opening
    gutter = (first.right, second.left)
    left = (first.left, first.right)
    bottom = max(first.bottom, second.bottom)
    for row in rows[at + count :]:
        size = row[0].size
        if min(s.top for s in row) - bottom > _NEAR * size or len(row) > 2:
            break
        free = _narrowed(gutter, row)
        if free is None or (len(row) == 1 and not _inside(row[0], left, free)):
            break
        gutter, count, bottom = free, count + 1, max(s.bottom for s in row)
        left = (min(left[0], row[0].left), max(left[1], row[0].right)) if row[0].right <= gutter[0] else left
    return count, gutter


def _opening(rows: Sequence[Row], at: int) -> tuple[int, Segment, Segment] | None:
    """The left and the right segment that open a band: of one line, or of two lines of unlike height that overlap."""
    if len(rows[at]) == 2:
        return 1, rows[at][0], rows[at][1]
    if len(rows[at]) != 1 or at + 1 == len(rows) or len(rows[at + 1]) != 1:
        return None
    one, other = sorted((rows[at][0], rows[at + 1][0]), key=lambda s: s.left)
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    is_beside = other.left - one.right > _BESIDE * one.size and shared > _STAGGERED * min(one.size, other.size)
    return (2, one, other) if is_beside else None


def _narrowed(gutter: tuple[float, float], row: Row) -> tuple[float, float] | None:
    left, right = gutter
    for segment in row:
        if segment.right <= (left + right) / 2 or segment.right <= left:
            left = max(left, segment.right)
        elif segment.left >= (left + right) / 2 or segment.left >= right:
            right = min(right, segment.left)
        else:
            return None
    return (left, right) if right - left >= _GUTTER else None


def _inside(segment: Segment, left: tuple[float, float], gutter: tuple[float, float]) -> bool:
    """A line on one side only belongs to the columns where it is in the right one, or no wider than the left one."""
    return segment.left >= gutter[1] or (segment.left >= left[0] - _EDGE and segment.right <= gutter[0])


def _is_above(segment: Segment, first: Segment, gutter: tuple[float, float]) -> bool:
    """A line over a band that stands in its right column alone: "TM. ỦY BAN NHÂN DÂN" over "Nơi nhận" and "CHỦ TỊCH"."""
    return segment.left >= gutter[0] and first.top - segment.bottom < segment.size and "\t" not in segment.text


def _sides(band: Sequence[Segment], gutter: tuple[float, float]) -> tuple[list[Segment], list[Segment]]:
    middle = (gutter[0] + gutter[1]) / 2
    return [s for s in band if s.right <= middle], [s for s in band if s.right > middle]


def _as_lines(side: Sequence[Segment]) -> list[Segment]:
    return sorted(side, key=lambda s: s.top)


def _joined(lines: Sequence[Segment]) -> list[Paragraph]:
    """Lines of one column -> paragraphs."""
    if not lines:
        return []
    edge = min(line.left for line in lines)
    right = max(line.right for line in lines)
    flush = _is_flush(lines)
    step = median([b.top - a.top for a, b in pairwise(lines)] or [0.0])
    out: list[Paragraph] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before and flush and _continues(before, line, (edge, right), step):
            out[-1].text = _glued(out[-1].text, line.text)
        else:
            out.append(Paragraph(line.text, open_start=number == 0 and abs(line.left - edge) <= _EDGE))
    out[-1].open_end = flush and _reaches(lines[-1], "Nghiêng", right) and not _ENDS.search(out[-1].text)
    return out


def _is_flush(lines: Sequence[Segment]) -> bool:
    """Whether lines begin at one edge and at one indent behind it; centred lines begin anywhere."""
    middles = [(line.left + line.right) / 2 for line in lines]
    rights = [line.right for line in lines]
    if max(middles) - min(middles) < _EDGE < max(rights) - min(rights):
        return False
    lefts = Counter(round(line.left / _EDGE) for line in lines).most_common(2)
    return lefts[0][1] > 1 and sum(count for _, count in lefts) >= _FLUSH * len(lines)


def _continues(before: Segment, line: Segment, column: tuple[float, float], step: float) -> bool:
    edge, right = column
    if before.text.isupper() and line.text.isupper():
        return False
    if "\t" in before.text or "\t" in line.text or _ITEM.match(line.text):
        return False
    if line.left - edge > _INDENT * line.size or line.top - before.top > min(
        max(step * 1.4, 1.2 * line.size + 1), _NEAR * line.size
    ):
        return False
    if abs(line.size - before.size) > 0.15 * before.size:
        return False
    return _reaches(before, line.text.split(" ", 1)[0], right)


def _reaches(line: Segment, word: str, right: float) -> bool:
    """Whether `word` would not have fitted behind the line: then the line was broken for want of room."""
    width = (line.right - line.left) / max(1, len(line.text))
    return line.right + width * (len(word) + 1) > right - _EDGE


def _glued(text: str, more: str) -> str:
    if text.endswith(("-", "–")) and len(text) > 1 and not text[-2].isspace() and more[:1].isalnum():
        return text + more
    return f"{text} {more}"


def across_pages(pages: Sequence[Sequence[Paragraph]]) -> Iterator[str]:
    """Yield the paragraphs of all pages; one that a page's break cuts is made whole."""
    held: Paragraph | None = None
    for page in pages:
        for number, paragraph in enumerate(page):
            if held and number == 0 and held.open_end and paragraph.open_start and not _ITEM.match(paragraph.text):
                held = Paragraph(_glued(held.text, paragraph.text), open_end=paragraph.open_end)
                continue
            if held:
                yield held.text
            held = paragraph
    if held:
        yield held.text
