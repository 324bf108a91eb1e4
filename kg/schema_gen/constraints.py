"""Neo4j: ids are unique, what questions filter by has an index. Every statement may be run again.

Rules: Neo4j 5 Cypher manual, "Constraints", "Search-performance indexes" (a range index refuses strings over about 8 kB: none on quotes).
"""

from collections.abc import Iterator
from typing import Final

from kg.graph.terms import fields_of
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES, Quoted
from kg.schema_gen.fields import NOTICE

_INDEXED: Final = frozenset({"folded", "number", "key"})


def constraints_cypher() -> str:
    """Return `constraints.cypher`: constraints, range indexes, full-text indexes; one statement a line."""
    lines = [f"// {NOTICE}", *map(_unique, ENTITY_CLASSES), *_ranges(), *_fulltexts()]
    return "\n".join(lines) + "\n"


def _unique(cls: type[Entity]) -> str:
    label = cls.__name__
    return f"CREATE CONSTRAINT {label.lower()}_id_unique IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;"


def _ranges() -> Iterator[str]:
    for cls in ENTITY_CLASSES:
        for field in fields_of(cls):
            if field.is_date or field.name in _INDEXED:
                label = cls.__name__
                yield (f"CREATE INDEX {label.lower()}_{field.name} IF NOT EXISTS FOR (n:{label}) ON (n.{field.name});")


def _fulltexts() -> Iterator[str]:
    named = [cls.__name__ for cls in ENTITY_CLASSES if {"name", "folded"} <= cls.model_fields.keys()]
    said = [cls.__name__ for cls in ENTITY_CLASSES if issubclass(cls, Quoted) and "verb" in cls.model_fields]
    for name, labels, properties in (("names", named, "name, aliases, folded"), ("quotes", said, "quote, folded")):
        on = ", ".join(f"n.{part}" for part in properties.split(", "))
        yield f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{'|'.join(labels)}) ON EACH [{on}];"
