"""A trial run: counts what a build would do; nothing is read or written."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from kg.errors import InputError
from kg.home.database import FILE, memory_database, open_database
from kg.home.known import Known, source_key
from kg.home.rows import article_row
from kg.home.summary import Summary
from kg.model.article import Article


def dry_run(
    folder: Path,
    items: Iterable[Article | InputError],
    reader: str,
    *,
    force: bool = False,
    on_error: Callable[[InputError], None] = lambda error: None,
) -> Summary:
    """Return the counts of ingesting `items` into the home in `folder`, which need not be there; failures of the reader aside."""
    with closing(open_database(folder) if (folder / FILE).exists() else memory_database()) as db:
        return _trial(db, items, reader, force, on_error)


def _trial(
    db: sqlite3.Connection,
    items: Iterable[Article | InputError],
    reader: str,
    force: bool,
    on_error: Callable[[InputError], None],
) -> Summary:
    summary, known = Summary(), Known(db)
    told_now: dict[tuple[str, str, str], str] = {}
    seen: set[str] = set()
    for item in items:
        if isinstance(item, InputError):
            summary.failed += 1
            on_error(item)
            continue
        row = article_row(item)
        if known.is_retracted(row.id) and not force:
            summary.retracted += 1
            continue
        key = source_key(item.origin, row)
        must_read = row.id not in seen and (force or not known.is_read(row, reader))
        told = told_now.get(key) or known.told(item.origin, row)
        summary.count(known=row.id in seen or known.has(row.id), told=told, digest=row.digest, was_read=must_read)
        seen.add(row.id)
        told_now[key] = row.digest
    return summary
