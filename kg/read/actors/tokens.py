"""Cuts a page into words: index arithmetic on words is what the local grammars of this package run on."""

import re
from bisect import bisect_left

from kg.read.page import Page
from kg.read.records import record

_TOKEN = re.compile(
    r"""\w+ (?: [&'’/.-] (?: (?<=[&'’]) \w+                   # NN&PTNT, K'Ré
                        | (?<=-) [^\W\d_]\w*               # GD-ĐT
                        | (?<=[^\W\d_]-) \d+               # Covid-19
                        | (?<=[A-ZĐƯ]\.) [A-ZĐƯ]+ (?!\w)    # T.Ư, TP.HCM
                        | (?<=\b[đĐ]/) [cC]\b ) )*          # đ/c
      | [^\w\s] | \n""",
    re.VERBOSE,
)


@record
class Tokens:
    """The words and marks of a text: code points `starts` to `ends`, `words` folded, `caps` whether the first letter is upper case."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    caps: list[bool]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, start: int) -> int:
        """Return the token that starts at code point `start`, or -1."""
        i = bisect_left(self.starts, start)
        return i if i < len(self.starts) and self.starts[i] == start else -1

    def slice(self, first: int, after: int) -> str:
        """Return the text of tokens `first` to `after` (exclusive) with blanks folded."""
        return " ".join(self.text[self.starts[first] : self.ends[after - 1]].split())

    def word(self, i: int) -> str:
        """Return the folded word at `i`, or an empty string outside the text."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def cap(self, i: int) -> bool:
        """Say whether token `i` exists and starts with an upper-case letter."""
        return 0 <= i < len(self.caps) and self.caps[i]


def tokenize(page: Page) -> Tokens:
    """Return the tokens of `page`; words come from its folded text, so offsets hold in both."""
    text, folded = page.text, page.folded
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    at = 0
    for piece in folded.split(" "):
        end = at + len(piece)
        # letters and digits between two blanks are one token: four of five pieces, and no pattern need look at them
        if piece.isalnum():
            starts.append(at)
            ends.append(end)
            words.append(piece)
        else:
            for match in _TOKEN.finditer(text, at, end):
                starts.append(match.start())
                ends.append(match.end())
                words.append(folded[match.start() : match.end()])
        at = end + 1
    caps = [text[start] != word[0] for start, word in zip(starts, words, strict=True)]
    return Tokens(text, starts, ends, words, caps)
