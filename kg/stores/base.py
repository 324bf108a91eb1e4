"""What every engine offers: a `Writer` that fills it from a graph, and a read-only `View` that answers queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol, Self

from kg.graph.records import Graph

Engine = Literal["oxigraph", "kglite", "networkx", "neo4j"]
Cell = Any
"""A value of a result: None, str, int, float, bool, or a list or dict of these (whatever JSON can hold)."""

DEFAULT_TIMEOUT: Final = 30.0
"""Seconds after which a query is cut off."""

DEFAULT_LIMIT: Final = 10_000
"""Rows that a query returns at most; `Table.truncated` says that there were more."""


class Iri(str):
    """A parameter that is an IRI and not a string; only SPARQL tells them apart."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: named columns and rows of equal length, in the engine's order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    truncated: bool = False

    def dicts(self) -> list[dict[str, Cell]]:
        """Return each row as a dictionary.

        >>> Table(("a", "b"), ((1, None),)).dicts()
        [{'a': 1, 'b': None}]
        """
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Writer(Protocol):
    """Fills an engine from a graph."""

    def write(self, graph: Graph) -> None:
        """Write all of `graph` into a place that holds nothing yet."""


class View(Protocol):
    """Read-only access to one engine."""

    def query(
        self,
        text: str,
        params: Mapping[str, Cell] | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int = DEFAULT_LIMIT,
    ) -> Table:
        """Run one query with bound parameters.

        Raises QueryError for a query that is wrong or would write or reach outside the graph, QueryTimeout after `timeout` seconds (the
        query is then cancelled), StoreError where the engine's files are damaged.
        """

    def close(self) -> None:
        """Release files and processes; a second call does nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()
