"""Pages of one entity: official, body, document, meeting, place, topic, article."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response


async def entity_page(request: Request) -> Response:
    """Answer `/doc/ID` in HTML; a route for machines that has the same path calls it where HTML is asked for. 404 for an unknown id."""
    raise HTTPException(404, f"no such id: {request.path_params['id']}")
