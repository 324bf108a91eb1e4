"""The directives that page 1 shows as CSV, JSON and Turtle: all that fit the filters, up to the limit of rows, or the page that the URL names."""

import io
from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.ask.directives import ASK_COLUMNS
from kg.export.rdf import union, write_triples
from kg.export.rows import rows_json, table_csv
from kg.graph.records import Graph
from kg.stores.base import Cell, Table
from kg.web.index.directives import ROWS, Row, listing
from kg.web.index.entities import entities
from kg.web.index.filters import Filters
from kg.web.machine.description import moved
from kg.web.render import index_of, site_of

TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json", "ttl": "text/turtle; charset=utf-8"}
"""Media type of each form."""


def download(request: Request) -> Response:
    """Answer `/directives.FORM` with the filters of page 1; the columns are those of `kg ask --json`."""
    form = request.url.path.rpartition(".")[2]
    index = index_of(request)
    filters = Filters.of(request.query_params)
    limit = ROWS if "page" in request.query_params else site_of(request).limits.rows
    shown = listing(index, filters, limit=limit)
    headers = {"content-disposition": f'attachment; filename="chidao.{form}"'}
    if shown.total > len(shown.rows):
        headers["x-total-count"] = str(shown.total)
    if form == "ttl":
        body = _turtle(Graph.of(entities(index, _around(shown.rows))), site_of(request).base_iri)
    else:
        table = Table(ASK_COLUMNS, tuple(_cells(row) for row in shown.rows))
        body = (table_csv(table) if form == "csv" else rows_json(table.dicts())).encode()
    return Response(body, media_type=TYPES[form], headers=headers)


def _cells(row: Row) -> tuple[Cell, ...]:
    data = row.data
    whom = sorted({node.name for node in row.whom})
    return (
        "; ".join(sorted({node.name for node in row.who})) or None,
        "; ".join(sorted({node.name for node in row.post})) or None,
        data["verb"], data["strength"], whom, row.topic.name if row.topic else None, data["content"] or None,
        sorted({cited.number or cited.name for cited in row.cited}), data.get("deadline"), data.get("date"),
        row.meeting.name if row.meeting else None, row.record, data["quote"], data["start"], data["end"], row.article.id,
        sorted({node.id for node in row.whom}),
    )  # fmt: skip


def _around(rows: Sequence[Row]) -> set[int]:
    """The directives and all that the table names beside them."""
    found = set()
    for row in rows:
        near = (
            row.node,
            row.article,
            row.topic,
            row.meeting,
            *row.who,
            *row.whom,
            *row.post,
            *row.cites,
            *row.coordinate,
        )
        found |= {node.n for node in near if node}
    return found


def _turtle(graph: Graph, base: str) -> bytes:
    out = io.BytesIO()
    write_triples(moved(union(graph), base), out, "TURTLE")
    return out.getvalue()
