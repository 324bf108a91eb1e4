"""The property graph in memory: a networkx MultiDiGraph, for analysis and for paths that SPARQL can't return."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError, StoreError
from kg.graph.records import Graph
from kg.graph.statements import graph_edges, graph_nodes
from kg.stores.base import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Cell, Table

if TYPE_CHECKING:
    import networkx


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


class NetworkxView:
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
        """Run a named operation. `timeout` is not needed: each visits an edge at most once."""
        operations: dict[str, Callable[..., Table]] = {
            "neighbours": self._neighbours,
            "degree": self._degree,
            "shortest_path": self._shortest_path,
        }
        if text not in operations:
            raise QueryError(f"networkx knows {', '.join(operations)}, not {text[:40]!r}")
        try:
            table = operations[text](**(params or {}))
        except TypeError as error:
            raise QueryError(str(error)) from error
        return Table(table.columns, table.rows[:limit], len(table.rows) > limit)

    def close(self) -> None:
        """Do nothing: the graph is in memory."""

    def __enter__(self) -> "NetworkxView":
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def _neighbours(self, id: str) -> Table:
        if id not in self.graph:
            return Table(("id", "type", "direction"), ())
        out = [(other, data["type"], "out") for _, other, data in self.graph.out_edges(id, data=True)]
        into = [(other, data["type"], "in") for other, _, data in self.graph.in_edges(id, data=True)]
        return Table(("id", "type", "direction"), tuple(sorted(out + into)))

    def _degree(self) -> Table:
        rows = ((node, degree) for node, degree in self.graph.degree())
        return Table(("id", "degree"), tuple(sorted(rows, key=lambda row: (-row[1], row[0]))))

    def _shortest_path(self, source: str, target: str) -> Table:
        import networkx

        columns = ("step", "id", "label")
        try:
            path = networkx.shortest_path(self.graph.to_undirected(as_view=True), source, target)
        except (networkx.NetworkXNoPath, networkx.NodeNotFound):
            return Table(columns, ())
        return Table(columns, tuple((step, node, self.graph.nodes[node]["label"]) for step, node in enumerate(path)))


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
