"""Linked data: `/id/ID` leads to `/doc/ID`, which is a page for people and Turtle, N-Triples, JSON-LD, JSON or CSV for machines.

Source: Cool URIs for the Semantic Web, section 4.2 (303 redirects); the page for people is that of `kg.web.pages`.
"""

import csv
import io
import json
from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

import pyoxigraph
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from kg.export.jsonld import node_object
from kg.export.safe import csv_cell
from kg.graph.statements import Literal, Quad, entity_iri
from kg.model.namespaces import PREFIXES, expand
from kg.stores.oxigraph import oxigraph_quads
from kg.web.machine.description import Description, describe, moved, plain_json
from kg.web.machine.negotiate import best_type
from kg.web.machine.open_access import cached, in_thread, machine_route, refused
from kg.web.markup import doc_url
from kg.web.render import index_of
from kg.web.site import Site

MEDIA: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ttl": "text/turtle",
        "jsonld": "application/ld+json",
        "nt": "application/n-triples",
        "json": "application/json",
        "csv": "text/csv",
    }
)
"""Each form, by the end of its address, and its media type."""

_PAGE: Final = "text/html"
_FORMS: Final[Mapping[str, str]] = MappingProxyType({media: form for form, media in MEDIA.items()})


class LinkedData:
    """The handlers of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """Return the routes. A request for a page is left to the routes of the pages."""
        return [
            machine_route("/id/{id:path}", in_thread(self.thing)),
            machine_route("/doc/{id:path}", in_thread(self.document), kind=_ForMachines),
        ]

    def thing(self, request: Request) -> Response:
        """Answer `/id/ID`: 303 to the document about it."""
        fact = index_of(request).node(request.path_params["id"])
        if fact is None:
            return refused(404, "no such id")
        return RedirectResponse(doc_url(fact.node.id), 303, {"vary": "Accept"})

    def document(self, request: Request) -> Response:
        """Answer `/doc/ID.FORM`, or `/doc/ID` in the form that the request accepts."""
        ident, form = _split(request.path_params["id"])
        said = describe(index_of(request), ident)
        if said is None and form:  # an id may end like a form
            ident, form = request.path_params["id"], None
            said = describe(index_of(request), ident)
        if said is None:
            return refused(404, "no such id")
        chosen = form or _FORMS.get(best_type(request.headers.get("accept", ""), list(MEDIA.values())) or "")
        if chosen is None:
            return refused(
                406, f"not in that format; accept one of {', '.join([_PAGE, *MEDIA.values()])}", {"vary": "Accept"}
            )
        if said.fact.node.id != ident:
            end = f".{form}" if form else ""
            return RedirectResponse(doc_url(said.fact.node.id) + end, 301)
        body = self.written(said, chosen)
        media = MEDIA[chosen]
        own = doc_url(said.fact.node.id)
        headers = {
            "vary": "Accept",
            "content-location": f"{own}.{chosen}",
            "link": ", ".join(
                f'<{own}.{other}>; rel="alternate"; type="{kind}"' for other, kind in MEDIA.items() if other != chosen
            ),
        }
        return cached(request, body, f"{media}; charset=utf-8" if media.startswith("text/") else media, headers)

    def written(self, said: Description, form: str) -> bytes:
        """Return a description in one of the forms of `MEDIA`."""
        base = self._site.base_iri
        if form == "json":
            return plain_json(said, base)
        own = said.statements()
        about = self._about(said)
        if form == "jsonld":
            return _json_ld(said, [*own, *about], base)
        statements = [*moved(own, base), *about]
        return _csv(statements) if form == "csv" else _rdf(statements, form, base)

    def _about(self, said: Description) -> list[Quad]:
        """What is said of the document itself."""
        base = self._site.base_iri
        document = base.rstrip("/") + doc_url(said.entity.id)
        topic = moved([Quad(entity_iri(said.entity.id), "", "", "")], base)[0].subject
        told = [
            (expand("rdf:type"), expand("foaf:Document")),
            (expand("foaf:primaryTopic"), topic),
            (expand("dct:license"), self._site.licence),
            ("http://rdfs.org/ns/void#inDataset", base + "dataset"),
        ]
        if said.total > len(said.links):
            note = f"{len(said.links)} of {said.total} links are shown; {base}sparql has all"
            return [
                *(Quad(document, *one, "") for one in told),
                Quad(document, expand("rdfs:comment"), Literal(note, "en"), ""),
            ]
        return [Quad(document, *one, "") for one in told]


class _ForMachines(Route):
    """A route that leaves to others what a person asks for: an address without a form, by a client that prefers a page."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, child = super().matches(scope)
        if match is Match.FULL and scope["method"] in ("GET", "HEAD"):
            _, form = _split(child["path_params"]["id"])
            if form is None and wants_page(scope):
                return Match.NONE, {}
        return match, child


def wants_page(scope: Scope) -> bool:
    """Say whether the client prefers a page to data; one that takes anything gets the page."""
    accept = b",".join(value for name, value in scope["headers"] if name == b"accept").decode("latin-1")
    return best_type(accept, [_PAGE, *MEDIA.values()]) == _PAGE


def _split(path: str) -> tuple[str, str | None]:
    """`ID.ttl` -> (ID, ttl); an end that is no form belongs to the id."""
    ident, dot, end = path.rpartition(".")
    return (ident, end) if dot and ident and end in MEDIA else (path, None)


def _rdf(statements: list[Quad], form: str, base: str) -> bytes:
    kind = pyoxigraph.RdfFormat.TURTLE if form == "ttl" else pyoxigraph.RdfFormat.N_TRIPLES
    triples = (quad.triple for quad in oxigraph_quads(quad._replace(graph=expand("cd:union")) for quad in statements))
    prefixes = {**PREFIXES, "id": base + "id/"} if form == "ttl" else None
    return pyoxigraph.serialize(triples, format=kind, prefixes=prefixes) or b""


def _json_ld(said: Description, statements: list[Quad], base: str) -> bytes:
    classes = {entity_iri(one.id): type(one) for one in (said.entity, *said.evidence)}
    nodes: list[dict[str, Any]] = []
    for subject, own in groupby(statements, key=attrgetter("subject")):
        nodes.append(node_object(subject, classes.get(subject), list(own)))
    value = {"@context": [base + "context.jsonld", {"@base": base + "id/"}], "@graph": nodes}
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _csv(statements: list[Quad]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["subject", "predicate", "object", "language", "datatype"])
    for quad in statements:
        value = quad.object
        cells = (value, "", "") if isinstance(value, str) else (value.lexical, value.lang, value.datatype)
        writer.writerow([csv_cell(cell) for cell in (quad.subject, quad.predicate, *cells)])
    return out.getvalue().encode("utf-8", "replace")
