"""Small word lists of the document grammar, by role (kg/lexicon/document_words.csv)."""

from functools import cache

from kg.lexicon.tables import read_table
from kg.text.alternatives import alternatives


@cache
def words_of(role: str) -> str:
    """Return the words of a role as a regular expression, the longest first."""
    return alternatives(row["word"] for row in read_table("document_words") if row["role"] == role)
