"""Nodes of the index as the entities they were made from, for exports of what a page shows."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from kg.graph.terms import fields_of
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES
from kg.web.index.reader import Fact, Index

_CLASSES: Final[Mapping[str, type[Entity]]] = MappingProxyType({cls.__name__: cls for cls in ENTITY_CLASSES})


def entities(index: Index, numbers: Iterable[int]) -> list[Entity]:
    """Return the entities with these numbers, sorted by id; their references point at ids, whether those are among them or not."""
    facts = index.facts(numbers)
    given = [json.dumps(list(facts))]
    near: dict[int, dict[tuple[str, bool], list[str]]] = {n: defaultdict(list) for n in facts}
    for reverse, (mine, other) in ((False, ("a", "b")), (True, ("b", "a"))):
        statement = (
            f"SELECT edge.{mine}, edge.type, node.id FROM edge JOIN node ON node.n = edge.{other} "
            f"WHERE edge.{mine} IN (SELECT value FROM json_each(?)) ORDER BY 1, 2, 3"
        )
        for n, kind, ident in index.rows(statement, given):
            near[n][kind, reverse].append(ident)
    made = [_entity(fact, near[n]) for n, fact in facts.items()]
    return sorted(made, key=lambda entity: entity.id)


def _entity(fact: Fact, near: Mapping[tuple[str, bool], list[str]]) -> Entity:
    cls = _CLASSES[fact.node.label]
    values: dict[str, Any] = {name: fact.data[name] for name in _plain(cls) if fact.data.get(name) is not None}
    for field in fields_of(cls):
        if field.term.ref and field.term.edge:
            ids = near.get((field.term.edge, field.term.reverse), [])
            if field.is_many:
                values[field.name] = tuple(ids)
            elif ids:
                values[field.name] = ids[0]
    return cls(**values)


@cache
def _plain(cls: type[Entity]) -> tuple[str, ...]:
    return ("id", *(field.name for field in fields_of(cls) if not field.term.ref))
