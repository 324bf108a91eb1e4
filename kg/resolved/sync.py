"""Brings the resolved graph of a home up to its truth, phase by phase; a killed run goes on where it was."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, Protocol

import orjson
from filelock import FileLock

from kg.home.database import FILE, store_errors, transaction
from kg.home.readings_sum import Change, Summed
from kg.home.reviews import Reviews
from kg.home.rows import Stored
from kg.identify.decisions import Decision, PersonDecisions, Renames
from kg.model.ids import digest
from kg.resolved.clusters import cluster_all
from kg.resolved.decided import mark_decided, renames
from kg.resolved.forms import keep_forms
from kg.resolved.fragments import assemble_all
from kg.resolved.link import link_all
from kg.resolved.locals import changed, localize_all
from kg.resolved.seen import note_seen
from kg.resolved.shared import merge_all
from kg.resolved.store import ResolvedStore, discard, open_for_writing, resolved_file, stamp_of
from kg.resolved.twins import find_twins
from kg.resolved.view import StoredEntities

_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

Told = Callable[[str, int], None]
"""Hears of a phase, and how much of its work was just done."""


def _silent(phase: str, done: int) -> None:
    pass


class Truth(Protocol):
    """What is needed of a graph home."""

    path: Path

    def stamp(self) -> str: ...

    def decisions(self) -> tuple[Decision, ...]: ...

    def stored(self, articles: Iterable[str]) -> Iterator[Stored]: ...

    def reviews(self) -> Reviews: ...

    def summed(self) -> tuple[Summed, list[Change] | None]: ...

    def shares(self) -> Iterator[tuple[str, bytes]]: ...


def rules_of(decisions: Iterable[Decision]) -> str:
    """Return what names the rules by which a graph was resolved; a person's decisions about bodies and documents are rules, too."""
    from kg.identify import identity_version

    return digest(identity_version(), *(decision.model_dump_json() for decision in renames(decisions)))


def resolved(truth: Truth, *, workers: int = 1, told: Told = _silent) -> StoredEntities:
    """Return the entities of the graph of a home, resolved on disk; only what changed since the last time is worked on.

    Raises StoreError where the disk can't be written. The truth must not change under way: call it in a transaction.
    """
    for _ in resolving(truth, workers=workers, told=told):
        pass
    return StoredEntities(resolved_file(truth.path), workers)


def resolving(truth: Truth, *, workers: int, told: Told = _silent, tell: bool = False) -> Iterator[bytes]:
    """Do what `resolved` does, as far as what is returned is read on.

    That is nothing, but where `tell` asks for it and the graph is made from nothing: then it is the N-Quads of what is final of the
    articles without near-duplicates (`kg.resolved.work.FINAL`), of each as soon as it is resolved.
    """
    decisions = truth.decisions()
    rules, path = rules_of(decisions), resolved_file(truth.path)
    stamp = truth.stamp()
    if stamp_of(truth.path, rules) == stamp:
        return
    with store_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name("resolved.lock")):
            begun = False
            try:
                for part in _bring_up(truth, decisions, rules, stamp, workers, told, tell=tell):
                    begun = True
                    yield part
            except sqlite3.DatabaseError as error:
                if begun or getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
                    raise
                discard(truth.path)
                yield from _bring_up(truth, decisions, rules, stamp, workers, told, tell=tell)


def _bring_up(
    truth: Truth, decisions: tuple[Decision, ...], rules: str, stamp: str, workers: int, told: Told, *, tell: bool
) -> Iterator[bytes]:
    with open_for_writing(truth.path, rules) as store:
        if store.meta("stamp") != stamp:
            # what lies there from a run before would have to be told, too: then all is told at the end
            tell = tell and store.db.execute("SELECT 1 FROM notes LIMIT 1").fetchone() is None
            yield from _bring(store, truth, decisions, stamp, workers, told, tell=tell)


def _bring(
    store: ResolvedStore,
    truth: Truth,
    decisions: tuple[Decision, ...],
    stamp: str,
    workers: int,
    told: Told,
    *,
    tell: bool,
) -> Iterator[bytes]:
    renames = Renames.of(decisions)
    store.db.execute("DELETE FROM meta WHERE name = 'stamp'")
    mark_decided(store, decisions)
    summed, changes = truth.summed()
    changed(store, truth.path / FILE, None if changes is None else [change.article for change in changes])
    _mark_reviewed(store, truth.reviews())
    localize_all(store, truth.stored, renames, workers, lambda done: told("local", done))
    find_twins(store, truth.stored, lambda done: told("twins", done))
    keep_forms(store, truth.stored, lambda done: told("forms", done))
    link_all(store, PersonDecisions.of(decisions), lambda done: told("persons", done))
    yield from assemble_all(store, truth.stored, renames, workers, lambda done: told("facts", done), tell=tell)
    cluster_all(store, decisions, lambda done: told("reports", done))
    with transaction(store.db):
        leads = Renames.of(decisions).now
        store.db.executemany("INSERT OR REPLACE INTO redirect VALUES ('3', ?, ?)", leads.items())
        store.todo("redirect", leads)
    merge_all(store, lambda done: told("entities", done))
    with transaction(store.db):
        note_seen(store, summed, changes, truth.shares())
        store.note("stamp", stamp)
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _mark_reviewed(store: ResolvedStore, reviews: Reviews) -> None:
    """Make work of the articles about which a person decided something else than before: that is not in the bytes of the truth."""
    before = orjson.loads(store.meta("reviewed") or "{}")
    now = {article: reviews.digest(article) for article in sorted(reviews.by_article)}
    with transaction(store.db):
        store.todo("local", sorted(a for a in before.keys() | now.keys() if before.get(a) != now.get(a)))
        store.note("reviewed", orjson.dumps(now).decode())
