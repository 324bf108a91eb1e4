"""First phase: what is new, changed or gone in the truth; each such article understood by itself."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

import orjson

from kg.home.database import transaction
from kg.home.rows import Stored
from kg.home.workers import map_ordered
from kg.identify.decisions import Renames
from kg.resolved.store import ResolvedStore
from kg.resolved.work import LocalRow, localized

BATCH: Final = 48
"""Articles that a process is given at a time, and that are written in one transaction."""

T = TypeVar("T")


def batched(items: Iterable[T], size: int = BATCH) -> Iterator[tuple[T, ...]]:
    """Yield the items, `size` at a time."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch


def changed(store: ResolvedStore, truth: Path, articles: "list[str] | None") -> None:
    """Compare the readings in the file of the truth, those of `articles` or all, with what was resolved; what differs becomes work."""
    db = store.db
    db.execute("ATTACH ? AS truth", (f"{truth.absolute().as_uri()}?mode=ro",))
    try:
        if articles is None:
            db.execute(
                "INSERT OR IGNORE INTO todo (phase, key) SELECT 'local', r.article FROM truth.readings r "
                f"LEFT JOIN article a ON a.id = r.article WHERE a.checksum IS NOT {_CHECKSUM}"
            )
            db.execute(
                "INSERT OR IGNORE INTO todo (phase, key) SELECT 'local', id FROM article "
                "WHERE NOT EXISTS (SELECT 1 FROM truth.readings r WHERE r.article = id)"
            )
        else:
            store.todo("local", [article for article in articles if _differs(store, article)])
    finally:
        db.execute("DETACH truth")


_CHECKSUM: Final = "r.variant || ' ' || r.digest"


def _differs(store: ResolvedStore, article: str) -> bool:
    now = store.db.execute(f"SELECT {_CHECKSUM} FROM truth.readings r WHERE article = ?", (article,)).fetchone()
    before = store.db.execute("SELECT checksum FROM article WHERE id = ?", (article,)).fetchone()
    return bool(now != before)


def localize_all(
    store: ResolvedStore,
    stored: Callable[[Iterable[str]], Iterator[Stored]],
    renames: Renames,
    workers: int,
    told: Callable[[int], None],
) -> None:
    """Do the work of the phase: `stored` gives articles of the truth by id, and passes over those that are not there."""
    jobs = ((keys, list(stored(keys))) for keys in store.batches("local", BATCH))
    for keys, rows in map_ordered(partial(localized, renames), jobs, workers=workers):
        with transaction(store.db):
            for key in keys:
                _forget(store, key)
            for row in rows or ():
                _keep(store, row)
            store.done("local", keys)
        told(len(keys))


def _forget(store: ResolvedStore, article: str) -> None:
    db = store.db
    before = db.execute("SELECT sketch FROM article WHERE id = ?", (article,)).fetchone()
    db.execute("INSERT OR IGNORE INTO todo VALUES ('twin', ?, ?)", (article, before[0] if before else b"[]"))
    store.todo("fragment", [article])
    if not before:
        return
    store.todo("name", [name for (name,) in db.execute("SELECT name FROM official WHERE article = ?", (article,))])
    olds = [old for (old,) in db.execute("SELECT old FROM redirect WHERE source = ?", (f"2 {article}",))]
    store.todo("redirect", olds)
    db.executemany(
        "DELETE FROM sketch WHERE value = ? AND article = ?", ((value, article) for value in orjson.loads(before[0]))
    )
    for table, column in (("article", "id"), ("official", "article"), ("person", "article")):
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (article,))
    db.execute("DELETE FROM redirect WHERE source = ?", (f"2 {article}",))


def _keep(store: ResolvedStore, row: LocalRow) -> None:
    db = store.db
    db.execute(
        "INSERT INTO article VALUES (?, ?, ?, ?)", (row.article, row.checksum, row.day, orjson.dumps(row.sketch))
    )
    db.executemany("INSERT INTO sketch VALUES (?, ?)", ((value, row.article) for value in row.sketch))
    db.executemany(
        "INSERT INTO official VALUES (?, ?, ?, ?)",
        ((name, row.article, number, data) for number, (name, data) in enumerate(row.officials)),
    )
    db.executemany(
        "INSERT INTO redirect VALUES (?, ?, ?)", ((f"2 {row.article}", old, new) for old, new in row.redirects)
    )
    store.todo("name", {name for name, _ in row.officials})
    store.todo("redirect", (old for old, _ in row.redirects))
