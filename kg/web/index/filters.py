"""The filters of the list of directives: read from a URL, written back to it, and turned into SQL with bound values."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final
from urllib.parse import urlencode

from kg.ask.params import checked_date
from kg.errors import UsageError
from kg.graph.search import search_form
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


def condition(index: Index, filters: Filters) -> tuple[str, list[object]]:
    """Return the WHERE clause over `directive d` and its values."""
    parts: list[str] = ["1"]
    values: list[object] = []

    def add(part: str, *bound: object) -> None:
        parts.append(part)
        values.extend(bound)

    if filters.act:
        add("d.act = ?", filters.act)
    if filters.strength:
        add("d.strength >= ?", int(filters.strength))
    if filters.since:
        add("substr(d.date, 1, ?) >= ?", len(filters.since), filters.since)
    if filters.until:
        add("substr(d.date, 1, ?) <= ?", len(filters.until), filters.until)
    if filters.about:
        folded = search_form(filters.about)
        topic = "d.topic IN (SELECT n FROM node WHERE label = 'Topic' AND instr(folded, ?))"
        add(f"(instr(d.search, ?) OR {topic})", folded, folded)
    for name, kind in NAMED.items():
        if value := getattr(filters, name):
            targets, bound = _targets(index, name, value)
            kinds = "('whom', 'successor')" if name == "whom" and filters.predecessors else f"('{kind}')"
            add(f"d.n IN (SELECT directive FROM facet WHERE kind IN {kinds} AND target IN ({targets}))", *bound)
    return " AND ".join(parts), values


def _targets(index: Index, name: str, value: str) -> tuple[str, list[object]]:
    """A subquery of the entities that a name or an id means."""
    if fact := index.node(value):
        return "?", [fact.node.n]
    folded = search_form(value)
    matches = "SELECT n FROM node WHERE name <> '' AND instr(folded, ?) UNION SELECT n FROM alias WHERE name = ?"
    if name == "cites":
        lower = value.lower()
        matches += (
            " UNION SELECT n FROM node WHERE label = 'Document' AND (instr(lower(json_extract(data, '$.number')), ?)"
            " OR lower(json_extract(data, '$.key')) = ?)"
        )
        return matches, [folded, value, lower, lower]
    return matches, [folded, value]
