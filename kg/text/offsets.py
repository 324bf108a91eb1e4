"""Which character of a source stands behind a character of the text that was made of it: both counted in code points."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Mark(NamedTuple):
    """From `final` on, the text is the source from `source` on, one character for one, until the next mark."""

    final: int
    source: int


class Edit(NamedTuple):
    """Characters `start` to `end` became `text`."""

    start: int
    end: int
    text: str


class Edited(NamedTuple):
    """A text, and the marks that lead back from it; none where no character moved."""

    text: str
    marks: tuple[Mark, ...] = ()


def apply(text: str, edits: Iterable[Edit]) -> Edited:
    """Return `text` with `edits` made, which are in order and don't overlap.

    >>> apply("a\\u200bb", [Edit(1, 2, "")])
    Edited(text='ab', marks=(Mark(final=0, source=0), Mark(final=1, source=2)))
    """
    pieces, marks, last, length = list[str](), [Mark(0, 0)], 0, 0
    for start, end, new in edits:
        pieces += (text[last:start], new)
        length += start - last
        if len(new) != end - start:
            if new:
                marks.append(Mark(length, start))
            marks.append(Mark(length + len(new), end))
        length += len(new)
        last = end
    pieces.append(text[last:])
    return Edited("".join(pieces), _merged(marks) if len(marks) > 1 else ())


def substitute(text: str, pattern: re.Pattern[str], new: Callable[[str], str]) -> Edited:
    """Return `text` with every match of `pattern` made into `new(match)`."""
    found = ((match, new(match.group())) for match in pattern.finditer(text))
    return apply(text, [Edit(match.start(), match.end(), value) for match, value in found if value != match.group()])


def chained(first: Edited, second: Edited) -> Edited:
    """Return the text of `second`, which was made of that of `first`, with marks back to what `first` was made of."""
    if not first.marks or not second.marks:
        return Edited(second.text, second.marks or first.marks)
    finals = {mark.final for mark in second.marks}
    earlier_finals = [mark.final for mark in first.marks]
    for number, mark in enumerate(second.marks):
        end = second.marks[number + 1].final if number + 1 < len(second.marks) else len(second.text)
        # the marks of the first step that fall into this run move with it
        for at in range(bisect_right(earlier_finals, mark.source), len(earlier_finals)):
            final = mark.final + earlier_finals[at] - mark.source
            if final >= end:
                break
            finals.add(final)
    marks = [Mark(final, source_offset(first.marks, source_offset(second.marks, final))) for final in sorted(finals)]
    return Edited(second.text, _merged(marks))


def source_offset(marks: tuple[Mark, ...], offset: int) -> int:
    """Return the offset in the source of the character at `offset`, or the start of what it was made of.

    >>> source_offset((Mark(0, 0), Mark(1, 2)), 3)
    4
    """
    if not marks:
        return offset
    number = bisect_right(marks, (offset, float("inf"))) - 1
    mark = marks[number]
    found = mark.source + offset - mark.final
    after = marks[number + 1].source if number + 1 < len(marks) else found
    # where a text was laid out anew, what comes next may stand before this in the source
    return min(found, after) if after >= mark.source else found


def _merged(marks: list[Mark]) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in marks:
        if kept and kept[-1].final == mark.final:
            kept[-1] = mark
        elif not kept or kept[-1].source - kept[-1].final != mark.source - mark.final:
            kept.append(mark)
    return tuple(kept)
