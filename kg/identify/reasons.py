"""The reasons of identity in words, Vietnamese and English: from kg/lexicon/person_evidence.csv."""

from functools import cache

from kg.lexicon.tables import read_table


@cache
def _texts() -> dict[str, str]:
    return {row["reason"]: f"{row['vi']} · {row['en']}" for row in read_table("person_evidence")}


def reason_text(name: str) -> str:
    """Return what a reason says; one that the table lacks says itself.

    >>> reason_text("same_body")
    'Cùng cơ quan · the same body'
    """
    return _texts().get(name, name)
