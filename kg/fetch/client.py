"""One request to a checked address, with limits of size and time; no redirect is followed here."""

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import SplitResult

from kg.errors import InputError
from kg.fetch.addresses import checked_address, port_of, split_url

if TYPE_CHECKING:
    import urllib3

_PIECE = 1 << 16
_RETRIED = frozenset({429, 500, 502, 503, 504})
_WAIT_MAX = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost: bytes as sent and as unpacked, seconds in all, tries."""

    max_bytes: int = 32 * 2**20
    seconds: float = 30.0
    tries: int = 3


@dataclass(frozen=True, slots=True)
class Response:
    """An answer as it came: status, reason, headers in order, body as sent (packed where the headers say so), address asked."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    address: str
    request: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """Return the first header of that name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(slots=True)
class Client:
    """Asks servers; `sleep` and `clock` are time's own unless a test brings others."""

    agent: str
    limits: Limits = field(default_factory=Limits)
    allow_private: bool = False
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        """Return the answer to a GET, tried again where the server is busy or the connection breaks. Raises InputError where none comes."""
        parts = split_url(url)
        for attempt in range(1, self.limits.tries + 1):
            try:
                found = self._once(parts, dict(headers or {}))
            except _Broken as error:
                if attempt == self.limits.tries:
                    raise InputError(url, None, f"no answer after {attempt} tries: {error}") from None
                self.sleep(2.0 ** (attempt - 1))
                continue
            if found.status not in _RETRIED or attempt == self.limits.tries:
                return found
            self.sleep(_wait(found.header("retry-after"), attempt))
        raise AssertionError("at least one try")

    def _once(self, parts: SplitResult, headers: dict[str, str]) -> Response:
        import urllib3

        address = checked_address(parts, allow_private=self.allow_private)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        default = port_of(parts) == (443 if parts.scheme == "https" else 80)
        host = parts.hostname or ""
        shown = f"[{host}]" if ":" in host else host
        sent = {
            "Host": shown if default else f"{shown}:{port_of(parts)}",
            "User-Agent": self.agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            **headers,
        }
        end = self.clock() + self.limits.seconds
        timeout = urllib3.Timeout(connect=min(10.0, self.limits.seconds), read=self.limits.seconds)
        with self._pool(parts, address) as pool:
            try:
                answer = pool.urlopen(
                    "GET", path, headers=sent, redirect=False, retries=False, timeout=timeout, preload_content=False
                )
                body = self._body(answer, parts, end)
            except (urllib3.exceptions.HTTPError, OSError) as error:
                if reason := _untrusted(error, host):
                    raise InputError(parts.geturl(), None, reason) from None
                raise _Broken(_told(error)) from None
            answer.release_conn()
        pairs = tuple((str(key), str(value)) for key, value in answer.headers.items())
        return Response(parts.geturl(), answer.status, answer.reason or "", pairs, body, address, tuple(sent.items()))

    def _pool(self, parts: SplitResult, address: str) -> "urllib3.HTTPConnectionPool":
        import urllib3

        # the connection goes to the address that was checked; name and certificate are still those of the host
        if parts.scheme == "https":
            host = parts.hostname
            context = ssl.create_default_context()
            return urllib3.HTTPSConnectionPool(
                address, port_of(parts), server_hostname=host, assert_hostname=host, ssl_context=context
            )
        return urllib3.HTTPConnectionPool(address, port_of(parts))

    def _body(self, answer: "urllib3.BaseHTTPResponse", parts: SplitResult, end: float) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for piece in answer.stream(_PIECE, decode_content=False):
            size += len(piece)
            if size > self.limits.max_bytes:
                answer.close()
                raise InputError(parts.geturl(), None, f"larger than {self.limits.max_bytes} bytes; see --max-bytes")
            if self.clock() > end:
                answer.close()
                raise InputError(parts.geturl(), None, f"took longer than {self.limits.seconds:g} s; see --timeout")
            pieces.append(piece)
        return b"".join(pieces)


def _untrusted(error: Exception, host: str) -> str | None:
    """Why TLS failed for good: asking again changes no certificate. None for what may pass."""
    from urllib3.util.ssl_match_hostname import CertificateError

    found = next((one for one in (*error.args, error) if isinstance(one, ssl.SSLError | CertificateError)), None)
    if isinstance(found, ssl.SSLCertVerificationError | CertificateError):
        why = found.verify_message.rstrip(".") if isinstance(found, ssl.SSLCertVerificationError) else str(found)
        return (
            f"the certificate of {host} is not trusted: {why}. Nothing was fetched; where the authority is your own, name its file "
            "in SSL_CERT_FILE"
        )
    if found is not None and not isinstance(found, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return f"no TLS with {host}: {(found.reason or 'failed').lower().replace('_', ' ')}; is it http, or TLS older than 1.2?"
    return None


class _Broken(Exception):
    """A connection that broke; tried again."""


def _told(error: Exception) -> str:
    return str(error).rpartition(">: ")[2] or type(error).__name__


def _wait(retry_after: str | None, attempt: int) -> float:
    seconds = float(retry_after) if retry_after and retry_after.isdigit() else 2.0**attempt
    return min(seconds, _WAIT_MAX)
