"""The network: around one entity, what is opened step by step with a cap, a path between two; saved as SVG, GEXF and one HTML file (PNG: the script)."""

import io
from collections.abc import Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import UsageError
from kg.export.gexf import write_gexf
from kg.export.safe import xml_text
from kg.web.index.network import CAP, Network, network, path
from kg.web.index.reader import Index
from kg.web.language import language_of, texts
from kg.web.markup import doc_url
from kg.web.network_layout import BOX, Layout, lay_out_network
from kg.web.render import STATIC, environment, gate_of, index_of, rendered

STARTS: Final = 12
"""Entities that a network may start from."""

_MOST_OPENED: Final = 24
_TYPES: Final = {"svg": "image/svg+xml", "gexf": "application/gexf+xml", "html": "text/html; charset=utf-8"}

State = tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, int], ...], str]
"""What the URL says: ids to start from, ids opened, caps that were raised, and the end of a path."""


async def canvas_page(request: Request) -> Response:
    """Answer `/canvas?id=&open=&more=ID*CAP&to=`, and with `form=` the drawing as a file."""
    index = index_of(request)
    state = _state(request)
    form = request.query_params.get("form", "")
    if form and form not in _TYPES:
        raise UsageError(f"form: {', '.join(_TYPES)}")
    drawn, found = (None, None)
    if state[0]:
        found, way = await gate_of(request).run(lambda home: index.cached(_network, state))
        drawn = lay_out_network(found)
    else:
        way = True
    context: dict[str, Any] = {
        "layout": drawn,
        "network": found,
        "box_size": BOX,
        "starts": [fact.node for ident in state[0] if (fact := index.node(ident))],
        "to": state[3],
        "no_path": not way,
        "toggle": partial(_toggled, state),
        "more": partial(_more, state),
        "save": lambda form: f"/canvas?{_query(state)}&form={form}",
        "suggested": index.cached(_most_linked),
    }
    if form and drawn and found:
        return _saved(form, drawn, found, context, request)
    return rendered(request, "canvas.html", context)


def _state(request: Request) -> State:
    query = request.query_params
    index = index_of(request)

    def known(name: str) -> tuple[str, ...]:
        given = dict.fromkeys(value for value in query.getlist(name) if value)
        return tuple(fact.node.id for value in list(given)[:_MOST_OPENED] if (fact := index.node(value)))

    caps = []
    for value in query.getlist("more")[:_MOST_OPENED]:
        ident, _, cap = value.rpartition("*")
        if index.node(ident) and cap.isascii() and cap.isdecimal():
            caps.append((ident, min(int(cap[:4]), 100)))
    return known("id")[:STARTS], known("open"), tuple(sorted(set(caps))), next(iter(known("to")), "")


def _network(index: Index, state: State) -> tuple[Network, bool]:
    starts, opened, caps, to = state

    def number(ident: str) -> int:
        fact = index.node(ident)
        assert fact
        return fact.node.n

    first = [number(ident) for ident in starts]
    way = path(index, first[0], number(to)) if to else []
    steps = [number(ident) for ident in opened]
    return network(index, first, steps, {number(ident): cap for ident, cap in caps}, way), bool(way) or not to


def _toggled(state: State, ident: str) -> str:
    """Open or close a node; one from which the network starts leads to its page."""
    starts, opened, caps, to = state
    if ident in starts:
        return doc_url(ident)
    changed = tuple(one for one in opened if one != ident) if ident in opened else (*opened, ident)
    return f"/canvas?{_query((starts, changed, caps, to))}"


def _more(state: State, ident: str) -> str:
    starts, opened, caps, to = state
    now = dict(caps)
    now[ident] = now.get(ident, CAP) + 20
    return f"/canvas?{_query((starts, opened, tuple(sorted(now.items())), to))}"


def _query(state: State) -> str:
    starts, opened, caps, to = state
    pairs = (
        [("id", one) for one in starts]
        + [("open", one) for one in opened]
        + [("more", f"{one}*{cap}") for one, cap in caps]
    )
    return urlencode([*pairs, *([("to", to)] if to else [])])


def _most_linked(index: Index) -> tuple[Any, ...]:
    """Where to begin: those with the most directives."""
    rows = index.rows(
        "SELECT n FROM (SELECT target AS n, count(*) AS size FROM facet WHERE kind IN ('who', 'whom') GROUP BY target) "
        "JOIN node USING (n) WHERE label IN ('Person', 'Agency') ORDER BY size DESC, node.id LIMIT 12"
    )
    nodes = index.nodes(row[0] for row in rows)
    return tuple(nodes[row[0]] for row in rows)


def _saved(form: str, drawn: Layout, found: Network, context: dict[str, Any], request: Request) -> Response:
    words = texts(language_of(request))
    if form == "gexf":
        body = _gexf(found, words)
    else:
        css = (STATIC / "network.css").read_text(encoding="utf-8")
        page = environment().get_template(f"network_{form}.html")
        body = page.render({**context, "css": css, "t": words, "lang": language_of(request)}).encode()
    headers = {"content-disposition": f'attachment; filename="chidao-network.{form}"'}
    if form != "gexf":  # a file by itself: its style stands inline, and nothing else is let in
        headers["content-security-policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return Response(body, media_type=_TYPES[form], headers=headers)


def _gexf(found: Network, words: Mapping[str, str]) -> bytes:
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    names = {node.n: node for column in found.columns for node in column}
    for node in names.values():
        graph.add_node(node.id, label=xml_text(node.title), kind=node.label)
    for link in found.links:
        told = xml_text(f"{words['link.' + link.kind]}{': ' + link.verb if link.verb else ''}")
        graph.add_edge(
            names[link.source].id, names[link.target].id, label=told, weight=float(link.count), strength=link.strength
        )
    out = io.BytesIO()
    write_gexf(graph, out)
    return out.getvalue()
