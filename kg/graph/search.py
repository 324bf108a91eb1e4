"""The form in which texts are searched: without diacritics, abbreviations of bodies spelled out, so that either spelling finds either."""

import re
from functools import cache

from kg.lexicon.tables import read_table
from kg.text.fold import strip_marks

_SHORTEST = 3  # "CA", "DN", "TW" are words, names or parts of numbers as well


def search_form(text: str) -> str:
    """Return `text` as stores hold it beside the original and as filters are matched against it. For search only, never a key of identity.

    Letters of a document's number ("12-NQ/BCSĐ") stay. Source of the abbreviations: `kg/lexicon/agency_abbreviations.csv`.

    >>> search_form("Chủ tịch UBND tỉnh")
    'chu tich uy ban nhan dan tinh'
    """
    pattern, expansions = _abbreviations()
    return pattern.sub(lambda match: expansions[match.group()], strip_marks(text))


@cache
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = {
        strip_marks(row["abbreviation"]): strip_marks(row["expansion"]) for row in read_table("agency_abbreviations")
    }
    expansions = {short: full for short, full in rows.items() if len(short) >= _SHORTEST and short.isalpha()}
    words = "|".join(map(re.escape, sorted(expansions, key=lambda short: (-len(short), short))))
    return re.compile(rf"(?<![\w/-])(?:{words})(?!\w)"), expansions
