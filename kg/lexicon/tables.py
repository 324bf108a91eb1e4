"""Reads the tables of the lexicon: CSV files beside this module, UTF-8, list values joined with `|`."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `kg/lexicon/NAME.csv` as dictionaries, in file order.

    >>> read_table("positions")[0]["canonical_vi"]
    'Tổng Bí thư'
    """
    text = (files("kg.lexicon") / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def split_list(value: str) -> Iterator[str]:
    """Yield the items of a list value."""
    return (item for item in (part.strip() for part in value.split("|")) if item)
