"""What stands before every route: which hosts are answered, how large and slow a request may be, which headers each answer has.

Sources: OWASP Secure Headers Project; Content Security Policy Level 3; DNS rebinding is why the Host header is compared.
"""

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = "content-security-policy"
"""Name of the header that says what a page may load."""

HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        POLICY: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
)
"""Headers of every answer that does not set them itself."""


class SafeHeaders:
    """Adds `HEADERS` where a route has not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class HostCheck:
    """Answers only requests to one of `hosts` (any port), so that no foreign name can be made to lead here (DNS rebinding)."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _host(Headers(scope=scope).getlist("host")) not in self.hosts:
            refused = PlainTextResponse("misdirected request: unknown host; see kg serve --allow-host\n", 421)
            await refused(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _host(values: list[str]) -> str | None:
    """The host of a Host header without its port, None where there is not exactly one."""
    if len(values) != 1:
        return None
    host = values[0].strip().lower()
    head, colon, port = host.rpartition(":")
    return head if colon and (port.isdecimal() or not port) and not host.endswith("]") else host


class BodyLimit:
    """Refuses bodies of more than `most` bytes (413) and those that have not arrived within `seconds` (408)."""

    def __init__(self, app: ASGIApp, most: int, seconds: float) -> None:
        self.app = app
        self.most = most
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        body = bytearray()
        try:
            async with asyncio.timeout(self.seconds):
                more = True
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > self.most:
                        await PlainTextResponse(f"more than {self.most} bytes\n", 413)(scope, receive, send)
                        return
        except TimeoutError:
            await PlainTextResponse("the request did not arrive in time\n", 408)(scope, receive, send)
            return
        waiting: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": False}]

        async def kept() -> Message:
            return waiting.pop() if waiting else await receive()

        await self.app(scope, kept, send)
