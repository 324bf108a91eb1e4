"""What went wrong, as a page for people and as JSON for machines."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import ChidaoError
from kg.web.render import rendered


def problem(request: Request, error: Exception) -> Response:
    """Return `error` with the HTTP status of its class; JSON (RFC 9457) where the request prefers that, else a page."""
    status, told = _status(error)
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"status": status, "title": told}, status, media_type="application/problem+json")
    return rendered(request, "problem.html", {"status": status, "told": told}, status=status)


def _status(error: Exception) -> tuple[int, str]:
    if isinstance(error, ChidaoError):
        return error.http_status, str(error)
    if isinstance(error, HTTPException):
        return error.status_code, error.detail
    return 500, "internal error"
