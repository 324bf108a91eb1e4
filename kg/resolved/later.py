"""A graph that is resolved when it is asked for first; asked for N-Quads, it tells what is final while the rest is still being resolved."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from kg.model.base import Entity
from kg.resolved.store import ResolvedStore, resolved_file
from kg.resolved.sync import Told, Truth, resolving
from kg.resolved.view import Changes, StoredEntities


class HeldTruth(Truth, Protocol):
    """A truth that can be kept from changing."""

    def unchanged(self) -> AbstractContextManager[None]: ...


class Unresolved(StoredEntities):
    """The entities of the graph of a home. The truth has to stay open, and is held while it is resolved."""

    def __init__(self, truth: HeldTruth, *, workers: int, told: Told) -> None:
        super().__init__(resolved_file(truth.path), workers)
        self._truth = truth
        self._told = told

    def __iter__(self) -> Iterator[Entity]:
        self._resolve()
        return super().__iter__()

    def nquads(self, *, untold: bool = False) -> Iterator[bytes]:
        """Yield the N-Quads of all, in parts, in no order that means anything."""
        for part in self._resolving(tell=not untold):
            untold = True
            yield part
        self._told("stores", 0)
        yield from super().nquads(untold=untold)

    def changes_since(self, stamp: str) -> Changes | None:
        """Return what changed since the stores were filled with the graph of that stamp; None where that is not known, or too much."""
        if not self._path.is_file():
            return None
        with ResolvedStore(self._path, write=False) as store:
            if store.meta("settled") != stamp:
                return None
        self._resolve()
        return super().changes_since(stamp)

    def _resolve(self) -> None:
        for _ in self._resolving(tell=False):
            pass

    def _resolving(self, *, tell: bool) -> Iterator[bytes]:
        with self._truth.unchanged():
            yield from resolving(self._truth, workers=self._workers, told=self._told, tell=tell)
