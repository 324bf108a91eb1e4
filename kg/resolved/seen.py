"""What of the truth the resolved graph was made of: a sum of its readings, and what each added to it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson

from kg.errors import StoreError
from kg.home.readings_sum import Change, Summed
from kg.resolved.store import FORMAT, ResolvedStore, resolved_file

_SUMMED = "summed"


@contextmanager
def last_seen(home: Path) -> "Iterator[tuple[Summed | None, Callable[[str], int]]]":
    """Give the sum that the resolved graph of a home was made of, and what each article added to it; None where there is none."""
    store = _opened(home)
    if store is None:
        yield None, _nothing
        return
    with store:
        yield seen(store), lambda article: _share(store, article)


def seen(store: ResolvedStore) -> Summed | None:
    """Return the sum of the readings that a store was made of, once it is finished."""
    noted = store.meta(_SUMMED)
    if noted is None:
        return None
    seq, article, readings, total = orjson.loads(noted)
    return Summed(seq, article, readings, int(total, 16))


def note_seen(
    store: ResolvedStore, summed: Summed, changes: list[Change] | None, shares: "Iterator[tuple[str, bytes]]"
) -> None:
    """Note the sum of what a store was made of, and what changed in it; `shares` are all, looked at where `changes` is None."""
    db = store.db
    if changes is None:
        db.execute("DELETE FROM seen")
        db.executemany("INSERT INTO seen VALUES (?, ?)", shares)
    else:
        db.executemany("DELETE FROM seen WHERE article = ?", ((c.article,) for c in changes))
        kept = ((c.article, c.now.to_bytes(32, "big")) for c in changes if c.now)
        db.executemany("INSERT INTO seen VALUES (?, ?)", kept)
    store.note(_SUMMED, orjson.dumps([summed.seq, summed.article, summed.readings, f"{summed.total:x}"]).decode())


def _opened(home: Path) -> ResolvedStore | None:
    path = resolved_file(home)
    if not path.is_file():
        return None
    try:
        store = ResolvedStore(path, write=False)
    except (sqlite3.Error, StoreError):
        return None
    try:
        if (store.meta("rules") or "").startswith(f"{FORMAT} ") and seen(store) is not None:
            return store
    except (sqlite3.Error, ValueError):
        pass
    store.close()
    return None


def _share(store: ResolvedStore, article: str) -> int:
    found = store.db.execute("SELECT hash FROM seen WHERE article = ?", (article,)).fetchone()
    return int.from_bytes(found[0], "big") if found else 0


def _nothing(article: str) -> int:
    return 0
