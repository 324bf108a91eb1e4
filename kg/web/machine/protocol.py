"""Requests of the SPARQL 1.1 Protocol (sections 2.1 and 2.2) as operations: what is asked, on which dataset."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

_FIELDS: Final = 1_000


class ProtocolError(Exception):
    """A request that the protocol does not know; `status` is the HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update. The graphs are those that the protocol names, None where it names none."""

    text: str
    is_update: bool
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None


async def operation(request: Request) -> Operation | None:
    """Return what a GET, a form or a direct POST asks; None for a GET without a query. Raises ProtocolError (400, 415)."""
    fields = _fields(request.url.query)
    if request.method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in fields):
            raise ProtocolError(400, "an update needs POST")
        return _from_fields(fields) if any(name == "query" for name, _ in fields) else None
    media = _media_type(request)
    if media not in (FORM, QUERY, UPDATE):
        raise ProtocolError(415, f"the body must be {FORM}, {QUERY} or {UPDATE}")
    try:
        body = (await request.body()).decode()
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the body is not UTF-8") from error
    if media == FORM:
        return _from_fields([*fields, *_fields(body)])
    if any(name in ("query", "update") for name, _ in fields):
        raise ProtocolError(400, "the operation is both in the URL and in the body")
    return _from_fields([*fields, ("update" if media == UPDATE else "query", body)])


def _media_type(request: Request) -> str:
    media, *params = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    for param in params:
        name, _, value = param.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8"):
            raise ProtocolError(415, "the body must be UTF-8")
    return media


def _fields(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError as error:
        raise ProtocolError(400, f"the parameters can't be read: {error}") from error


def _from_fields(fields: list[tuple[str, str]]) -> Operation:
    texts = [(name, value) for name, value in fields if name in ("query", "update")]
    if len(texts) != 1:
        raise ProtocolError(400, "give one query" if not texts else "more than one query or update")
    ((name, text),) = texts
    is_update = name == "update"
    wanted, other = ("using-graph-uri", "using-named-graph-uri"), ("default-graph-uri", "named-graph-uri")
    if not is_update:
        wanted, other = other, wanted
    if any(field in other for field, _ in fields):
        raise ProtocolError(400, f"{' and '.join(other)} are not for {'updates' if is_update else 'queries'}")
    graphs = [tuple(value for field, value in fields if field == graph) for graph in wanted]
    default, named = graphs if any(graphs) else (None, None)
    return Operation(text, is_update, default, named)


def relative(iris: Iterable[str] | None) -> list[str]:
    """Return those that are no absolute IRIs, which the protocol asks for."""
    return [iri for iri in iris or () if ":" not in iri]
