"""Which column of a table is which field of a record: as the user says, else by its header."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from kg.errors import InputError
from kg.text.fold import strip_marks
from loaders.context import Context

FIELDS: Final = ("id", "title", "text", "published", "author", "url", "outlet")
"""The fields of a record that a column can be."""


@cache
def _headers() -> Mapping[str, tuple[str, int]]:
    table = tomllib.loads((files("loaders") / "columns.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: (field, rank) for field, names in table.items() for rank, name in enumerate(names)})


def field_of(header: str) -> str | None:
    """Return the field that a header names, or None.

    >>> field_of("Tiêu đề"), field_of("NỘI_DUNG"), field_of("Lượt xem")
    ('title', 'text', None)
    """
    found = _headers().get(_folded(header))
    return found[0] if found else None


def _folded(header: str) -> str:
    return " ".join(strip_marks(header.replace("_", " ").replace("\ufeff", "").strip(' "')).split())


def columns_of(header: Sequence[str], source: str, context: Context) -> Mapping[str, int]:
    """Return the number of the column of each field. What was guessed is told; without a column of texts there is an InputError.

    >>> dict(columns_of(["Mã", "Nội dung"], "a.csv", Context()))
    {'id': 0, 'text': 1}
    """
    names = [name.strip() for name in header]
    found: dict[str, int] = {}
    for field, name in context.columns.items():
        if name not in names:
            raise InputError(source, None, f"no column {name!r}; it has: {', '.join(names)}")
        found[field] = names.index(name)
    guessed: dict[str, tuple[int, int]] = {}
    for number, name in enumerate(names):
        known = _headers().get(_folded(name))
        if (
            known
            and known[0] not in found
            and number not in found.values()
            and known[1] < guessed.get(known[0], (99, 0))[0]
        ):
            guessed[known[0]] = (known[1], number)
    if "text" not in found and "text" not in guessed:
        reason = (
            f"no column is known to hold the texts; it has: {', '.join(names)[:300]}; say which: --columns text=NAME"
        )
        raise InputError(source, None, reason)
    if guessed:
        told = ", ".join(f"{field}={names[guessed[field][1]]}" for field in FIELDS if field in guessed)
        context.tell(
            f"{source}: cột đoán theo tên · columns guessed by their headers: {told}; khác thì · else: --columns"
        )
    return MappingProxyType(
        dict(sorted({**found, **{field: number for field, (_, number) in guessed.items()}}.items()))
    )
