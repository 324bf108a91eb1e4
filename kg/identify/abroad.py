"""Whether an official or a body belongs to another state: a country stands with the post, or right after the body's name."""

import re
from functools import cache, lru_cache
from typing import Final

from kg.lexicon.tables import read_table
from kg.model.reading import OfficialRead
from kg.text.fold import fold, strip_marks

_GAP: Final = 60
"""Code points between a post and the name it belongs to, at most."""


_THIS_STATE: Final = re.compile(
    r"\s*(?:của\s+)?(?:nước\s+)?(?:CHXHCN|(?:Cộng hòa|Cộng hoà)\s+(?:XHCN|xã hội chủ nghĩa))", re.IGNORECASE
)
_SYLLABLE: Final = re.compile(
    r"(?:b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x)?[aeiouy]{1,3}(?:ch|c|m|ng|nh|n|p|t)?"
)


@cache
def _countries() -> re.Pattern[str]:
    names = {fold(row["canonical_vi"]) for row in read_table("countries")} - {"việt nam"}
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})\b")


@cache
def _after_body() -> re.Pattern[str]:
    names = {row["canonical_vi"] for row in read_table("countries")} - {"Việt Nam"}
    states = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    kinds = "các nước|các quốc gia|nước|bang|Vương quốc|Cộng hòa|Cộng hoà|Liên bang"
    return re.compile(rf"\s*(?:\([^()]{{1,30}}\)\s*)?(?:của\s+)?(?:{kinds}|{states})\b(?!\s+(?:ta|ngoài)\b)")


def stands_abroad(text: str, end: int) -> bool:
    """Say whether a body's name that ends at the code point `end` of `text` is said of another state, or of several.

    >>> stands_abroad("Bộ Tài chính bang Hessen", 12), stands_abroad("Bộ Tài chính họp", 12)
    (True, False)
    """
    return _after_body().match(text, end) is not None and not _THIS_STATE.match(text, end)


@lru_cache(maxsize=100_000)
def is_foreign_name(name: str) -> bool:
    """Say whether a name has a word that is no syllable of Vietnamese. Names of ethnic minorities may have one, too: only what a post
    implies rests on this, never what a text says of a person.

    >>> is_foreign_name("Tanaka Mẫu"), is_foreign_name("Nguyễn Thị Khuyên")
    (True, False)
    """
    return any(not _SYLLABLE.fullmatch(strip_marks(word)) for word in re.split(r"[\s-]+", name) if len(word) > 1)


def serves_abroad(official: OfficialRead, text: str) -> bool:
    """Say whether the name is foreign, or a country other than Vietnam is named with a post of `official` in `text`, the article's."""
    if is_foreign_name(official.name):
        return True
    starts = [mention.start for mention in official.mentions]
    for post in official.memberships:
        end = post.evidence.end
        name = min((start for start in starts if end <= start <= end + _GAP), default=end)
        if _countries().search(fold(f"{post.post} {text[end:name]}")):
            return True
    return False
