"""What a push has to change: the graph beside what the server holds of it, read in a stream."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.graph.records import Graph
from kg.graph.statements import graph_edges, node
from kg.graph.terms import fields_of
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES
from kg.stores.neo4j_access import MARK

if TYPE_CHECKING:
    import neo4j

REMOVED: Final = "ChidaoRemoved"
"""The label of a node that left the graph while relationships of others hang on it: nothing but its id is left."""

Pair = tuple[str, str]


class Kind(NamedTuple):
    """Relationships of one type between nodes of two classes."""

    source: str
    type: str
    target: str


@dataclass(slots=True)
class Plan:
    """The changes, by class (ids of nodes) and kind (ids of source and target), and how much is as it should be."""

    new_nodes: dict[str, list[str]] = field(default_factory=dict)
    changed_nodes: dict[str, list[str]] = field(default_factory=dict)
    gone_nodes: dict[str, list[str]] = field(default_factory=dict)
    new_edges: dict[Kind, list[Pair]] = field(default_factory=dict)
    gone_edges: dict[Kind, list[Pair]] = field(default_factory=dict)
    same_nodes: int = 0
    same_edges: int = 0
    entities: dict[str, Entity] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many nodes and relationships change."""
        return sum(
            len(rows)
            for group in (self.new_nodes, self.changed_nodes, self.gone_nodes, self.new_edges, self.gone_edges)
            for rows in group.values()
        )

    def row(self, ident: str) -> dict[str, Any]:
        """Return the properties of a node, None for those that it has not, so that what an older graph said goes."""
        entity = self.entities[ident]
        return {**_nothing(type(entity)), **node(entity).properties, MARK: True}


def plan(graph: Graph, reader: "neo4j.ManagedTransaction") -> Plan:
    """Compare `graph` with what the server holds. Raises StoreError where the graph points at an id that it lacks."""
    made = Plan(entities={entity.id: entity for entity in graph.entities})
    held: dict[str, str] = {}
    for cls in ENTITY_CLASSES:
        _compare_nodes(made, cls, reader, held)
    wanted: defaultdict[str, set[Pair]] = defaultdict(set)
    for edge in graph_edges(graph):
        wanted[edge.type].add((edge.source, edge.target))
    for kind in edge_types():
        _compare_edges(made, kind, wanted.pop(kind, set()), reader, held)
    return made


@cache
def edge_types() -> tuple[str, ...]:
    """Return every type of relationship that the model has, sorted."""
    return tuple(sorted({f.term.edge for cls in ENTITY_CLASSES for f in fields_of(cls) if f.term.edge}))


@cache
def _nothing(cls: type[Entity]) -> MappingProxyType[str, None]:
    names = [field.name for field in fields_of(cls) if not field.term.ref]
    return MappingProxyType(dict.fromkeys([*names, "folded"]))


def nothing(label: str) -> dict[str, None]:
    """Return None for every property that a push may have given to a node of this class, its id aside."""
    cls = next(cls for cls in ENTITY_CLASSES if cls.__name__ == label)
    return {**_nothing(cls), MARK: None}


def _compare_nodes(made: Plan, cls: type[Entity], reader: "neo4j.ManagedTransaction", held: dict[str, str]) -> None:
    label = cls.__name__
    own = {"id", *_nothing(cls), MARK}
    missing = {ident for ident, entity in made.entities.items() if type(entity) is cls}
    for (found,) in _stream(reader, f"MATCH (n:{label}) WHERE n.{MARK} RETURN properties(n)"):
        ident = found["id"]
        held[ident] = label
        if ident not in missing:
            made.gone_nodes.setdefault(label, []).append(ident)
            continue
        missing.discard(ident)
        wanted = node(made.entities[ident]).properties | {MARK: True}
        if {name: value for name, value in found.items() if name in own} == wanted:
            made.same_nodes += 1
        else:
            made.changed_nodes.setdefault(label, []).append(ident)
    if missing:
        made.new_nodes[label] = sorted(missing)


def _compare_edges(
    made: Plan, kind: str, wanted: set[Pair], reader: "neo4j.ManagedTransaction", held: dict[str, str]
) -> None:
    missing = set(wanted)
    text = f"MATCH (a)-[r:{kind}]->(b) WHERE r.{MARK} RETURN a.id, b.id"
    for source, target in _stream(reader, text):
        pair = (source, target)
        if pair in missing:
            missing.discard(pair)
            made.same_edges += 1
        elif source in held and target in held:
            made.gone_edges.setdefault(Kind(held[source], kind, held[target]), []).append(pair)
            if pair in wanted:  # there twice: both go and one comes back
                missing.add(pair)
                made.same_edges -= 1
    for source, target in sorted(missing):
        of = Kind(type(made.entities[source]).__name__, kind, type(made.entities[target]).__name__)
        made.new_edges.setdefault(of, []).append((source, target))


def _stream(reader: "neo4j.ManagedTransaction", text: str) -> Iterator[tuple[Any, ...]]:
    return (tuple(record.values()) for record in reader.run(text))
