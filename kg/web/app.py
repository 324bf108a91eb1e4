"""The ASGI application: routes for machines, then for people, behind the same guards."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import anyio.to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import ChidaoError
from kg.web.checks import Checks
from kg.web.gate import Gate
from kg.web.guards import BodyLimit, HostCheck, SafeHeaders
from kg.web.machine import machine_routes
from kg.web.pages import page_routes
from kg.web.pages.problem import problem
from kg.web.sessions import Sessions
from kg.web.site import Site

_THREADS: Final = 4


def create_app(site: Site) -> Starlette:
    """Return the application that serves `site`; a handler finds it as `request.app.state.site`."""
    app = Starlette(
        lifespan=_few_threads,
        routes=[*machine_routes(site), *page_routes(site)],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(HostCheck, hosts=site.hosts),
            Middleware(BodyLimit, most=site.limits.body, seconds=site.limits.arrival),
        ],
        exception_handlers={ChidaoError: _told, 404: _told, 405: _told, 500: _told},
    )
    app.state.site = site
    app.state.checks = Checks(site.home)
    app.state.gate = Gate(site)
    app.state.sessions = Sessions(site.token) if site.token else None
    return app


@asynccontextmanager
async def _few_threads(app: Starlette) -> AsyncIterator[None]:
    """Pages are made by a few threads: more of them would take the interpreter's lock from each other at every look into the index."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
    yield


async def _told(request: Request, error: Exception) -> Response:
    return problem(request, error)
