"""Counts and coverage of a graph: what is in it, when and where it comes from, what stays unresolved."""

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.graph.records import Graph
from kg.model.entities import Agency, ArticleNode, Directive, Place

_UNKNOWN = "?"
_OF_ARTICLE = re.compile(r"@a[0-9a-f]{16}$")


@dataclass(slots=True)
class Stats:
    """Counts by class, by month and by place; `?` stands for what is not known. `unresolved` counts abstentions by kind."""

    classes: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)


def stats(graph: Graph) -> Stats:
    """Count the entities of `graph`; directives count for each place of the bodies that issue or receive them."""
    out = Stats()
    place_of = {a.id: a.place for a in graph.entities if isinstance(a, Agency)}
    names = {p.id: p.name for p in graph.entities if isinstance(p, Place)}
    for entity in graph.entities:
        out.classes[type(entity).__name__] += 1
        if isinstance(entity, ArticleNode):
            out.months[(entity.published or _UNKNOWN)[:7]] += 1
            out.outlets.update([entity.outlet or _UNKNOWN, *entity.outlets])
        elif isinstance(entity, Agency) and _OF_ARTICLE.search(entity.id):
            out.unresolved["agency known to one article only"] += 1
        elif isinstance(entity, Directive):
            found = {names[p] for a in (*entity.issuers, *entity.addressees) if (p := place_of.get(a))}
            out.places.update(found or [_UNKNOWN])
            out.unresolved["directive without issuer"] += not entity.issuers
            out.unresolved["directive without addressee"] += not entity.addressees
            out.unresolved["directive without date"] += entity.date is None
    return out
