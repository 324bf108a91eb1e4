"""Opens the SQLite file of a graph home: checked, migrated, durable. Every failure becomes a StoreError that says what to do.

Durability: write-ahead log with synchronous=FULL (https://www.sqlite.org/pragma.html#pragma_synchronous): what was committed outlives
a power cut. Versions: `user_version` counts the files of kg/home/migrations; `application_id` marks the file as ours.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.home.lock import build_lock

FILE: Final = "truth.sqlite"
"""Name of the file in the graph home."""

_APPLICATION_ID: Final = 0x63646B67  # "cdkg"
_BUSY_SECONDS: Final = 10.0
_FULL: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise into a StoreError about `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_told(error)}") from error
    except OSError as error:
        raise StoreError(f"{path}: không ghi hoặc đọc được · can't be read or written: {error.strerror}") from error


def _told(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return "đang bị khóa · locked by another process; try again when it has finished"
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return f"không ghi được · can't be opened for writing ({error}); check permissions"
    if code in _FULL:
        return f"đĩa đầy hoặc lỗi · disk full or failing ({error}); free some space and run the same command again"
    return f"tệp hỏng · damaged ({error}); run `kg doctor`, then `kg restore` a copy or build again from the sources"


def open_database(folder: Path, *, create: bool = False) -> sqlite3.Connection:
    """Return a connection to the truth in `folder`, in autocommit mode, at the newest version.

    Raises StoreError where there is none (unless `create`), or where it is damaged, locked, newer than this program, or not ours.
    """
    path = folder / FILE
    with store_errors(path):
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        elif not path.is_file():
            raise StoreError(
                f"{folder}: không có đồ thị · no graph at {folder}: run `kg build SOURCE -g {folder}` first"
            )
        db = sqlite3.connect(_uri(path, create), uri=True, isolation_level=None, timeout=_BUSY_SECONDS)
    try:
        with store_errors(path):
            _settle(db, folder, create)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Run a block in one transaction: all of it is written, or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def memory_database() -> sqlite3.Connection:
    """Return an empty truth in memory, for a trial run."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    _migrate(db)
    return db


def _uri(path: Path, create: bool) -> str:
    wal = path.with_name(path.name + "-wal")
    if not create and not os.access(path.parent, os.W_OK):
        # on a read-only disk SQLite can't make its log's index; without a log there is nothing to wait for
        mode = "mode=ro" if wal.exists() and wal.stat().st_size else "mode=ro&immutable=1"
    else:
        mode = "mode=rwc" if create else "mode=rw" if os.access(path, os.W_OK) else "mode=ro"
    return f"{path.absolute().as_uri()}?{mode}"


def _settle(db: sqlite3.Connection, folder: Path, create: bool) -> None:
    for pragma in (
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
    ):
        db.execute(f"PRAGMA {pragma}")
    version = _version(db, folder)
    if version < len(_migrations()):
        if version == 0 and not create:
            raise StoreError(f"{folder / FILE}: tệp trống · empty, no graph was ever built here; run `kg build`")
        with build_lock(folder):
            db.execute("PRAGMA journal_mode=WAL")
            _migrate(db)


def _version(db: sqlite3.Connection, folder: Path) -> int:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    owner = int(db.execute("PRAGMA application_id").fetchone()[0])
    tables = int(db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])
    if owner != _APPLICATION_ID and (owner or version or tables):
        raise StoreError(f"{folder / FILE}: không phải đồ thị · not a graph home of chidao; choose another folder")
    if version > len(_migrations()):
        raise StoreError(
            f"{folder / FILE}: phiên bản {version} mới hơn · made by a newer chidao (version {version}, this one knows "
            f"{len(_migrations())}); upgrade chidao"
        )
    return version


@cache
def _migrations() -> tuple[str, ...]:
    folder = files("kg.home") / "migrations"
    return tuple(
        f.read_text("utf-8") for f in sorted(folder.iterdir(), key=lambda f: f.name) if f.name.endswith(".sql")
    )


def _migrate(db: sqlite3.Connection) -> None:
    """Run the migrations that are missing, each in its own transaction with the version it leads to."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    for number, script in enumerate(_migrations()[version:], version + 1):
        db.executescript(
            f"BEGIN IMMEDIATE;\n{script}\nPRAGMA application_id={_APPLICATION_ID};\nPRAGMA user_version={number};\nCOMMIT;"
        )
