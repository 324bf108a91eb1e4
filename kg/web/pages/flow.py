"""Page 1: who -> whom -> about what. All filters stand in the URL; the picture, the table and the downloads show the same directives."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from kg.export.sankey import WIDTH
from kg.web.index.directives import ROWS, Listing, listing
from kg.web.index.filters import NAMED, Filters
from kg.web.index.flows import Picture, picture
from kg.web.index.reader import Index
from kg.web.render import index_of, rendered


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is an entity: `text` is its name, `url` the page without it."""

    name: str
    value: str
    text: str
    url: str


def flow_page(request: Request) -> Response:
    """Answer `/`."""
    index = index_of(request)
    filters = Filters.of(request.query_params)
    shown: Listing = index.cached(listing, filters)
    drawn: Picture = index.cached(picture, filters.first_page())
    context: dict[str, Any] = {
        "filters": filters,
        "chips": _chips(index, filters),
        "choices": index.cached(choices),
        "rows": shown.rows,
        "total": shown.total,
        "first": shown.first,
        "last": shown.last,
        "drawing": drawn.drawing,
        "ids": drawn.ids,
        "width": WIDTH,
        "page_count": -(-shown.total // ROWS),
        "page_url": lambda page: filters.url("/", page=page) + "#rows",
    }
    return rendered(request, "flow.html", context)


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from, each with its directives: topics as the options of a list, speech acts."""

    topics: Markup
    acts: tuple[tuple[str, int], ...]


def choices(index: Index) -> Choices:
    """Return the topics and acts of the graph, the most frequent first."""
    all_ = index.columns
    counts = np.bincount(all_.topic)
    nodes = index.nodes(n for n in np.flatnonzero(counts).tolist() if n)
    topics = sorted(
        ((node.id, node.name, int(counts[n])) for n, node in nodes.items()), key=lambda topic: (-topic[2], topic[1])
    )
    acts = sorted(
        zip(all_.act.texts, np.bincount(all_.act.codes).tolist(), strict=True), key=lambda act: (-act[1], act[0])
    )
    options = Markup("").join(Markup('<option value="{}">{} ({})</option>').format(*row) for row in topics)
    return Choices(options, tuple(acts))


_ALWAYS: Final = ("topic", "person", "meeting")


def _chips(index: Index, filters: Filters) -> list[Chip]:
    found = []
    for name in NAMED:
        value = getattr(filters, name)
        fact = index.node(value) if value else None
        if value and (fact or name in _ALWAYS):
            found.append(Chip(name, value, fact.node.title if fact else value, filters.url("/", **{name: None})))
    return found
