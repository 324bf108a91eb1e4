"""Other ways to write a body that is asked for: what the register of agencies gives as abbreviation or other name, spelled out."""

import re
from functools import cache
from typing import Final

from kg.lexicon.tables import read_table
from kg.text.fold import strip_marks

_PLACEHOLDER: Final = re.compile(r"\s*\{\w+\}")
_MOST: Final = 5


def spellings(asked: str) -> tuple[str, ...]:
    """Return `asked` and, where it has an abbreviation or another name of the register in it, the same with the full name instead.

    >>> spellings("Sở GD&ĐT tỉnh Phú Lâm")[1:]
    ('so giao duc va dao tao tinh phu lam',)
    """
    plain = " ".join(strip_marks(asked).split())
    found = [asked]
    for short, full in _forms():
        if short in plain and (spelled := re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, plain, count=1)) != plain:
            found.append(spelled)
    return tuple(dict.fromkeys(found))[:_MOST]


@cache
def _forms() -> tuple[tuple[str, str], ...]:
    """Short forms and full names without accents, the longest first."""
    forms: dict[str, str] = {}
    for row in read_table("agencies"):
        full = strip_marks(_PLACEHOLDER.sub("", row["canonical_vi"]))
        for one in (*row["abbreviations"].split("|"), *row["aliases"].split("|")):
            short = strip_marks(_PLACEHOLDER.sub("", one)).strip()
            if len(short) >= 3 and short != full and short not in full:
                forms.setdefault(short, full)
    return tuple(sorted(forms.items(), key=lambda pair: (-len(pair[0]), pair[0])))
