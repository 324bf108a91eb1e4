"""Splits a text into sentences, as spans of code points."""

import re
from typing import NamedTuple

from kg.text.letters import LOWER, UPPER


class Sentence(NamedTuple):
    """Code points `start` to `end` (exclusive), without surrounding blanks."""

    start: int
    end: int


# the set comes first because `re` looks for its characters without trying the rest
_BREAK = re.compile(
    rf"""[\n.!?…] (?:
        (?<=\n) \n*                                   # a line is at least one sentence
      | (?<!\n) (?<![.!?…].) [.!?…]*+ ["”’»)\]]*+    # looked at once, however many marks stand in a row
        (?: [ \t\u00a0\u200b]+ (?= ["“‘«(\[]* [-–—]? \s? [{UPPER}\d“"•+*-] )   # blank, then a start
          | (?= ["“]? [{UPPER}][{LOWER}]+ \s )                                 # a lost blank
        ))""",
    re.VERBOSE,
)
_ABBREVIATIONS = (
    r"TP|Tp|tp|TX|Tx|TT|Tt|T|Q|P|H|Đ|GS|PGS|TS|ThS|Ths|BS|KS|LS|CN|TSKH|NSND|NSƯT|NGƯT|St|Mr|Mrs|Ms|Dr|No|Nr|tr|v\.v|TW"
    r"|T\.Ư|T\.W|đ/c|Đ/c"
)
_NOT_AN_END = re.compile(rf"(?:(?:^|[\s(\"“,;:/-])(?:{_ABBREVIATIONS})|\b[A-ZĐ](?:\.[A-ZĐƯ])+)\.$")


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of `text` in order; blanks between them belong to none. What is longer than any sentence is cut at a blank.

    >>> [(s.start, s.end) for s in split_sentences("Một câu. TP. Huế có hai.")]
    [(0, 8), (9, 24)]
    """
    spans: list[Sentence] = []
    start = 0
    for match in _BREAK.finditer(text):
        mark_end = match.start() if text[match.start()] == "\n" else match.end()
        if text[match.start()] == "." and _NOT_AN_END.search(text, max(0, match.start() - 12), match.start() + 1):
            continue
        _append(spans, text, start, mark_end)
        start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans)


_LONGEST = 4000
"""Code points: no sentence that anybody wrote is longer, and what is done for each sentence must not grow with the text."""


def _append(spans: list[Sentence], text: str, start: int, end: int) -> None:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        _trimmed(spans, text, start, cut)
        start = cut
    _trimmed(spans, text, start, end)


def _trimmed(spans: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left:
        spans.append(Sentence(start + left, start + right))
