"""Reads the file of the pages: one read-only connection a thread."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from kg.errors import StoreError
from kg.web.index.columns import Columns, Ranks, read_columns, read_ranks

_SOME: Final = 500
_NODE: Final = "n, id, label, name, hint, shared"


@dataclass(frozen=True, slots=True)
class Node:
    """A node as a page names it; `title` tells those of one name apart."""

    n: int
    id: str
    label: str
    name: str
    hint: str
    shared: bool

    @property
    def title(self) -> str:
        """Return the name, with what tells it apart where others bear it."""
        return f"{self.name} ({self.hint})" if self.shared and self.hint else self.name


class Fact(NamedTuple):
    """A node with all its properties."""

    node: Node
    data: dict[str, Any]


class Index:
    """The file of one state of the graph. Safe to share between threads.

    What several modules ask of it goes through `rows`; statements are constants of ours, values are bound.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._threads = threading.local()
        self.cached = lru_cache(maxsize=512)(self._computed)

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection. Raises StoreError where the file can't be opened."""
        db: sqlite3.Connection | None = getattr(self._threads, "db", None)
        if db is None:
            try:
                db = sqlite3.connect(f"{self.file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
                db.executescript(
                    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=1073741824; PRAGMA cache_size=-8192; PRAGMA trusted_schema=OFF;"
                )
            except sqlite3.Error as error:
                raise StoreError(f"{self.file}: {error}") from error
            self._threads.db = db
        return db

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """Return the rows of a statement. Raises StoreError where the file is damaged."""
        try:
            return self.connection().execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"{self.file}: {error}; delete it and start again") from error

    @cached_property
    def columns(self) -> Columns:
        """Return the directives as columns of numbers."""
        return read_columns(self)

    @cached_property
    def ranks(self) -> Ranks:
        """Return what ranks what is found."""
        return read_ranks(self)

    def stamp(self) -> str:
        """Return the stamp of the graph that the index was made from."""
        return str(self.rows("SELECT value FROM meta WHERE key = 'stamp'")[0][0])

    def node(self, ident: str) -> Fact | None:
        """Return the node with that id, or the one that it leads to; None where there is none."""
        found = self.rows(f"SELECT {_NODE}, data FROM node WHERE id = ?", (ident,))
        if found and found[0][2] == "Redirect":
            now = "SELECT b FROM edge WHERE a = ? AND type = 'REDIRECTS_TO'"
            found = self.rows(f"SELECT {_NODE}, data FROM node WHERE n = ({now})", (found[0][0],))
        return _fact(found[0]) if found else None

    def nodes(self, numbers: Iterable[int]) -> dict[int, Node]:
        """Return the nodes with these numbers."""
        return {n: fact.node for n, fact in self.facts(numbers, with_data=False).items()}

    def facts(self, numbers: Iterable[int], *, with_data: bool = True) -> dict[int, Fact]:
        """Return the nodes with these numbers and their properties."""
        found: dict[int, Fact] = {}
        data = "data" if with_data else "'{}'"
        for some in _batches(sorted(set(numbers))):
            marks = ",".join("?" * len(some))
            for row in self.rows(f"SELECT {_NODE}, {data} FROM node WHERE n IN ({marks})", some):
                found[row[0]] = _fact(row)
        return found

    def out(self, n: int, *types: str) -> list[int]:
        """Return the nodes that `n` points at by these relationships."""
        return [
            row[0]
            for row in self.rows(
                f"SELECT b FROM edge WHERE a = ? AND type IN ({_marks(types)}) ORDER BY b", (n, *types)
            )
        ]

    def into(self, n: int, *types: str) -> list[int]:
        """Return the nodes that point at `n` by these relationships."""
        return [
            row[0]
            for row in self.rows(
                f"SELECT a FROM edge WHERE b = ? AND type IN ({_marks(types)}) ORDER BY a", (n, *types)
            )
        ]

    def _computed(self, compute: Any, *key: Any) -> Any:  # noqa: ANN401 (what `compute` returns)
        return compute(self, *key)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _batches(numbers: list[int]) -> Iterator[list[int]]:
    return (numbers[start : start + _SOME] for start in range(0, len(numbers), _SOME))


def _fact(row: tuple[Any, ...]) -> Fact:
    n, ident, label, name, hint, shared, data = row
    return Fact(Node(n, ident, label, name, hint, bool(shared)), orjson.loads(data))
