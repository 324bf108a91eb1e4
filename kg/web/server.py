"""Runs the application: a socket of ours, so that a port in use is told, and connections that never say anything are closed."""

import asyncio
import gc
import resource
import socket
from collections.abc import Callable
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp, Message
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import UsageError
from kg.web.app import create_app
from kg.web.render import compile_templates
from kg.web.site import Site

_KEEP_ALIVE: Final = 5
_FILES: Final = 8192
_PATIENCE: Final = 8
_GARBAGE: Final = (20_000, 20, 20)


class ImpatientProtocol(H11Protocol):
    """HTTP/1.1 that closes a connection on which no request has arrived whole within `arrival` seconds, or one is answered for too long."""

    arrival = 15.0
    _before: object = None
    _waits = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.loop.call_later(self.arrival, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        busy = self.cycle is not None and not self.cycle.response_complete
        is_same = self.cycle is self._before
        self._waits = self._waits + 1 if is_same else 0
        if is_same and (not busy or self._waits >= _PATIENCE):
            self.transport.abort()
            return
        self._before = self.cycle
        self.loop.call_later(self.arrival, self._look)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; port 0 is any that is free. Raises UsageError where it can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise UsageError(
            f"{host}:{port}: {error.strerror or error}; cổng khác · another port: --port 0 takes any that is free"
        ) from error


def serve(site: Site, listening: socket.socket, ready: Callable[[], None] = lambda: None) -> None:
    """Serve `site` until interrupted; `ready` is called once pages are answered without delay."""
    _raise_file_limit()
    app = create_app(site)
    asyncio.run(_warm(app))
    _collect_rarely()
    ready()

    class Protocol(ImpatientProtocol):
        arrival = site.limits.arrival

    settings: dict[str, Any] = {
        "http": Protocol,
        "ws": "none",
        "lifespan": "on",
        "access_log": False,
        "log_level": "warning",
        "server_header": False,
        "timeout_keep_alive": _KEEP_ALIVE,
        "timeout_graceful_shutdown": 3,
        "h11_max_incomplete_event_size": 1 << 16,
        "proxy_headers": False,
    }
    uvicorn.Server(uvicorn.Config(app, **settings)).run(sockets=[listening])


async def _warm(app: ASGIApp) -> None:
    """Ask for some pages, so that the first reader does not wait for templates, words and modules."""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        del message

    compile_templates()
    for path, query in (("/", b"lang=en"), ("/", b"lang=vi&about=a&who=b"), ("/search", b"q=a")):
        headers = [(b"host", b"127.0.0.1"), (b"accept", b"text/html")]
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
        }
        about = {
            "query_string": query,
            "root_path": "",
            "headers": headers,
            "client": None,
            "server": ("127.0.0.1", 80),
        }
        await app({**scope, **about}, receive, send)


def _collect_rarely() -> None:
    """What is loaded stays: looking through it for garbage at every few requests would make some wait for a tenth of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE)


def _raise_file_limit() -> None:
    """A thousand connections are a thousand open files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
