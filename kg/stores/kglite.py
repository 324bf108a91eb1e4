"""Cypher, embedded: one kglite file. Written whole, loaded frozen in a child process, so no query can change it or outlive its limit."""

import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg.graph.records import Graph
from kg.graph.statements import Edge, Node, graph_edges, graph_nodes
from kg.model.entities import ENTITY_CLASSES
from kg.stores.base import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Cell, Table, View
from kg.stores.guard import refuse_outside_cypher
from kg.stores.process import QueryProcess

_BATCH: Final = 20_000
_MARGIN: Final = 0.5
_ENGINE: Final = Path(__file__).with_name("kglite_worker.py")


class KgliteWriter:
    """Fills a new kglite file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def write(self, graph: Graph) -> None:
        """Write nodes, then relationships; the file appears whole or not at all."""
        import kglite

        kglite.set_query_warning_policy("silent")
        target = kglite.KnowledgeGraph()
        for label, nodes in _by_label(graph_nodes(graph)):
            for batch in _batches([node.properties for node in nodes]):
                target.cypher(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", params={"rows": batch})
        for (source, kind, other), edges in _by_kind(graph_edges(graph)):
            statement = f"UNWIND $rows AS row MATCH (a:{source} {{id: row.a}}), (b:{other} {{id: row.b}}) CREATE (a)-[:{kind}]->(b)"
            for batch in _batches([{"a": edge.source, "b": edge.target} for edge in edges]):
                target.cypher(statement, params={"rows": batch})
        with warnings.catch_warnings():
            # says which columns a memory-mapped load, which we don't use, would hold on the heap
            warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
            target.save(str(self.file))


class KgliteView(View):
    """Read-only Cypher over one kglite file. Safe to share between threads: queries run one after the other."""

    def __init__(self, file: Path) -> None:
        self._process = QueryProcess(_ENGINE, file, margin=_MARGIN)

    def query(
        self,
        text: str,
        params: Mapping[str, Cell] | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int = DEFAULT_LIMIT,
    ) -> Table:
        """Run one reading Cypher query; see `kg.stores.base.View.query`."""
        refuse_outside_cypher(text)
        return self._process.query(text, params or {}, timeout, limit)

    def close(self) -> None:
        """End the child process."""
        self._process.close()


def _by_label(nodes: Iterable[Node]) -> list[tuple[str, list[Node]]]:
    groups: dict[str, list[Node]] = {cls.__name__: [] for cls in ENTITY_CLASSES}
    for node in nodes:
        groups[node.label].append(node)
    return list(groups.items())


def _by_kind(edges: Iterable[Edge]) -> list[tuple[tuple[str, str, str], list[Edge]]]:
    groups: defaultdict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.source_label, edge.type, edge.target_label].append(edge)
    return sorted(groups.items())


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))
