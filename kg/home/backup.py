"""Copies of the truth: taken while others read and write, checked, and put back. A backup is a graph home without its stores."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from kg.errors import StoreError, UsageError
from kg.home.database import FILE, open_database, store_errors
from kg.home.home import GraphHome
from kg.home.lock import build_lock
from kg.home.reviews import FILE as REVIEWS
from kg.identify.decisions import FILE as DECISIONS

_PAGES: Final = 2048
_SAID: Final = (DECISIONS, REVIEWS)

Told = Callable[[int, int], None]
"""Hears of the pages that are done, and of all."""


def backup(home: Path, target: Path, *, told: Told = lambda done, total: None) -> int:
    """Copy the truth of `home` to the new folder `target`, which appears whole or not at all; return how many articles it has.

    SQLite's online backup (https://www.sqlite.org/backup.html): a build may go on meanwhile, and the copy is one state of the truth.
    Raises UsageError where `target` is there already, StoreError where it can't be written or the copy is not sound.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target}: đã có · is there already; choose a new folder")
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    with store_errors(target):
        part.mkdir(parents=True)
    try:
        with closing(open_database(home)) as source:
            _copy(source, part / FILE, told)
        with store_errors(target):
            _copy_said(home, part)
        articles = _checked(part)
        with store_errors(target):
            _sync(part)
            if target.exists():
                target.rmdir()
            part.rename(target)
            _sync(target.parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return articles


def restore(saved: Path, home: Path, *, force: bool = False, told: Told = lambda done, total: None) -> int:
    """Make `saved`, a backup or another graph home, the truth of `home`; return how many articles it has.

    Where `home` has a truth, that needs `force`, and is kept beside it as `truth.sqlite.before-restore`. Raises UsageError without it,
    StoreError where the backup is not sound (nothing is changed then) or somebody is writing in `home`.
    """
    if not (saved / FILE).is_file():
        raise UsageError(f"{saved}: không phải bản sao lưu · no backup: it has no {FILE}")
    if saved.resolve() == home.resolve():
        raise UsageError(f"{saved}: chính là đồ thị này · is this graph home itself")
    if (home / FILE).exists() and not force:
        raise UsageError(f"{home}: đã có đồ thị · has a graph; --force puts it aside as {FILE}.before-restore")
    articles = _checked(saved)
    with store_errors(home):
        home.mkdir(parents=True, exist_ok=True)
    with build_lock(home), store_errors(home):
        fresh = home / (FILE + ".new")
        fresh.unlink(missing_ok=True)
        with closing(open_database(saved)) as source:
            _copy(source, fresh, told)
        _put_aside(home)
        fresh.rename(home / FILE)
        _copy_said(saved, home)
        _sync(home)
    return articles


def _copy(source: sqlite3.Connection, target: Path, told: Told) -> None:
    with store_errors(target), closing(sqlite3.connect(target)) as copy:
        source.backup(copy, pages=_PAGES, progress=lambda status, left, total: told(total - left, total))
        copy.execute("PRAGMA journal_mode=DELETE")
    _sync(target)


def _copy_said(source: Path, target: Path) -> None:
    """What persons decided and reviewed is no less the truth."""
    for name in _SAID:
        if (source / name).exists():
            shutil.copy2(source / name, target / name)
            _sync(target / name)


def _checked(folder: Path) -> int:
    with GraphHome(folder) as copy:
        if faults := copy.faults():
            raise StoreError(f"{folder}: {faults[0]}; `kg doctor -g {folder}`")
        return sum(copy.readers().values())


def _put_aside(home: Path) -> None:
    """The log belongs to the old file: what it holds goes into it first, if that can be read at all."""
    old = home / FILE
    if not old.exists():
        return
    try:
        with closing(sqlite3.connect(old)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error:
        pass  # damaged: kept as it is
    for end in ("", "-wal", "-shm"):
        file = old.with_name(FILE + end)
        if file.exists():
            file.replace(old.with_name(f"{FILE}.before-restore{end}"))
    for name in _SAID:
        if (home / name).exists():
            (home / name).replace(home / f"{name}.before-restore")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
