"""The sentences of a letter's body, each with the label of the item that it stands in ("1.", "a)", "-", "Điều 2.")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.read.page import Page

_LABEL = re.compile(
    r"(?P<article>điều\s+\d+[a-zđ]?\s*[.:])|(?P<roman>(?:phần\s+)?[ivx]{1,6}[.)-])|(?P<sub>\d{1,2}(?:\.\d{1,2})+\.?)|(?P<number>\d{1,2}\s?[.)/-])"
    r"|(?P<letter>[a-zđ][.)])|(?P<dash>[-–—•*])|(?P<plus>\+)"
)
_LEVELS = {"roman": 0, "article": 1, "number": 2, "sub": 3, "letter": 4, "dash": 5, "plus": 6}
PLAIN = 9
"""The level of a paragraph without a label."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence without its label: code points, the level of its item (0 to 6, or `PLAIN`), and whether the item opens with it."""

    start: int
    end: int
    level: int
    opens: bool


def units_of(page: Page, start: int, end: int) -> Iterator[Unit]:
    """Yield the sentences between two code points; a label alone is no sentence."""
    level, waiting = PLAIN, False
    for sentence in page.sentences:
        if sentence.start < start or sentence.end > end:
            continue
        at, is_line = sentence.start, _starts_line(page.text, sentence.start)
        if is_line:
            level, waiting = PLAIN, False
        label = _LABEL.match(page.folded, at, sentence.end) if is_line else None
        if label and (label.end() == sentence.end or page.text[label.end()].isspace()):
            level = _LEVELS[label.lastgroup or ""]
            at = label.end()
            while at < sentence.end and page.text[at].isspace():
                at += 1
            waiting = at >= sentence.end
            if waiting:
                continue
        yield Unit(at, sentence.end, level, is_line or waiting)
        waiting = False


def _starts_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()
