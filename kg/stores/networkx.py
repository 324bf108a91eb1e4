"""The property graph in memory: a networkx MultiDiGraph, for analysis and for paths that SPARQL can't return."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from heapq import nsmallest
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kg.errors import QueryError, QueryTimeout, StoreError
from kg.graph.records import Graph
from kg.graph.statements import graph_edges, graph_nodes
from kg.stores.base import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Cell, Table, View

if TYPE_CHECKING:
    import networkx

_STRIDE: Final = 1024
_Row = TypeVar("_Row")


class NetworkxWriter:
    """Writes nodes and edges as JSON lines, from which a view builds its graph."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def write(self, graph: Graph) -> None:
        """Write one line a node (label, properties), then one an edge (source, type, target)."""
        with self.file.open("w", encoding="utf-8", newline="\n") as out:
            for node in graph_nodes(graph):
                out.write(json.dumps([node.label, node.properties], ensure_ascii=False) + "\n")
            for edge in graph_edges(graph):
                out.write(json.dumps([edge.source, edge.type, edge.target], ensure_ascii=False) + "\n")


class NetworkxView(View):
    """The graph in memory as `graph`, and three named operations as queries.

    `neighbours` (id), `degree` (no parameter) and `shortest_path` (source, target; edges in either direction).
    """

    def __init__(self, file: Path) -> None:
        self.graph = _read(file)

    def query(
        self,
        text: str,
        params: Mapping[str, Cell] | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int = DEFAULT_LIMIT,
    ) -> Table:
        """Run a named operation; see `kg.stores.base.View.query`."""
        deadline = time.monotonic() + timeout
        operations: dict[str, Callable[..., Table]] = {
            "neighbours": partial(self._neighbours, limit + 1),
            "degree": self._degree,
            "shortest_path": self._shortest_path,
        }
        if text not in operations:
            raise QueryError(f"networkx knows {', '.join(operations)}, not {text[:40]!r}")
        try:
            table = operations[text](deadline, **(params or {}))
        except TypeError as error:
            raise QueryError(str(error)) from error
        return Table(table.columns, table.rows[:limit], len(table.rows) > limit)

    def close(self) -> None:
        """Do nothing: the graph is in memory."""

    def _neighbours(self, most: int, deadline: float, id: str) -> Table:
        """The first `most` rows or a few more: only so many neighbours are looked at, of the tens of thousands that a hub has."""
        columns = ("id", "type", "direction")
        if id not in self.graph:
            return Table(columns, ())
        after, before = self.graph.succ[id], self.graph.pred[id]
        first = nsmallest(most, set(after).union(before))
        _check(deadline)
        out = ((other, data["type"], "out") for other in first if other in after for data in after[other].values())
        into = ((other, data["type"], "in") for other in first if other in before for data in before[other].values())
        return Table(columns, tuple(sorted(_until(deadline, chain(out, into)))))

    def _degree(self, deadline: float) -> Table:
        rows = _until(deadline, ((node, degree) for node, degree in self.graph.degree()))
        return Table(("id", "degree"), tuple(sorted(rows, key=lambda row: (-row[1], row[0]))))

    def _shortest_path(self, deadline: float, source: str, target: str) -> Table:
        import networkx

        columns = ("step", "id", "label")

        def within(node: str) -> bool:
            _check(deadline)
            return True

        # the only place where networkx calls back during a search
        timed = networkx.subgraph_view(self.graph.to_undirected(as_view=True), filter_node=within)
        try:
            path = networkx.shortest_path(timed, source, target)
        except (networkx.NetworkXNoPath, networkx.NodeNotFound):
            return Table(columns, ())
        return Table(columns, tuple((step, node, self.graph.nodes[node]["label"]) for step, node in enumerate(path)))


def _until(deadline: float, items: Iterable[_Row]) -> Iterator[_Row]:
    for number, item in enumerate(items):
        if number % _STRIDE == 0:
            _check(deadline)
        yield item


def _check(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise QueryTimeout("the query was cut off at its time limit")


def _read(file: Path) -> "networkx.MultiDiGraph[str]":
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    try:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                _add(graph, json.loads(line))
    except (OSError, ValueError) as error:
        raise StoreError(f"{file}: {error}") from error
    return graph


def _add(graph: "networkx.MultiDiGraph[str]", record: list[Any]) -> None:
    match record:
        case [str(label), dict(properties)]:
            graph.add_node(properties["id"], label=label, **properties)
        case [str(source), str(kind), str(target)]:
            graph.add_edge(source, target, type=kind)
        case _:
            raise ValueError("neither a node nor an edge")
