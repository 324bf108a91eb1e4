"""The network: around one entity, what is opened step by step with a cap, a path between two; saved as SVG, GEXF and one HTML file (PNG: the script)."""

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import UsageError
from kg.export.gexf import write_gexf
from kg.export.safe import xml_text
from kg.web.index.network import Network, network, path
from kg.web.index.reader import Index
from kg.web.language import language_of, texts
from kg.web.network_layout import BOX, Layout, lay_out_network
from kg.web.pages.canvas_state import State
from kg.web.render import STATIC, environment, gate_of, index_of, rendered

_TYPES: Final = {"svg": "image/svg+xml", "gexf": "application/gexf+xml", "html": "text/html; charset=utf-8"}


async def canvas_page(request: Request) -> Response:
    """Answer `/canvas` with what `State` reads, and with `form=` the drawing as a file."""
    index = index_of(request)
    state = State.of(index, request.query_params)
    form = request.query_params.get("form", "")
    if form and form not in _TYPES:
        raise UsageError(f"form: {', '.join(_TYPES)}")
    drawn, found = (None, None)
    if state.starts:
        found, way = await gate_of(request).run(lambda home: index.cached(_network, replace(state, pins=())))
        drawn = lay_out_network(found, {ident: (x, y) for ident, x, y in state.pins})
    else:
        way = True
    context: dict[str, Any] = {
        "layout": drawn,
        "network": found,
        "box_size": BOX,
        "starts": [fact.node for ident in state.starts if (fact := index.node(ident))],
        "state": state,
        "no_path": not way,
        "save": lambda form: f"{state.url()}&form={form}",
        "suggested": index.cached(_most_linked),
    }
    if form and drawn and found:
        return _saved(form, drawn, found, context, request)
    return rendered(request, "canvas.html", context)


def _network(index: Index, state: State) -> tuple[Network, bool]:
    def number(ident: str) -> int:
        fact = index.node(ident)
        assert fact
        return fact.node.n

    first = [number(ident) for ident in state.starts]
    way = path(index, first[0], number(state.to)) if state.to else []
    steps = [number(ident) for ident in state.opened]
    caps = {number(ident): cap for ident, cap in state.caps}
    return network(index, first, steps, caps, way), bool(way) or not state.to


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
        body = _gexf(found, drawn, words)
    else:
        css = (STATIC / "network.css").read_text(encoding="utf-8")
        page = environment().get_template(f"network_{form}.html")
        body = page.render({**context, "css": css, "t": words, "lang": language_of(request)}).encode()
    headers = {"content-disposition": f'attachment; filename="chidao-network.{form}"'}
    if form != "gexf":  # a file by itself: its style stands inline, and nothing else is let in
        headers["content-security-policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return Response(body, media_type=_TYPES[form], headers=headers)


def _gexf(found: Network, drawn: Layout, words: Mapping[str, str]) -> bytes:
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    names = {node.n: node for column in found.columns for node in column}
    places = {box.node.id: {"x": box.x, "y": -box.y, "z": 0.0} for box in drawn.boxes}  # upwards, as Gephi counts
    for node in names.values():
        graph.add_node(node.id, label=xml_text(node.title), kind=node.label, viz={"position": places[node.id]})
    for link in found.links:
        told = xml_text(f"{words['link.' + link.kind]}{': ' + link.verb if link.verb else ''}")
        graph.add_edge(
            names[link.source].id, names[link.target].id, label=told, weight=float(link.count), strength=link.strength
        )
    out = io.BytesIO()
    write_gexf(graph, out)
    return out.getvalue()
