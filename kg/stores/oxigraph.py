"""SPARQL on disk: pyoxigraph. One writer fills a new folder; views open it read-only, in a child process.

The default graph of a query is the union of all named graphs, unless the query names its dataset (FROM).
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from queue import Queue
from typing import IO, TYPE_CHECKING, Final

from kg.errors import StoreError
from kg.graph.nquads import nquads_parts
from kg.graph.records import Graph
from kg.graph.statements import Literal, Quad
from kg.stores.base import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Cell, Table, View
from kg.stores.guard import has_dataset, refuse_outside_sparql
from kg.stores.process import QueryProcess

if TYPE_CHECKING:
    import pyoxigraph

_PART: Final = 1 << 22
"""Bytes of N-Quads that are handed on at a time."""

_LARGE: Final = 16
"""Parts from which a process of its own loads them."""

_AHEAD: Final = 64
"""Parts that wait for that process while it is busy, so that those who make them need not."""

_ENGINE: Final = Path(__file__).with_name("oxigraph_worker.py")
_LOADER: Final = Path(__file__).with_name("oxigraph_load.py")


class OxigraphWriter:
    """Fills a new store folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, graph: Graph) -> None:
        """Load the quads of `graph`. Raises StoreError where the folder can't be written."""
        parts = nquads_parts(graph.entities, _PART)
        first = list(islice(parts, _LARGE))
        try:
            if len(first) < _LARGE:
                self._load(b"".join(first))
            else:
                self._stream(chain(first, parts))
        except OSError as error:
            raise StoreError(f"{self.folder}: {error}") from error

    def _load(self, text: bytes) -> None:
        import pyoxigraph

        store = pyoxigraph.Store(str(self.folder))
        store.bulk_load(text, pyoxigraph.RdfFormat.N_QUADS)
        store.flush()
        store.optimize()

    def _stream(self, parts: Iterable[bytes]) -> None:
        """Let a process of its own load what others make meanwhile: its memory and its cores are then its own."""
        command = [sys.executable, "-P", str(_LOADER), str(self.folder), str(os.getpid())]
        # hash tables of hundreds of megabytes: in large pages (glibc, where Linux gives them when asked) they cost 3 % less
        pages = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env={**pages, **os.environ}
        ) as child:
            assert child.stdin
            assert child.stderr
            try:
                _feed(child, child.stdin, parts)
                told = child.stderr.read().decode(errors="replace").strip()
            except BaseException:
                child.kill()
                raise
        if child.returncode:
            raise StoreError(f"{self.folder}: {told or f'the loader ended with {child.returncode} (out of memory?)'}")


def _feed(child: "subprocess.Popen[bytes]", out: IO[bytes], parts: Iterable[bytes]) -> None:
    """Write parts to a process in a thread while others are made, `_AHEAD` of them waiting at most; end early where it has ended."""
    waiting: Queue[bytes | None] = Queue(_AHEAD)
    broken = threading.Event()

    def write() -> None:
        while (part := waiting.get()) is not None:
            try:
                if not broken.is_set():
                    out.write(part)
            except OSError:
                broken.set()
        with suppress(OSError):
            out.close()

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    try:
        for part in parts:
            if broken.is_set():
                break
            waiting.put(part)
    except BaseException:
        child.kill()
        raise
    finally:
        waiting.put(None)
        writer.join()


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


class OxigraphView(View):
    """Read-only SPARQL over one store folder. Safe to share between threads: queries run one after the other.

    `damage` is asked where a query was cut off or broke down; see `kg.stores.process`.
    """

    def __init__(self, folder: Path, damage: Callable[[], str | None] = lambda: None) -> None:
        self._process = QueryProcess(_ENGINE, folder, damage=damage)

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
        return self._process.query(text, params or {}, timeout, limit, union=not has_dataset(text))

    def close(self) -> None:
        """End the child process."""
        self._process.close()
