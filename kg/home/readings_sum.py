"""A digest of all readings that is kept up with what changed: a sum of the digests of single readings, whatever their order.

What was summed before lies in a `Summed`, which the resolved graph keeps (HOME/stores); without one every reading is looked at.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

_MODULUS: Final = 1 << 256
_MANY: Final = 5_000
"""Changes from which looking at all readings is as quick."""

_ROW: Final = "SELECT article, variant, digest FROM readings"


class Summed(NamedTuple):
    """The sum up to a change: its number, the article that it was of, and how many readings there were."""

    seq: int
    article: str
    readings: int
    total: int


class Change(NamedTuple):
    """What an article adds to the sum now (0: it has no reading), and what it added before."""

    article: str
    now: int
    before: int


def summed(
    db: sqlite3.Connection, before: Summed | None, share_of: Callable[[str], int]
) -> tuple[Summed, list[Change] | None]:
    """Return the sum of the readings of a truth, and what changed since `before`; None: all is to be looked at.

    `share_of` an article is what it added to `before`.
    """
    seq, article = db.execute("SELECT seq, article FROM changes ORDER BY seq DESC LIMIT 1").fetchone() or (0, "")
    changes = _changes(db, before, share_of) if before else None
    if before is None or changes is None:
        shares = [share(*row) for row in db.execute(_ROW)]
        return Summed(seq, article, len(shares), sum(shares) % _MODULUS), None
    count = before.readings + sum(bool(c.now) - bool(c.before) for c in changes)
    if count != db.execute("SELECT count(*) FROM readings").fetchone()[0]:
        return summed(db, None, share_of)
    total = (before.total + sum(c.now - c.before for c in changes)) % _MODULUS
    return Summed(seq, article, count, total), changes


def all_shares(db: sqlite3.Connection) -> Iterable[tuple[str, bytes]]:
    """Yield every article that has a reading with what it adds to the sum, as bytes."""
    return ((row[0], share(*row).to_bytes(32, "big")) for row in db.execute(_ROW))


def share(article: str, variant: str, digest: str) -> int:
    """Return what one reading adds to the sum."""
    return int.from_bytes(hashlib.sha256(f"{article}\x1f{variant}\x1f{digest}".encode()).digest(), "big")


def _changes(db: sqlite3.Connection, before: Summed, share_of: Callable[[str], int]) -> list[Change] | None:
    if not _goes_on(db, before):
        return None
    rows = db.execute("SELECT article FROM changes WHERE seq > ? LIMIT ?", (before.seq, _MANY + 1)).fetchall()
    if len(rows) > _MANY:
        return None
    found = []
    for (article,) in rows:
        row = db.execute(f"{_ROW} WHERE article = ?", (article,)).fetchone()
        found.append(Change(article, share(*row) if row else 0, share_of(article)))
    return found


def _goes_on(db: sqlite3.Connection, before: Summed) -> bool:
    """Whether this truth is the one that was summed, or has gone on from it: its last change is still there, or the same article changed again."""
    if not before.seq:
        return True
    found = db.execute("SELECT seq FROM changes WHERE article = ?", (before.article,)).fetchone()
    return found is not None and found[0] >= before.seq
