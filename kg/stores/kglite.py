"""Cypher, embedded: one kglite file. Written whole, loaded frozen, so no query can change it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg.errors import QueryError, QueryTimeout, StoreError
from kg.graph.records import Graph
from kg.graph.statements import Edge, Node, graph_edges, graph_nodes
from kg.model.entities import ENTITY_CLASSES
from kg.stores.base import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Cell, Table
from kg.stores.guard import refuse_outside_cypher

_BATCH: Final = 20_000


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
        target.save(str(self.file))


class KgliteView:
    """Read-only Cypher over one kglite file; safe to share between threads."""

    def __init__(self, file: Path) -> None:
        import kglite

        # warnings say that a label has no nodes, which an empty answer says too
        kglite.set_query_warning_policy("silent")
        try:
            self._graph = kglite.load(str(file)).freeze()
        except kglite.KgError as error:
            raise StoreError(f"{file}: {error}") from error

    def query(
        self,
        text: str,
        params: Mapping[str, Cell] | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int = DEFAULT_LIMIT,
    ) -> Table:
        """Run one reading Cypher query; see `kg.stores.base.View.query`."""
        import kglite

        refuse_outside_cypher(text)
        try:
            result = self._graph.cypher(
                text, params=dict(params or {}), timeout_ms=max(1, round(timeout * 1000)), row_limit=limit
            )
        except kglite.CypherTimeoutError as error:
            raise QueryTimeout("the query was cut off at its time limit") from error
        except (kglite.KgError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise QueryError(str(error)) from error
        return _table(result, limit)

    def close(self) -> None:
        """Do nothing: the file was read into memory."""

    def __enter__(self) -> "KgliteView":
        return self

    def __exit__(self, *args: object) -> None:
        self.close()


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


def _table(result: Any, limit: int) -> Table:  # noqa: ANN401 (kglite's result has no public type)
    if isinstance(result, str):
        raise QueryError("FORMAT CSV is refused: choose the form of the output with --csv")
    total = (result.diagnostics or {}).get("total_rows") or len(result)
    columns = tuple(result.columns)
    rows = tuple(tuple(_cell(row[name]) for name in columns) for row in result)
    return Table(columns, rows[:limit], total > limit)


def _cell(value: Any) -> Cell:  # noqa: ANN401 (any value of the engine in, any JSON value out)
    if isinstance(value, dict):
        return {str(key): _cell(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cell(item) for item in value]
    if value is None or isinstance(value, str | int | float):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
