"""What the reconciliation service knows of an entity: the table `properties.csv`, and the values that the index holds."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from kg.web.index.reader import Fact, Index, Node

CLASSES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "Person": ("cán bộ", "official"),
        "Agency": ("cơ quan", "body"),
        "Post": ("chức vụ", "post"),
        "Place": ("địa phương", "place"),
        "Document": ("văn bản", "document"),
        "Topic": ("chủ đề", "topic"),
        "Meeting": ("cuộc họp", "meeting"),
        "Group": ("nhóm", "group"),
    }
)
"""Each type and what it is called, in Vietnamese and English."""

Value = Node | str | int

_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Property:
    """A property; `sources` says for each class where its values are (see `properties.csv`)."""

    id: str
    vi: str
    en: str
    sources: Mapping[str, str]

    @property
    def name(self) -> str:
        """Return its name in both languages."""
        return f"{self.vi} · {self.en}"


@dataclass(frozen=True, slots=True)
class Span:
    """First and last date, either empty where it is not known; `is_exact` where the span is what it is, not only what was seen."""

    first: str
    last: str
    is_exact: bool

    def text(self) -> str:
        """Return it as ISO 8601 has an interval, one date where both are equal."""
        return self.first if self.first == self.last else f"{self.first or '..'}/{self.last or '..'}"


@cache
def properties() -> Mapping[str, Property]:
    """Return every property by its id, in the order of the table."""
    text = (files("kg.web.machine.reconcile") / "properties.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    found: dict[str, Property] = {}
    for row in rows:
        own = [other for other in rows if other["id"] == row["id"]]
        sources = MappingProxyType({other["class"]: other["source"] for other in own})
        found.setdefault(row["id"], Property(row["id"], row["vi"], row["en"], sources))
    return MappingProxyType(found)


def values(index: Index, facts: Iterable[Fact], prop: Property) -> dict[int, list[Value | Span]]:
    """Return the values of a property for each entity, by its number; none for a class that has not got it."""
    groups: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if source := prop.sources.get(fact.node.label):
            groups[source].append(fact)
    found: dict[int, list[Value | Span]] = {}
    for source, of in groups.items():
        kind, _, path = source.partition(":")
        numbers = [fact.node.n for fact in of]
        match kind:
            case "data":
                found |= {fact.node.n: _literals(fact.data.get(path)) for fact in of}
            case "edge":
                found |= _along(index, numbers, path.split())
            case "count":
                found |= _counts(index, numbers, path)
            case _:
                found |= _valid(of) if path == "valid" else _seen(index, numbers)
    return found


def _literals(value: object) -> list[Value | Span]:
    if value in (None, ""):
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _along(index: Index, numbers: list[int], steps: list[str]) -> dict[int, list[Value | Span]]:
    """The nodes at the end of a path of relationships."""
    ends = {n: {n} for n in numbers}
    for step in steps:
        here, there = ("a", "b") if step.endswith(">") else ("b", "a")
        wanted = json.dumps(sorted({one for some in ends.values() for one in some}))
        rows = index.rows(
            f"SELECT {here}, {there} FROM edge WHERE type = ? AND {here} IN (SELECT value FROM json_each(?)) ORDER BY 1, 2",
            [step[:-1], wanted],
        )
        nexts: defaultdict[int, list[int]] = defaultdict(list)
        for one, other in rows:
            nexts[one].append(other)
        ends = {n: set(sorted({o for one in some for o in nexts[one]})[:_MOST]) for n, some in ends.items()}
    nodes = index.nodes({one for some in ends.values() for one in some})
    found: dict[int, list[Value | Span]] = {}
    for n, some in ends.items():
        named: list[Node] = sorted((nodes[one] for one in some), key=_by_name)
        found[n] = list[Value | Span](named)
    return found


def _by_name(node: Node) -> tuple[str, str]:
    return node.name, node.id


def _counts(index: Index, numbers: list[int], kind: str) -> dict[int, list[Value | Span]]:
    rows = index.rows(
        "SELECT target, count(*) FROM facet WHERE kind = ? AND target IN (SELECT value FROM json_each(?)) GROUP BY target",
        [kind, json.dumps(numbers)],
    )
    return {**{n: [0] for n in numbers}, **{n: [count] for n, count in rows}}


def _valid(facts: list[Fact]) -> dict[int, list[Value | Span]]:
    spans = {
        fact.node.n: Span(str(fact.data.get("valid_from") or ""), str(fact.data.get("valid_to") or ""), True)
        for fact in facts
    }
    return {n: [span] if span.first or span.last else [] for n, span in spans.items()}


def _seen(index: Index, numbers: list[int]) -> dict[int, list[Value | Span]]:
    """From the first to the last day that a directive or a membership shows them."""
    given = json.dumps(numbers)
    some = "IN (SELECT value FROM json_each(?1))"
    rows = index.rows(
        "SELECT n, min(day), max(day) FROM ("
        f"SELECT f.target AS n, d.date AS day FROM facet f JOIN directive d ON d.n = f.directive WHERE f.kind = 'party' AND f.target {some} "
        "UNION ALL SELECT e.x, json_extract(m.data, j.at) FROM (SELECT a AS x, b AS m FROM edge WHERE type = 'HAS_MEMBERSHIP' "
        "UNION ALL SELECT b, a FROM edge WHERE type IN ('OF_POST', 'IN_AGENCY')) e JOIN node m ON m.n = e.m "
        f"JOIN (SELECT '$.observed_from' AS at UNION ALL SELECT '$.observed_to') j WHERE e.x {some}) WHERE day IS NOT NULL GROUP BY n",
        [given],
    )
    return {n: [Span(first[:10], last[:10], False)] for n, first, last in rows}
