"""What the forms of the review pages share: who may send them, how they are read, when it is."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.errors import UsageError
from kg.web.sessions import Sessions

LONGEST: Final = 2_000
"""Characters of a field that are read."""


def sessions_of(request: Request) -> Sessions:
    """Return the sessions of the site. Raises HTTPException (403) where nothing can be written."""
    sessions: Sessions | None = request.app.state.sessions
    if sessions is None:
        raise HTTPException(403, "chỉ đọc · read-only: start with kg serve --writable")
    return sessions


async def form_of(request: Request) -> Mapping[str, str]:
    """Return the fields of a form. Raises HTTPException (415) for what is no form, UsageError for a broken one."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        raise HTTPException(415, "application/x-www-form-urlencoded")
    try:
        return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=40))
    except ValueError as error:
        raise UsageError(f"biểu mẫu hỏng · a broken form: {error}") from error


def now() -> str:
    """Return the time as decisions keep it: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
