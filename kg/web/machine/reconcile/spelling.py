"""Other ways to write a body that is asked for: what the registers give as abbreviation or other name, spelled out."""

import re
from functools import cache
from typing import Final, NamedTuple

from kg.lexicon.tables import read_table
from kg.text.fold import strip_marks

_PLACEHOLDER: Final = re.compile(r"\s*\{\w+\}")
_HEADS: Final = ("so ", "bo ")
_MOST: Final = 5
_SHORTEST: Final = 2


class _Form(NamedTuple):
    short: str
    full: str
    is_abbreviation: bool


def spellings(asked: str) -> tuple[str, ...]:
    """Return `asked`, then the same with all abbreviations spelled out, then with one abbreviation or other name of a register each.

    >>> spellings("Phòng GD&ĐT"), spellings("Sở Y tế")
    (('Phòng GD&ĐT', 'phong giao duc va dao tao'), ('Sở Y tế',))
    """
    plain = whole = " ".join(strip_marks(asked).split())
    single = []
    for form in _forms():
        if form.short in plain:
            single.append(_spelled(plain, form))
        if form.is_abbreviation and form.short in whole:
            whole = _spelled(whole, form)
    return (asked, *[one for one in dict.fromkeys((whole, *single)) if one != plain][: _MOST - 1])


def _spelled(text: str, form: _Form) -> str:
    # not within a number (05-CT/TW) or another word
    return re.sub(rf"(?<![\w/&-]){re.escape(form.short)}(?![\w/&-])", form.full, text, count=1)


@cache
def _forms() -> tuple[_Form, ...]:
    """Short forms and full names without accents, the longest first."""
    forms: dict[str, _Form] = {}

    def add(short: str, full: str, is_abbreviation: bool) -> None:
        if len(short) >= _SHORTEST and short not in full:
            forms.setdefault(short, _Form(short, full, is_abbreviation))

    # first what a part of a name stands for: "TW" alone is a body, in a name a word
    for row in read_table("agency_abbreviations"):
        add(_plain(row["abbreviation"]), _plain(row["expansion"]), True)
    for row in read_table("agencies"):
        if "{field}" in row["canonical_vi"]:
            continue
        full = _plain(row["canonical_vi"])
        for column in ("abbreviations", "aliases"):
            for one in filter(None, row[column].split("|")):
                short = _plain(one)
                add(short, full, column == "abbreviations")
                for head in _HEADS:  # "GD&ĐT" stands for the same after any head
                    if column == "abbreviations" and short.startswith(head) and full.startswith(head):
                        add(short.removeprefix(head), full.removeprefix(head), True)
    return tuple(sorted(forms.values(), key=lambda form: (-len(form.short), form.short)))


def _plain(text: str) -> str:
    return " ".join(strip_marks(_PLACEHOLDER.sub("", text)).split())
