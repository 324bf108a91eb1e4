"""Ordinals of plenums and congresses: "4", "IV", "tư"."""

from functools import cache

from kg.lexicon.tables import read_table


@cache
def _numbers() -> dict[str, int]:
    return {row["word"].lower(): int(row["number"]) for row in read_table("ordinals")}


@cache
def word_of(number: int, kind: str) -> str | None:
    """Return the ordinal of `number` as a `word` ("tư") or a `roman` numeral ("IV")."""
    rows = (row["word"] for row in read_table("ordinals") if row["kind"] == kind and int(row["number"]) == number)
    return next(rows, None)


def number_of(word: str | None) -> int | None:
    """Return the number that an ordinal names, in digits, Roman numerals or words.

    >>> number_of("mười ba"), number_of("XIII"), number_of("13"), number_of("cuối")
    (13, 13, 13, None)
    """
    if not word:
        return None
    return int(word) if word.isdigit() else _numbers().get(word.lower())
