"""Page 1: who -> whom -> about what."""

from starlette.requests import Request
from starlette.responses import Response

from kg.web.render import rendered


async def flow_page(request: Request) -> Response:
    """Answer `/`."""
    return rendered(request, "flow.html", {})
