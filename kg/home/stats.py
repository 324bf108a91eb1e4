"""Counts and coverage of a graph: what is in it, when and where it comes from, what stays unresolved."""

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.graph.records import Graph
from kg.model.base import Entity
from kg.model.entities import Agency, ArticleNode, Directive, Place

UNKNOWN = "?"
"""What is not known."""

_OF_ARTICLE = re.compile(r"@a[0-9a-f]{16}$")


@dataclass(slots=True)
class Stats:
    """Counts by class, by month and by place; `?` stands for what is not known. `unresolved` counts abstentions by kind."""

    classes: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)

    def add(self, entity: Entity) -> None:
        """Count what can be counted of an entity without others: all but places."""
        self.classes[type(entity).__name__] += 1
        if isinstance(entity, ArticleNode):
            self.months[(entity.published or UNKNOWN)[:7]] += 1
            self.outlets.update([entity.outlet or UNKNOWN, *entity.outlets])
        elif isinstance(entity, Agency) and _OF_ARTICLE.search(entity.id):
            self.unresolved["agency known to one article only"] += 1
        elif isinstance(entity, Directive):
            self.unresolved["directive without issuer"] += not entity.issuers
            self.unresolved["directive without addressee"] += not entity.addressees
            self.unresolved["directive without date"] += entity.date is None


def stats(graph: Graph) -> Stats:
    """Count the entities of `graph`; directives count for each place of the bodies that issue or receive them."""
    out = Stats()
    place_of = {a.id: a.place for a in graph.entities if isinstance(a, Agency)}
    names = {p.id: p.name for p in graph.entities if isinstance(p, Place)}
    for entity in graph.entities:
        out.add(entity)
        if isinstance(entity, Directive):
            found = {names[p] for a in (*entity.issuers, *entity.addressees) if (p := place_of.get(a))}
            out.places.update(found or [UNKNOWN])
    return out
