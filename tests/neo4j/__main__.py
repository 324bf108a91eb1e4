"""`make neo4j`: runs a throw-away Neo4j until Ctrl-C. With `--for-parent`, one JSON line for a program and an end when its input closes.

`--large` gives it 2 GB of heap, 2 GB for pages and Java's usual collector and compilers, as benchmarks want them.
"""

import json
import signal
import sys
import threading

from tests.neo4j.artifacts import Unavailable
from tests.neo4j.server import Neo4jServer

_TOLD = """\
Neo4j Community at {uri} (data in {folder}, removed at the end)

  export NEO4J_URI={uri} NEO4J_USERNAME={user} NEO4J_PASSWORD={password}
  kg push "$NEO4J_URI" -g graph

Ctrl-C: dừng và xóa · stops it and removes its data."""


def main() -> int:
    """Start, tell, wait, stop."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: _interrupt())
    try:
        large = {"heap": "2g", "page_cache": "2g", "java": ""} if "--large" in sys.argv else {}
        with Neo4jServer(**large) as server:
            told = {"uri": server.uri, "user": server.user, "password": server.password, "folder": str(server.folder)}
            if "--for-parent" in sys.argv:
                print(json.dumps(told), flush=True)
                sys.stdin.read()
            else:
                print(_TOLD.format(**told), flush=True)
                ended.wait()
    except Unavailable as error:
        print(json.dumps({"unavailable": str(error)}) if "--for-parent" in sys.argv else f"neo4j: {error}", flush=True)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def _interrupt() -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
