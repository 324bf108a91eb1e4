"""SPARQL on disk: pyoxigraph. Queries run in a child process, because the engine can't cancel one: killing the process does.

One writer fills a new folder; views open it read-only. The default graph of a query is the union of all named graphs.
"""

import json
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError, QueryTimeout, StoreError
from kg.graph.records import Graph
from kg.graph.statements import Literal, Quad, graph_quads
from kg.stores.base import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Cell, Iri, Table
from kg.stores.guard import refuse_outside_sparql

if TYPE_CHECKING:
    import pyoxigraph

_GRACE: Final = 2.0
_CHUNK: Final = 1 << 20
# by its path: starting it through the package would import all of the model first
_WORKER: Final = str(Path(__file__).with_name("oxigraph_worker.py"))


class OxigraphWriter:
    """Fills a new store folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, graph: Graph) -> None:
        """Load the quads of `graph`. Raises StoreError where the folder can't be written."""
        import pyoxigraph

        try:
            store = pyoxigraph.Store(str(self.folder))
            store.bulk_extend(oxigraph_quads(graph_quads(graph)))
            store.flush()
        except OSError as error:
            raise StoreError(f"{self.folder}: {error}") from error


def oxigraph_quads(quads: Iterable[Quad]) -> "Iterator[pyoxigraph.Quad]":
    """Turn quads into pyoxigraph's."""
    from pyoxigraph import Literal as OxLiteral
    from pyoxigraph import NamedNode
    from pyoxigraph import Quad as OxQuad

    # few predicates, graphs and datatypes, each in very many quads
    shared = lru_cache(maxsize=1 << 12)(NamedNode)

    def literal(value: Literal) -> OxLiteral:
        if value.datatype:
            return OxLiteral(value.lexical, datatype=shared(value.datatype))
        return OxLiteral(value.lexical, language=value.lang)

    for quad in quads:
        target = shared(quad.object) if isinstance(quad.object, str) else literal(quad.object)
        yield OxQuad(shared(quad.subject), shared(quad.predicate), target, shared(quad.graph))


class OxigraphView:
    """Read-only SPARQL over one store folder. Safe to share between threads: queries run one after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None

    def query(
        self,
        text: str,
        params: Mapping[str, Cell] | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int = DEFAULT_LIMIT,
    ) -> Table:
        """Run one SELECT, ASK, CONSTRUCT or DESCRIBE; see `kg.stores.base.View.query`.

        A parameter NAME stands for the variable `?NAME`, which the query must also project (SEP-0007, as pyoxigraph does it).
        """
        refuse_outside_sparql(text)
        values = {name: {"iri": value} if isinstance(value, Iri) else value for name, value in (params or {}).items()}
        request = {"query": text, "params": values, "timeout": timeout + _GRACE, "limit": limit}
        with self._lock:
            answer = self._ask(json.dumps(request).encode() + b"\n", timeout)
        if "error" in answer:
            raise (StoreError if answer["error"] == "store" else QueryError)(answer["message"])
        return Table(tuple(answer["columns"]), tuple(map(tuple, answer["rows"])), answer["truncated"])

    def close(self) -> None:
        """End the child process."""
        if self._worker:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None

    def __enter__(self) -> "OxigraphView":
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def _ask(self, request: bytes, timeout: float) -> dict[str, Cell]:
        deadline = time.monotonic() + timeout
        worker = self._started()
        assert worker.stdin
        try:
            worker.stdin.write(request)
            worker.stdin.flush()
            line = _read_line(worker, deadline)
        except (BrokenPipeError, EOFError) as error:
            self.close()
            raise StoreError(f"{self._folder}: the query process ended ({worker.returncode})") from error
        except BaseException:
            self.close()
            raise
        answer = json.loads(line)
        assert isinstance(answer, dict)
        return answer

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._worker is None or self._worker.poll() is not None:
            self._worker = subprocess.Popen(
                [sys.executable, "-P", _WORKER, str(self._folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us; we then kill the child
            )
        return self._worker


def _read_line(worker: "subprocess.Popen[bytes]", deadline: float) -> bytes:
    assert worker.stdout
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(worker.stdout, selectors.EVENT_READ)
        while not parts or not parts[-1].endswith(b"\n"):
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise QueryTimeout("the query was cut off at its time limit")
            part = os.read(worker.stdout.fileno(), _CHUNK)
            if not part:
                raise EOFError
            parts.append(part)
    return b"".join(parts)
