"""Who may write: a token, compared in constant time, opens a session; every form of it carries a second secret (CSRF); guesses are slowed down."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

COOKIE: Final = "kg_review"
"""Name of the session's cookie."""

LASTS: Final = 12 * 3600
"""Seconds that a session lasts."""

_GUESSES: Final = 5
_WINDOW: Final = 60.0
_WRITES: Final = 120


@dataclass(frozen=True, slots=True)
class Session:
    """One reviewer's session: `key` in the cookie, `csrf` in each form, the name they gave, when it ends."""

    key: str
    csrf: str
    who: str
    ends: float


class Sessions:
    """The sessions of one site, in memory. Safe to share between threads."""

    def __init__(self, token: str, now: Callable[[], float] = time.monotonic) -> None:
        self._token = token.encode()
        self._now = now
        self._lock = threading.Lock()
        self._open: dict[str, Session] = {}
        self._failed: list[float] = []
        self._written: list[float] = []

    def begin(self, token: str, who: str) -> Session | None:
        """Return a new session, None for a wrong token. Raises HTTPException (429) after five wrong ones within a minute."""
        with self._lock:
            self._failed = [at for at in self._failed if at > self._now() - _WINDOW]
            if len(self._failed) >= _GUESSES:
                raise HTTPException(
                    429, "quá nhiều lần sai · too many wrong tokens; wait a minute", {"retry-after": "60"}
                )
            if not secrets.compare_digest(token.encode(), self._token):
                self._failed.append(self._now())
                return None
            self._open = {key: one for key, one in self._open.items() if one.ends > self._now()}
            session = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(32), who, self._now() + LASTS)
            self._open[session.key] = session
            return session

    def of(self, request: Request) -> Session | None:
        """Return the session of a request, None where it has none."""
        session = self._open.get(request.cookies.get(COOKIE, ""))
        return session if session and session.ends > self._now() else None

    def allow(self, request: Request, csrf: str) -> Session:
        """Return the session in which a request may write.

        Raises HTTPException: 401 without a session, 403 where the form's secret is missing or the form stood on another site, 429 after
        two writes a second for a minute.
        """
        session = self.of(request)
        if session is None:
            raise HTTPException(401, "cần mã · log in with the token first")
        if not secrets.compare_digest(csrf.encode(), session.csrf.encode()) or not same_origin(request):
            raise HTTPException(403, "biểu mẫu không phải của trang này · the form is not from this page; reload it")
        with self._lock:
            self._written = [at for at in self._written if at > self._now() - _WINDOW]
            if len(self._written) >= _WRITES:
                raise HTTPException(429, "quá nhanh · too many writes; wait a minute", {"retry-after": "60"})
            self._written.append(self._now())
        return session

    def end(self, session: Session) -> None:
        """Forget a session."""
        self._open.pop(session.key, None)


def same_origin(request: Request) -> bool:
    """Say whether the request comes from a page of this server (RFC 6454 Origin, Fetch Metadata), as far as the browser tells."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        return False
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
