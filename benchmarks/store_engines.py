"""The engines as `bench_stores.py` sees them: each is loaded, opened, asked, and changed by 10 thousand upserts."""

import resource
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.store_questions import PREFIXES, Asked, for_sparql
from kg.ask.params import bind
from kg.ask.registry import Language, question
from kg.ask.run import with_row_limit, without_empty_filters
from kg.errors import QueryError, QueryTimeout
from kg.graph.records import Graph
from kg.graph.statements import Node, Quad, graph_quads, node, quads
from kg.model.base import Entity

LIMIT = 100


class Bench(ABC):
    """One engine over one folder. `reason` says why it can't be measured here."""

    language: Language = "cypher"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stack = ExitStack()
        self.view: Any = None
        self.began = 0.0

    def start_clock(self) -> None:
        """What came before (a server's start, opening a file to write) is not measured."""
        self.began = time.monotonic()

    @abstractmethod
    def load(self, graph: Graph) -> None: ...

    @abstractmethod
    def open(self) -> None: ...

    @abstractmethod
    def upsert(self, entities: list[Entity]) -> None: ...

    def can(self, asked: Asked) -> bool:
        """Say whether the engine can answer it."""
        return bool(asked.named or getattr(asked, self.language))

    def ask(self, asked: Asked, params: Mapping[str, str], timeout: float) -> int:
        """Return the number of rows, at most LIMIT."""
        text, bound = prepared(asked, params, self.language)
        return len(self.view.query(text, bound, timeout=timeout, limit=LIMIT).rows)

    def bytes_on_disk(self) -> int:
        """Size of all files."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def memory(self) -> int:
        """Peak resident bytes of the process that answers."""
        return peak(self.view._process.pid)

    def close(self) -> None:
        """Close what is open."""
        self.stack.close()


def prepared(asked: Asked, params: Mapping[str, str], language: Language) -> tuple[str, dict[str, Any]]:
    """The text and what is bound, as `kg.ask.run` and `kg query` make them."""
    if asked.named:
        named = question(asked.named)
        bound = bind(named, params, language)
        text = without_empty_filters(named.texts[language], bound)
        if language == "sparql":
            return with_row_limit(text, LIMIT), {f"p_{k}": v for k, v in bound.items()}
        return text, bound
    if language == "sparql":
        return PREFIXES + asked.sparql, for_sparql(params)
    return asked.cypher, dict(params)


def peak(pid: int | None) -> int:
    """VmHWM of a process, of this one for None."""
    if pid is None:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def _batches(rows: list[Any], size: int = 2_000) -> Iterator[list[Any]]:
    return (rows[at : at + size] for at in range(0, len(rows), size))


class Kglite(Bench):
    def load(self, graph: Graph) -> None:
        from kg.stores.kglite import KgliteWriter

        KgliteWriter(self.folder / "graph.kgl").write(graph)

    def open(self) -> None:
        from kg.stores.kglite import KgliteView

        self.view = self.stack.enter_context(KgliteView(self.folder / "graph.kgl"))
        self.view.query("RETURN 1 AS n")

    def upsert(self, entities: list[Entity]) -> None:
        import kglite

        graph = kglite.load(str(self.folder / "graph.kgl"))
        self.start_clock()
        for batch in _batches([node(one).properties for one in entities]):
            graph.cypher("UNWIND $rows AS row MERGE (n:Directive {id: row.id}) SET n = row", params={"rows": batch})


class Oxigraph(Bench):
    language = "sparql"

    def load(self, graph: Graph) -> None:
        from kg.stores.oxigraph import OxigraphWriter

        OxigraphWriter(self.folder / "store").write(graph)

    def open(self) -> None:
        from kg.stores.oxigraph import OxigraphView

        self.view = self.stack.enter_context(OxigraphView(self.folder / "store"))
        self.view.query("ASK {}")

    def upsert(self, entities: list[Entity]) -> None:
        import pyoxigraph

        from kg.stores.oxigraph import oxigraph_quads

        store = pyoxigraph.Store(str(self.folder / "store"))
        self.start_clock()
        for batch in _batches(entities):
            made = list(oxigraph_quads(quad for one in batch for quad in quads(one)))
            for subject in {quad.subject for quad in made}:
                for old in list(store.quads_for_pattern(subject, None, None)):
                    store.remove(old)
            store.extend(made)


class Networkx(Bench):
    def load(self, graph: Graph) -> None:
        from kg.stores.networkx import NetworkxWriter

        NetworkxWriter(self.folder / "property.jsonl").write(graph)

    def open(self) -> None:
        from kg.stores.networkx import NetworkxView

        self.view = NetworkxView(self.folder / "property.jsonl")

    def can(self, asked: Asked) -> bool:
        return bool(asked.operation)

    def ask(self, asked: Asked, params: Mapping[str, str], timeout: float) -> int:
        return len(self.view.query(asked.operation, params, timeout=timeout, limit=LIMIT).rows)

    def upsert(self, entities: list[Entity]) -> None:
        for one in entities:
            made: Node = node(one)
            self.view.graph.add_node(made.id, label=made.label, **made.properties)

    def memory(self) -> int:
        return peak(None)


class Neo4j(Bench):
    _lines = 0

    def load(self, graph: Graph) -> None:
        from kg.stores.neo4j_push import push
        from tests.neo4j.fixture import started

        self.server = self.stack.enter_context(started("--large"))
        self.start_clock()
        push(self.server.access, graph, on_step=self._told)

    def _told(self, done: int, total: int) -> None:
        """A line on stderr for every half million changes: this takes minutes."""
        if done // 500_000 > self._lines:
            self._lines = done // 500_000
            print(f"{time.monotonic() - self.began:8.0f} s: {done:,} of {total:,}", file=sys.stderr, flush=True)

    def open(self) -> None:
        from kg.stores.neo4j import Neo4jView

        self.view = self.stack.enter_context(Neo4jView(self.server.access))
        self.view.query("RETURN 1 AS n")

    def upsert(self, entities: list[Entity]) -> None:
        with self.server.driver() as driver:
            for batch in _batches([node(one).properties for one in entities]):
                driver.execute_query("UNWIND $rows AS row MERGE (n:Directive {id: row.id}) SET n += row", rows=batch)

    def bytes_on_disk(self) -> int:
        return sum(path.stat().st_size for path in (self.server.folder / "data").rglob("*") if path.is_file())

    def memory(self) -> int:
        found = subprocess.run(
            ["pgrep", "-f", f"home-dir={self.server.folder}"], capture_output=True, text=True, check=True
        )
        return max(peak(int(pid)) for pid in found.stdout.split())


class Rdflib(Bench):
    language = "sparql"

    def load(self, graph: Graph) -> None:
        import rdflib

        self.data = rdflib.Dataset(default_union=True)
        for quad in graph_quads(graph):
            self.data.add(_rdflib_quad(quad))

    def open(self) -> None: ...

    def ask(self, asked: Asked, params: Mapping[str, str], timeout: float) -> int:
        import rdflib
        from rdflib.plugins.sparql import prepareQuery

        from kg.stores.base import Iri

        text, bound = prepared(asked, params, "sparql")
        terms = {k: rdflib.URIRef(v) if isinstance(v, Iri) else rdflib.Literal(v) for k, v in bound.items()}
        try:
            with _cut_off(timeout):
                return sum(1 for _ in islice(self.data.query(prepareQuery(text), initBindings=terms), LIMIT))
        except QueryTimeout:
            raise
        # rdflib's engine raises what its parts raise
        except Exception as error:
            raise QueryError(f"{type(error).__name__}: {error}") from error

    def upsert(self, entities: list[Entity]) -> None:
        for one in entities:
            made = [_rdflib_quad(quad) for quad in quads(one)]
            for subject in {quad[0] for quad in made}:
                self.data.remove((subject, None, None, None))
            for quad in made:
                self.data.add(quad)

    def memory(self) -> int:
        return peak(None)


def _rdflib_quad(quad: Quad) -> tuple[Any, ...]:
    import rdflib

    value = quad.object
    term = (
        rdflib.URIRef(value)
        if isinstance(value, str)
        else rdflib.Literal(value.lexical, lang=value.lang, datatype=value.datatype and rdflib.URIRef(value.datatype))
    )
    return rdflib.URIRef(quad.subject), rdflib.URIRef(quad.predicate), term, rdflib.URIRef(quad.graph)


@contextmanager
def _cut_off(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise QueryTimeout

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


ENGINES: Mapping[str, type[Bench]] = {
    "oxigraph": Oxigraph,
    "kglite": Kglite,
    "networkx": Networkx,
    "neo4j": Neo4j,
    "rdflib": Rdflib,
}
