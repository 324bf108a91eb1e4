"""Bodies and documents that may be one: what only one article knows beside what bears the same name or number."""

from dataclasses import dataclass
from typing import Final

from kg.web.index.profile import Named, named_in
from kg.web.index.reader import Index, Node

_LOCAL: Final = "GLOB '*@a????????????????'"  # an id that ends with an article's
_MOST: Final = 200
_ARTICLES: Final = 3


@dataclass(frozen=True, slots=True)
class Side:
    """A node, in how many articles it is named, and the latest of them."""

    node: Node
    total: int
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Two that bear one name; `one` is known to one article only."""

    one: Side
    other: Side


def lookalikes(index: Index, label: str) -> tuple[Lookalike, ...]:
    """Return pairs of the class `label`, those with most relations first: each with the likeliest of its name (known to several articles, then
    most connected)."""
    rows = index.rows(
        "SELECT l.n, (SELECT o.n FROM node o WHERE o.folded = l.folded AND o.folded <> '' AND o.label = l.label AND o.n <> l.n "
        f"ORDER BY o.id {_LOCAL}, o.degree DESC, o.id LIMIT 1) AS other FROM node l "
        f"WHERE l.label = ? AND l.id {_LOCAL} AND l.folded <> '' AND other IS NOT NULL ORDER BY l.degree DESC, l.id",
        (label,),
    )
    pairs = list({frozenset(row): tuple(row) for row in reversed(rows)}.values())[::-1][:_MOST]
    nodes = index.nodes(n for pair in pairs for n in pair)
    return tuple(Lookalike(_side(index, nodes[a]), _side(index, nodes[b])) for a, b in pairs)


def _side(index: Index, node: Node) -> Side:
    total, named = named_in(index, node.n, _ARTICLES)
    return Side(node, total, tuple(named))
