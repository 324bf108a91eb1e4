"""Evidence as Web Annotations: which stretch of which article names or states something, by position and by its words.

Source: W3C Web Annotation Data Model, sections 3.1, 4.2.4, 4.2.5 and 5.2.
"""

import json
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.graph.statements import entity_iri
from kg.model.entities import Directive, Mention, Statement
from kg.model.namespaces import BASE
from kg.web.index.entities import entities
from kg.web.index.reader import Index, Node
from kg.web.machine.open_access import cached, in_thread, machine_route, refused
from kg.web.render import index_of
from kg.web.site import Site

PAGE: Final = 200
"""Annotations of a page."""

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_MEDIA: Final = f'application/ld+json; profile="{_CONTEXT}"'
_QUOTED: Final = (
    "SELECT a FROM edge WHERE b = ?1 AND type = 'STATED_IN' UNION SELECT b FROM edge WHERE a = ?1 AND type = 'MENTIONS' "
    "UNION SELECT a FROM edge WHERE b = ?1 AND type = 'EVIDENCE_OF' UNION SELECT n FROM node WHERE n = ?1 AND label IN ('Directive', 'Statement', 'Mention')"
)


class Annotations:
    """The handler of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """Return the route: `/annotations/ID` for an article, or for anything that articles name or state."""
        return [machine_route("/annotations/{id:path}", in_thread(self.page))]

    def page(self, request: Request) -> Response:
        """Answer with one page of annotations; `?page=` counts from 0."""
        index = index_of(request)
        fact = index.node(request.path_params["id"])
        if fact is None:
            return refused(404, "no such id")
        asked = request.query_params.get("page", "0")
        if not (asked.isascii() and asked.isdecimal() and len(asked) <= 6):
            return refused(400, "page: a whole number from 0 on")
        body = self._written(
            index, fact.node, int(asked), f"{self._site.base_iri}annotations/{request.path_params['id']}"
        )
        return cached(request, body, _MEDIA)

    def _written(self, index: Index, node: Node, number: int, address: str) -> bytes:
        [(total,)] = index.rows(f"SELECT count(*) FROM ({_QUOTED})", (node.n,))
        rows = index.rows(f"{_QUOTED} ORDER BY 1 LIMIT {PAGE} OFFSET ?2", (node.n, number * PAGE))
        quoted = entities(index, [row[0] for row in rows])
        value: dict[str, Any] = {
            "@context": _CONTEXT,
            "id": f"{address}?page={number}",
            "type": "AnnotationPage",
            "partOf": {"id": address, "type": "AnnotationCollection", "total": total},
            "startIndex": number * PAGE,
            "items": [self._annotation(one) for one in quoted if isinstance(one, Mention | Directive | Statement)],
        }
        if (number + 1) * PAGE < total:
            value["next"] = f"{address}?page={number + 1}"
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"

    def _annotation(self, one: Mention | Directive | Statement) -> dict[str, Any]:
        is_mention = isinstance(one, Mention)
        return {
            "id": self._iri(one.id) if is_mention else f"{self._iri(one.id)}#annotation",
            "type": "Annotation",
            "motivation": "identifying" if is_mention else "describing",
            "body": self._iri(one.body if isinstance(one, Mention) else one.id),
            "target": {
                "source": self._iri(one.article),
                "selector": [
                    {"type": "TextPositionSelector", "start": one.start, "end": one.end},
                    {"type": "TextQuoteSelector", "exact": one.quote},
                ],
            },
        }

    def _iri(self, ident: str) -> str:
        return entity_iri(ident).replace(BASE, self._site.base_iri, 1)
