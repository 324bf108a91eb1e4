"""Search, and suggestions while typing."""

from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import UsageError
from kg.web.index.directives import directive_rows
from kg.web.index.reader import Index
from kg.web.index.search import KINDS, Found, search, suggest
from kg.web.language import language_of, texts
from kg.web.markup import doc_url
from kg.web.render import index_of, rendered

_ROWS: Final = 30
_LONGEST: Final = 400
_FOR: Final = {
    "": KINDS[:9],
    "who": ("Person", "Agency", "Post", "Group"),
    "whom": ("Agency", "Person", "Post", "Group"),
    "cites": ("Document",),
    "place": ("Place",),
    "body": ("Agency",),
}


def search_page(request: Request) -> Response:
    """Answer `/search?q=&kind=&page=`."""
    asked, kind, page = _asked(request), request.query_params.get("kind", ""), _page(request)
    if kind and kind not in KINDS:
        raise UsageError(f"kind: {', '.join(KINDS)}")
    index = index_of(request)
    found: Found = index.cached(_found, asked, kind, page)
    if not kind and not found.hits and found.counts:  # only sentences have the words
        kind = next(iter(found.counts))
        found = index.cached(_found, asked, kind, page)
    total = found.counts.get(kind, 0) if kind else sum(n for name, n in found.counts.items() if name in _FOR[""])
    context: dict[str, Any] = {
        "asked": asked,
        "found": found,
        "kind": kind,
        "page": page,
        "page_count": -(-total // _ROWS),
        "rows": directive_rows(index, [node.n for node in found.hits]) if kind == "Directive" else (),
        "page_url": lambda to: f"/search?{urlencode({'q': asked, 'kind': kind, 'page': to})}",
        "names_total": sum(n for name, n in found.counts.items() if name in _FOR[""]),
    }
    return rendered(request, "search.html", context)


def suggestions(request: Request) -> Response:
    """Answer `/suggest?q=&for=`: a JSON list of name, hint, value and, where `for` is left out, the address of the page."""
    asked, field = _asked(request), request.query_params.get("for", "")
    nodes = index_of(request).cached(suggest, asked, _FOR.get(field, _FOR[""]))
    words = texts(language_of(request))
    found = [
        {
            "name": node.name,
            "hint": " · ".join(filter(None, (words[f"label.{node.label}"], node.hint))),
            "value": node.id,
            **({} if field else {"url": doc_url(node.id)}),
        }
        for node in nodes
    ]
    return JSONResponse(found)


def _found(index: Index, asked: str, kind: str, page: int) -> Found:
    return search(index, asked, kind, limit=_ROWS, offset=(page - 1) * _ROWS)


def _asked(request: Request) -> str:
    asked = request.query_params.get("q", "").strip()
    if len(asked) > _LONGEST:
        raise UsageError(f"q: quá dài · longer than {_LONGEST} characters")
    return asked


def _page(request: Request) -> int:
    given = request.query_params.get("page", "1")
    if not (given.isascii() and given.isdecimal() and 1 <= int(given[:6]) <= 10_000):
        raise UsageError("page: 1–10000")
    return int(given)
