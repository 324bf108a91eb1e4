"""A text as its lines, and the kinds of lines as zones."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.model.article import Zone, ZoneKind

_BLANKS = " \t\r\u00a0\u200b\ufeff\u2007\u202f\u3000\f\v"
_LINE = re.compile(r"[^\n]+")


class Line(NamedTuple):
    """Code points `start` to `end` of a text, without surrounding blanks; never empty."""

    start: int
    end: int
    text: str


class Span(NamedTuple):
    """A stretch that was found to be of one kind."""

    start: int
    end: int
    kind: ZoneKind


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of `text` that are not blank.

    >>> list(lines_of(" Một \\n\\nHai"))
    [Line(start=1, end=4, text='Một'), Line(start=7, end=10, text='Hai')]
    """
    for match in _LINE.finditer(text):
        raw = match.group()
        bare = raw.strip(_BLANKS)
        if bare:
            start = match.start() + len(raw) - len(raw.lstrip(_BLANKS))
            yield Line(start, start + len(bare), bare)


def zones_of(spans: Sequence[Span]) -> tuple[Zone, ...]:
    """Return the zones of `spans`, which are in order; neighbours of one kind become one zone, with the blanks between them.

    >>> zones_of([Span(0, 3, "body"), Span(4, 7, "body"), Span(8, 9, "byline")])[0].end
    7
    """
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].kind == span.kind:
            merged[-1] = merged[-1]._replace(end=span.end)
        else:
            merged.append(span)
    return tuple(Zone(kind=span.kind, start=span.start, end=span.end) for span in merged)
