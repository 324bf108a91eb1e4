"""A real server on loopback for tests that a client in the same process can't make: connections that close, ranges, slow queries."""

import threading
import time
from contextlib import contextmanager

import uvicorn

from kg.web.app import create_app
from kg.web.server import listen


@contextmanager
def served(site):
    """Serve `site` in a thread; yield its port."""
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create_app(site), lifespan="off", log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
