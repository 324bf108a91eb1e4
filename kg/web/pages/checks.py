"""The report of the rules with links to what to fix; while rules run, the page says how far they are and asks again by itself."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.web.checks import Checks
from kg.web.render import index_of, rendered

_LOOKS: Final = 4
_PAUSE: Final = 0.1  # seconds
_AGAIN: Final = 2  # seconds until the page is asked for anew


async def checks_page(request: Request) -> Response:
    """Answer `/checks`: every rule of `schema/rules.ttl` over the graph, computed once for each state of it."""
    index = index_of(request)
    checks: Checks = request.app.state.checks
    report = checks.report(index)
    for _ in range(_LOOKS):
        if report.is_whole:
            break
        await asyncio.sleep(_PAUSE)
        report = checks.report(index)
    response = rendered(request, "checks.html", {"report": report})
    if not report.is_whole:
        response.headers["refresh"] = str(_AGAIN)
    return response
