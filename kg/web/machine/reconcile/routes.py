"""The routes of the reconciliation service."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from kg.errors import UsageError
from kg.web.index.reader import Index
from kg.web.index.search import suggest
from kg.web.machine.open_access import machine_route, refused
from kg.web.machine.reconcile import answers
from kg.web.machine.reconcile.candidates import candidates
from kg.web.machine.reconcile.parse import parse_extension, parse_queries
from kg.web.machine.reconcile.preview import HEADERS, preview
from kg.web.machine.reconcile.properties import CLASSES
from kg.web.render import index_of
from kg.web.site import Site

_FORM: Final = "application/x-www-form-urlencoded"
_SUGGESTED: Final = 10
_MOST: Final = 1_000
_LONGEST: Final = 400


class Reconciliation:
    """The handlers of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            machine_route("/reconcile", self.service, ("GET", "POST")),
            machine_route("/reconcile/", self.service, ("GET", "POST")),
            machine_route("/reconcile/suggest/{kind}", self.suggest),
            machine_route("/reconcile/flyout/entity", self.flyout),
            machine_route("/reconcile/properties", self.properties),
            machine_route("/reconcile/preview", self.preview),
        ]

    async def service(self, request: Request) -> Response:
        """Answer with the manifest, the results of `queries`, or the values of `extend`."""
        given = dict(request.query_params)
        if request.method == "POST":
            given |= await _form(request)
        index = index_of(request)
        if "queries" in given:
            return JSONResponse(await run_in_threadpool(_results, index, given["queries"]))
        if "extend" in given:
            asked = parse_extension(given["extend"])
            return JSONResponse(await run_in_threadpool(answers.extended, index, asked))
        address = str(request.url.replace(path="/reconcile", query="", fragment=""))
        return JSONResponse(answers.manifest(self._site, address))

    async def suggest(self, request: Request) -> Response:
        """Answer `/reconcile/suggest/entity`, `type` or `property` with `?prefix=`, `cursor=`; entities also with `type=`."""
        prefix = request.query_params.get("prefix", "")[:_LONGEST]
        make: Callable[[str], dict[str, Any]]
        match request.path_params["kind"]:
            case "type":
                make = answers.suggested_types
            case "property":
                make = answers.suggested_properties
            case "entity":
                cursor = min(_number(request, "cursor"), _MOST)
                kinds = tuple(name for name in CLASSES if name == request.query_params.get("type")) or tuple(CLASSES)
                index = index_of(request)
                nodes = await run_in_threadpool(suggest, index, prefix, kinds, cursor + _SUGGESTED)
                return JSONResponse(answers.suggested(nodes[cursor:]))
            case _:
                return refused(404, "suggest entity, type or property")
        return JSONResponse(make(prefix))

    async def flyout(self, request: Request) -> Response:
        """Answer `/reconcile/flyout/entity?id=`."""
        ident = request.query_params.get("id", "")
        html = await run_in_threadpool(_previewed, index_of(request), ident)
        return JSONResponse({"id": ident, "html": html}) if html else refused(404, "no such id")

    async def properties(self, request: Request) -> Response:
        """Answer `/reconcile/properties?type=&limit=`."""
        return JSONResponse(answers.proposed(request.query_params.get("type", ""), _number(request, "limit")))

    async def preview(self, request: Request) -> Response:
        """Answer `/reconcile/preview?id=`."""
        html = await run_in_threadpool(_previewed, index_of(request), request.query_params.get("id", ""))
        return HTMLResponse(html, headers=HEADERS) if html else refused(404, "no such id")


def _results(index: Index, text: str) -> dict[str, Any]:
    found = {key: candidates(index, query) for key, query in parse_queries(text).items()}
    return {key: {"result": [answers.result(one) for one in some]} for key, some in found.items()}


def _previewed(index: Index, ident: str) -> str:
    fact = index.node(ident)
    return preview(index, fact) if fact and fact.node.label in CLASSES else ""


async def _form(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise UsageError(f"the body must be {_FORM}")
    try:
        return dict(
            parse_qsl((await request.body()).decode(), keep_blank_values=True, errors="strict", max_num_fields=100)
        )
    except ValueError as error:
        raise UsageError(f"the body can't be read: {error}") from error


def _number(request: Request, name: str) -> int:
    given = request.query_params.get(name, "0")
    if not (given.isascii() and given.isdecimal() and len(given) <= 6):
        raise UsageError(f"{name}: a whole number from 0 on")
    return int(given)
