"""Small word lists of the document grammar, by role (kg/lexicon/document_words.csv)."""

import re
from functools import cache

from kg.lexicon.tables import read_table


@cache
def alternatives(role: str) -> str:
    """Return the words of a role as the alternatives of a regular expression, longest first."""
    words = sorted(
        (row["word"] for row in read_table("document_words") if row["role"] == role), key=lambda w: (-len(w), w)
    )
    return "|".join(re.escape(word) for word in words)
