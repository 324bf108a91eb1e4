"""The SPARQL endpoint: SPARQL 1.1 Protocol, read-only, with a service description."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import QueryTimeout
from kg.stores.sparql import Kind, SparqlAnswer, SparqlQuery
from kg.web.machine.negotiate import best_type
from kg.web.machine.open_access import refused
from kg.web.machine.protocol import Operation, ProtocolError, operation
from kg.web.machine.runners import Busy, ClientGone, Runners
from kg.web.machine.service import DESCRIBED, service_description
from kg.web.site import Site

MEDIA: Final[Mapping[Kind, Mapping[str, str]]] = MappingProxyType(
    {
        "rows": {
            "application/sparql-results+json": "json",
            "application/json": "json",
            "application/sparql-results+xml": "xml",
            "application/xml": "xml",
            "text/csv": "csv",
            "text/tab-separated-values": "tsv",
        },
        "boolean": {
            "application/sparql-results+json": "json",
            "application/json": "json",
            "application/sparql-results+xml": "xml",
            "application/xml": "xml",
        },
        "graph": {
            "text/turtle": "ttl",
            "application/n-triples": "nt",
            "application/rdf+xml": "rdf",
            "application/ld+json": "jsonld",
        },
    }
)
"""Media types of each kind of answer and their formats; the first is the default."""

_CHARSET: Final = ("text/csv", "text/tab-separated-values", "text/turtle")

Update = Callable[[Operation, str], None]


class Endpoint:
    """The handler of `/sparql`. `update` carries out an update with a base IRI; without it every update is refused."""

    def __init__(self, site: Site, runners: Runners, update: Update | None = None) -> None:
        self._site = site
        self._runners = runners
        self._update = update

    async def __call__(self, request: Request) -> Response:
        """Answer one request; see docs/endpoints.md for each status."""
        try:
            asked = await operation(request)
            if asked is None:
                return self._described(request)
            if asked.is_update:
                return self._updated(asked, request)
            return await self._answered(asked, request)
        except ProtocolError as error:
            return refused(error.status, str(error))
        except Busy:
            return refused(503, "too many queries run; try again", {"retry-after": "5"})
        except ClientGone:
            return Response(status_code=499)  # nobody reads it
        except QueryTimeout:
            return refused(
                504, f"the query was cut off after {self._site.limits.timeout:g} s; ask for less, or add LIMIT"
            )

    def address(self, request: Request) -> str:
        """Return the address of the endpoint as the client used it."""
        return str(request.url.replace(path="/sparql", query="", fragment=""))

    async def _answered(self, asked: Operation, request: Request) -> Response:
        accept = request.headers.get("accept", "")
        media = {kind: best_type(accept, list(types)) for kind, types in MEDIA.items()}
        formats = {kind: MEDIA[kind][chosen] if chosen else None for kind, chosen in media.items()}
        if not any(formats.values()):
            return _not_acceptable()
        query = SparqlQuery(asked.text, asked.default_graphs, asked.named_graphs, formats)
        answer = await self._runners.run(query, request)
        chosen = media[answer.kind]
        return _response(answer, chosen) if chosen else _not_acceptable(answer.kind)

    def _updated(self, asked: Operation, request: Request) -> Response:
        if self._update is None:
            return refused(403, "this endpoint is read-only")
        self._update(asked, self.address(request))
        return Response(status_code=204)

    def _described(self, request: Request) -> Response:
        accept = request.headers.get("accept", "")
        media = best_type(accept, [*DESCRIBED, "text/html"])
        if media == "text/html":
            return RedirectResponse("/console", 303, {"vary": "Accept"})
        if media is None:
            return _not_acceptable("graph")
        body = service_description(self.address(request), self._site.base_iri + "dataset", media)
        return Response(body, media_type=_typed(media), headers={"vary": "Accept"})


def _response(answer: SparqlAnswer, media: str) -> Response:
    # surrogates can't come from a store, but a response must never fail on them
    body = answer.body.encode("utf-8", "replace")
    return Response(body, media_type=_typed(media), headers={"vary": "Accept"})


def _typed(media: str) -> str:
    return f"{media}; charset=utf-8" if media in _CHARSET else media


def _not_acceptable(kind: Kind | None = None) -> Response:
    kinds = [kind] if kind else list(MEDIA)
    offered = dict.fromkeys(media for one in kinds for media in MEDIA[one])
    return refused(406, f"not in that format; accept one of {', '.join(offered)}", {"vary": "Accept"})
