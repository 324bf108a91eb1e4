"""The filters of the list of directives: read from a URL, written back to it, and turned into the directives that fit."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final
from urllib.parse import urlencode

import numpy as np
from numpy.typing import NDArray

from kg.ask.params import checked_date
from kg.errors import UsageError
from kg.graph.search import search_form
from kg.web.index.columns import Mask, facet
from kg.web.index.reader import Index

NAMED: Final[Mapping[str, str]] = {
    "who": "who", "whom": "whom", "cites": "cites", "place": "place", "topic": "topic", "person": "party", "body": "body", "meeting": "meeting",
}  # fmt: skip
"""Filters that take a name or an id, and the facet of the index that each looks at."""

_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty means any. A name matches without accents, too (`kg ask`); an id matches that entity alone.

    `strength` is the least, `predecessors` counts the bodies that the addressee succeeded, `page` counts from 1.
    """

    who: str = ""
    whom: str = ""
    about: str = ""
    cites: str = ""
    since: str = ""
    until: str = ""
    place: str = ""
    topic: str = ""
    act: str = ""
    strength: str = ""
    person: str = ""
    body: str = ""
    meeting: str = ""
    predecessors: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filters":
        """Read the parameters of a URL; those of other names are passed over. Raises UsageError for a date, strength or page that is none."""
        given = {name: query.get(name, "").strip() for name in cls.__dataclass_fields__ if name != "page"}
        if too_long := [name for name, value in given.items() if len(value) > _LONGEST]:
            raise UsageError(f"{too_long[0]}: quá dài · longer than {_LONGEST} characters")
        for name in ("since", "until"):
            checked_date(name, given[name])
        if given["strength"] and given["strength"] not in "12345":
            raise UsageError("strength: 1–5")
        page = query.get("page", "1")
        if not page.isascii() or not page.isdecimal() or not 1 <= int(page[:7]) <= 100_000:
            raise UsageError("page: 1–100000")
        return cls(**given, page=int(page))

    @property
    def given(self) -> dict[str, str]:
        """Return the filters that narrow anything."""
        return {name: str(value) for name in _NAMES if (value := getattr(self, name))}

    def url(self, path: str = "/", **changes: object) -> str:
        """Return the address with these filters, some changed (None or empty takes one out); the page starts again unless it is given."""
        values = {**self.given, **{name: str(value) for name, value in changes.items() if value}}
        for name, value in changes.items():
            if not value:
                values.pop(name, None)
        if values.get("page") == "1":
            del values["page"]
        return f"{path}?{urlencode(values)}" if values else path

    def first_page(self) -> "Filters":
        """Return the same filters, from the first page."""
        return replace(self, page=1)


_NAMES: Final = tuple(field.name for field in fields(Filters) if field.name != "page")


def fitting(index: Index, filters: Filters) -> Mask:
    """Say of each directive of `index.columns` whether it fits, whatever the page."""
    return _unpacked(index, index.cached(_packed, filters.first_page()))


def _unpacked(index: Index, packed: NDArray[np.uint8]) -> Mask:
    return np.unpackbits(packed, count=len(index.columns.numbers)).view(np.bool_)


def _about(index: Index, folded: str) -> NDArray[np.uint8]:
    """The directives whose words, or whose topic's name, hold some words: the dearest filter, and other filters join it."""
    all_ = index.columns
    holding = np.zeros(len(all_.numbers), np.bool_)
    holding[all_.words.holding(folded)] = True
    return np.packbits(holding | np.isin(all_.topic, all_.targets[all_.named.holding(folded)]))


def _packed(index: Index, filters: Filters) -> NDArray[np.uint8]:
    return np.packbits(_fitting(index, filters))


def _fitting(index: Index, filters: Filters) -> Mask:
    all_ = index.columns
    mask: Mask = np.ones(len(all_.numbers), np.bool_)
    if filters.act:
        mask &= all_.act.where(lambda act: act == filters.act)
    if filters.strength:
        mask &= all_.strength >= int(filters.strength)
    if filters.since:
        mask &= all_.date.where(lambda date: date[: len(filters.since)] >= filters.since)
    if filters.until:
        mask &= all_.date.where(lambda date: bool(date) and date[: len(filters.until)] <= filters.until)
    if filters.about:
        mask &= _unpacked(index, index.cached(_about, search_form(filters.about)))
    for name, kind in NAMED.items():
        if value := getattr(filters, name):
            kinds = ("whom", "successor") if name == "whom" and filters.predecessors else (kind,)
            mask &= all_.mask(facet(index, kinds, _targets(index, name, value)))
    return mask


def _targets(index: Index, name: str, value: str) -> list[int]:
    """The entities that a name or an id means."""
    if fact := index.node(value):
        return [fact.node.n]
    found: list[int] = index.columns.targets[index.columns.named.holding(search_form(value))].tolist()
    found += [row[0] for row in index.rows("SELECT n FROM alias WHERE name = ?", [value])]
    if name == "cites":
        lower = value.lower()
        found += [n for n, number, key in index.cached(_cited) if lower in number or lower == key]
    return found


def _cited(index: Index) -> list[tuple[int, str, str]]:
    """Number and key, small, of the documents that directives cite."""
    rows = index.rows(
        "SELECT n, coalesce(json_extract(data, '$.number'), ''), coalesce(json_extract(data, '$.key'), '') FROM node "
        "WHERE n IN (SELECT target FROM facet WHERE kind = 'cites')"
    )
    return [(n, number.lower(), key.lower()) for n, number, key in rows]
