"""The file of the resolved graph: HOME/stores/resolved.sqlite. It follows from the truth; damaged or of other rules, it is made anew."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.home.database import store_errors

FORMAT: Final = "4"
"""Version of the file; another is deleted and made anew."""

_NAME: Final = "resolved.sqlite"
_CACHE_KIB: Final = 262_144
_LOG_PAGES: Final = 16_384


def resolved_file(home: Path) -> Path:
    """Return where the resolved graph of a home is."""
    return home / "stores" / _NAME


class ResolvedStore:
    """One open file of a resolved graph, in autocommit mode; what is written together is in a transaction of the caller."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path = path
        with store_errors(path):
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                self.db = sqlite3.connect(path.absolute().as_uri(), uri=True, isolation_level=None, timeout=60)
            else:
                self.db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
            for pragma in (f"cache_size=-{_CACHE_KIB}", "temp_store=FILE", "cell_size_check=ON", "trusted_schema=OFF"):
                self.db.execute(f"PRAGMA {pragma}")
            if write:
                # NORMAL: a power cut may lose the last transactions, which are made again, and damages nothing
                self.db.execute("PRAGMA journal_mode=WAL")
                self.db.execute("PRAGMA synchronous=NORMAL")
                # pages change again and again while a graph is resolved: into the file less often than after every 4 MB
                self.db.execute(f"PRAGMA wal_autocheckpoint={_LOG_PAGES}")
            else:
                self.db.execute("BEGIN")  # one state, whatever is written meanwhile

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self.db.close()

    def __enter__(self) -> "ResolvedStore":
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def meta(self, name: str) -> str | None:
        """Return what was noted under that name."""
        found = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def note(self, name: str, value: str) -> None:
        """Note something under a name."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def todo(self, phase: str, keys: Iterable[str]) -> None:
        """Add work to a phase."""
        self.db.executemany("INSERT OR IGNORE INTO todo (phase, key) VALUES (?, ?)", ((phase, key) for key in keys))

    def left(self, phase: str) -> int:
        """Return how much work a phase has."""
        return int(self.db.execute("SELECT count(*) FROM todo WHERE phase = ?", (phase,)).fetchone()[0])

    def batches(self, phase: str, size: int) -> Iterator[list[str]]:
        """Yield the work of a phase in order, at most `size` keys at a time; what is done is for the caller to take off."""
        after = ""
        while found := [
            row[0]
            for row in self.db.execute(
                "SELECT key FROM todo WHERE phase = ? AND key > ? ORDER BY key LIMIT ?", (phase, after, size)
            )
        ]:
            yield found
            after = found[-1]

    def work(self, phase: str) -> list[str]:
        """Return the work of a phase, sorted."""
        return [row[0] for row in self.db.execute("SELECT key FROM todo WHERE phase = ? ORDER BY key", (phase,))]

    def done(self, phase: str, keys: Iterable[str]) -> None:
        """Take work off."""
        self.db.executemany("DELETE FROM todo WHERE phase = ? AND key = ?", ((phase, key) for key in keys))

    def touch(self, kind: str, keys: Iterable[str]) -> None:
        """Note what changed since the stores were filled."""
        self.db.executemany("INSERT OR IGNORE INTO touched VALUES (?, ?)", ((kind, key) for key in keys))


def open_for_writing(home: Path, rules: str) -> ResolvedStore:
    """Return the store of a home, empty where it was made by other rules, can't be read, or is not there."""
    path, wanted = resolved_file(home), f"{FORMAT} {rules}"
    if path.exists():
        try:
            store = ResolvedStore(path, write=True)
            if store.meta("rules") == wanted:
                return store
            store.close()
        except (sqlite3.Error, StoreError):
            pass
        discard(home)
    store = ResolvedStore(path, write=True)
    with store_errors(path):
        store.db.executescript(f"BEGIN;\n{(files('kg.resolved') / 'schema.sql').read_text('utf-8')}\nCOMMIT;")
        store.note("rules", wanted)
    return store


def discard(home: Path) -> None:
    """Delete the file and its log."""
    path = resolved_file(home)
    for name in (path.name, path.name + "-wal", path.name + "-shm"):
        path.with_name(name).unlink(missing_ok=True)


def stamp_of(home: Path, rules: str) -> str | None:
    """Return the stamp of the truth that the file of a home is of; None where there is none, or work is left."""
    path = resolved_file(home)
    if not path.is_file():
        return None
    try:
        with closing(ResolvedStore(path, write=False)) as store:
            return store.meta("stamp") if store.meta("rules") == f"{FORMAT} {rules}" else None
    except (sqlite3.Error, StoreError):
        return None
