"""Cypher over a Neo4j server, read-only: transactions that the server itself refuses to write in, and ends at their time limit."""

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from kg.errors import QueryError, QueryTimeout
from kg.stores.base import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Cell, Table, View
from kg.stores.guard import refuse_outside_neo4j
from kg.stores.neo4j_access import MARK, Neo4jAccess, connect, message_of, store_errors

if TYPE_CHECKING:
    import neo4j

_FETCH: Final = 1_000
_TIMED_OUT: Final = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration", "Terminated")


class Neo4jView(View):
    """Read-only Cypher over one database of a server; safe to share between threads.

    Raises StoreError where the server can't be reached, refuses the password or is older than Neo4j 5.
    """

    def __init__(self, access: Neo4jAccess) -> None:
        self._access = access
        self._driver = connect(access)

    def query(
        self,
        text: str,
        params: Mapping[str, Cell] | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int = DEFAULT_LIMIT,
    ) -> Table:
        """Run one reading Cypher query; see `kg.stores.base.View.query`. The server looks at time limits every two seconds."""
        refuse_outside_neo4j(text)
        try:
            with store_errors(self._access):
                return self._read(text, dict(params or {}), timeout, limit)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise QueryError(str(error)) from error

    def _read(self, text: str, params: dict[str, Cell], timeout: float, limit: int) -> Table:
        from neo4j import READ_ACCESS, exceptions

        with self._driver.session(
            database=self._access.database,
            default_access_mode=READ_ACCESS,
            fetch_size=min(limit + 1, _FETCH),
        ) as session:
            try:
                with session.begin_transaction(timeout=timeout) as work:
                    return _table(work.run(text, params), limit)
            except (exceptions.ClientError, exceptions.TransientError, exceptions.DatabaseError) as error:
                if (error.code or "").rpartition(".")[2] in _TIMED_OUT:
                    raise QueryTimeout("the query was cut off at its time limit") from error
                raise QueryError(message_of(error)) from error

    def close(self) -> None:
        """Close the connections; a second call does nothing."""
        self._driver.close()


def _table(result: "neo4j.Result", limit: int) -> Table:
    columns = tuple(result.keys())
    rows = [tuple(map(_cell, record.values())) for record in islice(result, limit + 1)]
    return Table(columns, tuple(rows[:limit]), len(rows) > limit)


def _cell(value: Any) -> Cell:  # noqa: ANN401 (any value of the engine in, any JSON value out)
    from neo4j.graph import Node, Path, Relationship

    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Relationship):
        return {"type": value.type, "properties": _properties(value)}
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": _properties(value)}
    if isinstance(value, Path):
        return {"nodes": list(map(_cell, value.nodes)), "relationships": list(map(_cell, value.relationships))}
    if isinstance(value, Mapping):
        return {str(key): _cell(item) for key, item in value.items()}
    if isinstance(value, list | set):
        return [_cell(item) for item in value]
    return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _properties(entity: "neo4j.graph.Entity") -> dict[str, Cell]:
    return {key: _cell(item) for key, item in entity.items() if key != MARK}
