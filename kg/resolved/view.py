"""The resolved graph read back: entities in the order of the graph, one after the other, never all in memory."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from kg.graph.clusters import marked
from kg.home.database import store_errors
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES
from kg.resolved.store import ResolvedStore
from kg.resolved.work import OWN, ToWrite, own_of

_KINDS: Final = {"Directive": "directives", "Meeting": "meetings"}
_CHUNK: Final = 200


class StoredEntities(Collection[Entity]):
    """The entities of a resolved graph, as often as they are asked for. Equal to another collection of the same entities in order."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[Entity]:
        with ResolvedStore(self._path, write=False) as store, store_errors(self._path):
            for cls in ENTITY_CLASSES:
                for one in _of_class(store, cls):
                    yield from (marked(entity, one.names) for entity in own_of(cls, one.data))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, entity: object) -> bool:
        return any(one == entity for one in self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Collection):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self._path)


def to_write(store: ResolvedStore) -> Iterator[list[ToWrite]]:
    """Yield all entities as bytes, some at a time, for `kg.resolved.work.written`."""
    chunk: list[ToWrite] = []
    for cls in ENTITY_CLASSES:
        for one in _of_class(store, cls):
            chunk.append(one)
            if sum(len(part.data) for part in chunk[-1:]) and len(chunk) >= _CHUNK:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def _of_class(store: ResolvedStore, cls: type[Entity]) -> Iterator[ToWrite]:
    return _own(store, cls) if cls in OWN else _shared(store, cls)


def _own(store: ResolvedStore, cls: type[Entity]) -> Iterator[ToWrite]:
    names = _names(store, cls)
    for article, data in store.db.execute(f"SELECT article, data FROM own_{cls.__name__.lower()} ORDER BY article"):
        yield ToWrite(cls.__name__, data, names.get(article, {}))


def _names(store: ResolvedStore, cls: type[Entity]) -> dict[str, dict[str, str]]:
    """The clusters of what a class has, by article."""
    if cls.__name__ == "ArticleNode":
        return {article: {article: cluster} for article, cluster in store.db.execute("SELECT * FROM twin")}
    found: dict[str, dict[str, str]] = {}
    kind = _KINDS.get(cls.__name__)
    for ident, cluster in store.db.execute("SELECT id, cluster FROM same_as WHERE kind = ?", (kind,)):
        found.setdefault(ident.split("/")[1], {})[ident] = cluster
    return found


def _shared(store: ResolvedStore, cls: type[Entity]) -> Iterator[ToWrite]:
    rows = store.db.execute("SELECT data FROM shared WHERE class = ? ORDER BY id", (cls.__name__,))
    while some := rows.fetchmany(_CHUNK):
        yield ToWrite(cls.__name__, b"[" + b",".join(row[0] for row in some) + b"]", {})
