"""What the truth knows of an article before it comes in (again)."""

import sqlite3
from dataclasses import dataclass

from kg.home.rows import ArticleRow
from kg.model.article import Origin


def source_key(origin: Origin, row: ArticleRow) -> tuple[str, str, str]:
    """Return the key of the row in `sources`: source, locator, article."""
    return origin.source, origin.locator or "", row.id


@dataclass(frozen=True, slots=True)
class Known:
    """Questions to one open truth."""

    db: sqlite3.Connection

    def is_retracted(self, article: str) -> bool:
        """Say whether the article was taken out."""
        return self.db.execute("SELECT 1 FROM retractions WHERE article = ?", (article,)).fetchone() is not None

    def has(self, article: str) -> bool:
        """Say whether the article is there, from whatever source."""
        return self.db.execute("SELECT 1 FROM articles WHERE id = ? LIMIT 1", (article,)).fetchone() is not None

    def told(self, origin: Origin, row: ArticleRow) -> str | None:
        """Return the digest of the form in which this very source gave the article before."""
        found = self.db.execute(
            "SELECT digest FROM sources WHERE source = ? AND locator = ? AND article = ?", source_key(origin, row)
        ).fetchone()
        return found[0] if found else None

    def is_read(self, row: ArticleRow, reader: str) -> bool:
        """Say whether reading `row` would bring nothing: `reader` has read it, or a form that knows more is there."""
        better = self.db.execute(
            "SELECT 1 FROM articles WHERE id = ? AND (facts > ? OR (facts = ? AND digest < ?)) LIMIT 1",
            (row.id, row.facts, row.facts, row.digest),
        ).fetchone()
        found = self.db.execute("SELECT variant, reader FROM readings WHERE article = ?", (row.id,)).fetchone()
        return bool(better) or found == (row.digest, reader)
