"""Characters that look like others, that nobody sees, or of private use, made into what is meant."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from kg.text.offsets import Edited, substitute


class Sign(NamedTuple):
    """What a character stands for, and why: `look-alike`, `unseen`, `blank` or `private use`."""

    meant: str
    kind: str


@cache
def _signs() -> tuple[re.Pattern[str], Mapping[str, Sign]]:
    text = (files("loaders") / "charsets" / "signs.csv").read_text(encoding="utf-8")
    table = {chr(int(row["code"], 16)): Sign(row["meant"], row["kind"]) for row in csv.DictReader(text.splitlines())}
    return re.compile("[" + "".join(map(re.escape, table)) + "]+"), MappingProxyType(table)


def plain_signs(text: str) -> tuple[Edited, tuple[str, ...]]:
    """Return `text` with such characters made plain, and the kinds that were found, sorted.

    >>> edited, kinds = plain_signs("Ðồng\\xa0Nai\\u200b")
    >>> edited.text, kinds
    ('Đồng Nai', ('blank', 'look-alike', 'unseen'))
    """
    pattern, table = _signs()
    if text.isascii() or not (found := set("".join(pattern.findall(text)))):
        return Edited(text), ()
    # a run at a time: a million of them must not make a million marks
    edited = substitute(text, pattern, lambda run: "".join(table[char].meant for char in run))
    return edited, tuple(sorted({table[char].kind for char in found}))
