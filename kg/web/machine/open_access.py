"""What all routes for machines share: any origin may read them, errors are JSON, and their answers name how long they hold."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.errors import ChidaoError

Handler = Callable[[Request], Awaitable[Response]]

HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "access-control-allow-origin": "*",  # also where no Origin asks: a cache may keep the answer for another
        "cross-origin-resource-policy": "cross-origin",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    }
)
"""Headers of an answer that any origin may read and no browser should run."""


def machine_route(path: str, handler: Handler, methods: tuple[str, ...] = ("GET",), kind: type[Route] = Route) -> Route:
    """Return a route that any origin may read (CORS, no credentials)."""
    cors = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=[*methods, "HEAD", "OPTIONS"],
        allow_headers=["Accept", "Content-Type", "If-None-Match", "If-Modified-Since", "If-Range", "Range"],
        expose_headers=["ETag", "Link", "Location", "Content-Location", "Content-Range", "Retry-After", "Allow"],
        max_age=86_400,
    )
    route = kind(path, _answering(handler, methods), methods=[*methods, "OPTIONS"], middleware=[cors])
    route.path_regex = re.compile(route.path_regex.pattern, re.DOTALL)  # an id may hold a line break
    return route


def in_thread(handler: Callable[[Request], Response]) -> Handler:
    """Return a handler that runs in a thread, because it reads files; others are answered meanwhile."""

    async def threaded(request: Request) -> Response:
        return await run_in_threadpool(handler, request)

    return threaded


def refused(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an error as a problem in JSON (RFC 9457), as the pages have it."""
    said = {"status": status, "title": message}
    return JSONResponse(said, status, {**HEADERS, **(headers or {})}, media_type="application/problem+json")


def cached(request: Request, body: bytes, media: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return `body`, or 304 where the client has it already (RFC 9110, If-None-Match); the tag is a digest of the body."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    kept = {**HEADERS, "etag": tag, "cache-control": "no-cache", **(headers or {})}
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in known.split(",")):
        return Response(status_code=304, headers=kept)
    return Response(body, media_type=media, headers=kept)


def _answering(handler: Handler, methods: tuple[str, ...]) -> Handler:
    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":  # a preflight was answered before
            return Response(status_code=204, headers={"allow": ", ".join([*methods, "HEAD", "OPTIONS"])})
        try:
            response = await handler(request)
        except ChidaoError as error:
            return refused(error.http_status, str(error))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer
