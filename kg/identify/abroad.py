"""Whether an official serves another state: a country stands in the post, or between the post and the name."""

import re
from functools import cache
from typing import Final

from kg.lexicon.tables import read_table
from kg.model.reading import OfficialRead
from kg.text.fold import fold

_GAP: Final = 60
"""Code points between a post and the name it belongs to, at most."""


@cache
def _countries() -> re.Pattern[str]:
    names = {fold(row["canonical_vi"]) for row in read_table("countries")} - {"việt nam"}
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})\b")


def serves_abroad(official: OfficialRead, text: str) -> bool:
    """Say whether a country other than Vietnam is named with a post of `official` in `text`, the article's."""
    starts = [mention.start for mention in official.mentions]
    for post in official.memberships:
        end = post.evidence.end
        name = min((start for start in starts if end <= start <= end + _GAP), default=end)
        if _countries().search(fold(f"{post.post} {text[end:name]}")):
            return True
    return False
