"""The graph home: one folder whose truth is a SQLite file."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from kg.errors import InputError, StoreError, UsageError
from kg.graph.records import Graph
from kg.home.database import FILE, open_database, store_errors, transaction
from kg.home.ingest import Ingest, Item, Read
from kg.home.lock import build_lock
from kg.home.readings_sum import Change, Summed, all_shares, summed
from kg.home.reviews import Review, Reviews, append_review, read_reviews, reviewed
from kg.home.rows import Stored, article_of, decoding_of, reading_of
from kg.home.summary import Summary
from kg.model.article import Article, Origin
from kg.model.ids import digest
from kg.model.reading import Reading

if TYPE_CHECKING:
    from kg.identify.decisions import Decision
    from kg.resolved.sync import Told


class Source(NamedTuple):
    """Where an article stands, or an input that could not be read (`article` is then None)."""

    source: str
    locator: str | None
    article: str | None
    outcome: str
    reason: str | None


class GraphHome:
    """The truth of one graph: articles, their readings, where they came from, and what was taken out.

    `GraphHome(path)` opens one that is there, `create=True` makes it where it is not. Raises StoreError where it is missing, damaged,
    locked or newer than this program. Close it, or use it in a `with`.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._db = open_database(path, create=create)

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._db.close()

    def __enter__(self) -> "GraphHome":
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def ingest(
        self,
        items: Iterable[Article | InputError],
        read: Read | None = None,
        *,
        reader: str | None = None,
        workers: int | None = None,
        force: bool = False,
        on_error: Callable[[InputError], None] = lambda error: None,
        on_batch: Callable[[Summary], None] = lambda summary: None,
        on_item: Callable[[Item], None] = lambda item: None,
    ) -> Summary:
        """Put articles in and return what became of each item; what is there already, read by this `reader`, is passed over.

        `read` (default `kg.read.read`) must pickle where `workers` (default: all cores) > 1. `force` reads everything again and brings
        back what was retracted. Interrupted at any moment, the same call finishes the work. Raises StoreError where another build is
        writing.
        """
        if read is None or reader is None:
            from kg.read import READER
            from kg.read import read as read_article

            read, reader = read or read_article, reader or READER
        with build_lock(self.path), store_errors(self.path / FILE):
            workers = workers or os.cpu_count() or 1
            run = Ingest(self._db, read, reader, force, on_item)
            summary = run.run(items, workers=workers, on_error=on_error, on_batch=on_batch)
            # a form that knows more, or the last that is left, may now count without having been read
            again = Ingest(self._db, read, reader).run(self._pending(), workers=workers, on_error=on_error)
            summary.failed += again.failed
            return summary

    def reread(
        self,
        *,
        workers: int | None = None,
        on_error: Callable[[InputError], None] = lambda error: None,
        on_batch: Callable[[Summary], None] = lambda summary: None,
        on_item: Callable[[Item], None] = lambda item: None,
    ) -> Summary:
        """Read again what another version of the reader has read, and what could not be read before."""
        from kg.read import READER, read

        with build_lock(self.path), store_errors(self.path / FILE):
            run = Ingest(self._db, read, READER, on_item=on_item)
            items = self._outdated(READER)
            return run.run(items, workers=workers or os.cpu_count() or 1, on_error=on_error, on_batch=on_batch)

    def _pending(self) -> Iterator[Article]:
        return self._each("SELECT article FROM pending ORDER BY article", ())

    def _outdated(self, reader: str) -> Iterator[Article]:
        """Yield the articles whose reading is of another reader, or missing."""
        return self._each(
            "SELECT id FROM articles EXCEPT SELECT article FROM readings WHERE reader = ? ORDER BY 1", (reader,)
        )

    def _each(self, query: str, values: tuple[str, ...]) -> Iterator[Article]:
        ids = self._db.execute(query, values).fetchall()
        return chain.from_iterable(self.articles(article) for (article,) in ids)

    def retract(self, ident: str) -> tuple[str, ...]:
        """Take out the article with this id, or this id of its source, with its reading and sources; return the article ids.

        The next build of the same source passes it over, unless forced. Raises UsageError where there is none.
        """
        with build_lock(self.path), store_errors(self.path / FILE):
            found = [
                row[0]
                for row in self._db.execute(
                    "SELECT DISTINCT id FROM articles WHERE id = ?1 OR record_id = ?1 ORDER BY id", (ident,)
                )
            ]
            if not found:
                raise UsageError(f"{ident}: không có bài này · no such article in {self.path}")
            with transaction(self._db):
                for article in found:
                    self._remove(article)
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # its text leaves the log, too
            return tuple(found)

    def _remove(self, article: str) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO retractions (article, record_id) SELECT id, min(record_id) FROM articles WHERE id = ?",
            (article,),
        )
        for table, column in (
            ("articles", "id"),
            ("readings", "article"),
            ("sources", "article"),
            ("pending", "article"),
        ):
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (article,))

    def articles(self, article: str | None = None) -> Iterator[Article]:
        """Yield the articles in the order of their ids, or the one with the id `article`."""
        where, values = ("", ()) if article is None else ("WHERE c.id = ?", (article,))
        with store_errors(self.path / FILE):
            for ident, variant, data in self._db.execute(
                f"SELECT c.id, c.digest, c.json FROM canonical c {where} ORDER BY c.id", values
            ):
                yield article_of(data, variant, self._origin(ident, variant))

    def find(self, ident: str) -> tuple[str, ...]:
        """Return the ids of the articles that have this id, or this id of their source, sorted."""
        rows = self._db.execute(
            "SELECT DISTINCT id FROM articles WHERE id = ?1 OR record_id = ?1 ORDER BY id", (ident,)
        )
        with store_errors(self.path / FILE):
            return tuple(row[0] for row in rows)

    def places(self, article: str) -> tuple[Origin, ...]:
        """Return where an article stands, sorted: each source, with how it was decoded."""
        with store_errors(self.path / FILE):
            rows = self._db.execute(
                "SELECT loader, source, locator, decoding FROM sources WHERE article = ? ORDER BY source, locator",
                (article,),
            ).fetchall()
        return tuple(Origin(loader=a, source=b, locator=c or None, decoding=decoding_of(d)) for a, b, c, d in rows)

    def neighbours(self, article: Article) -> tuple[str, ...]:
        """Return the ids of other articles that may be versions of this one: of its record id, its place in a source, or its address's path."""
        path = urlsplit(article.url).path.encode() if article.url else b""
        with store_errors(self.path / FILE):
            rows = self._db.execute(
                "SELECT id FROM articles WHERE id <> ?1 AND (record_id = ?2 OR (?3 <> x'' AND ?3 <> x'2f' AND instr(json, ?3))) "
                "UNION SELECT b.article FROM sources a JOIN sources b ON a.source = b.source AND a.locator = b.locator "
                "WHERE a.article = ?1 AND b.article NOT IN (?1, '') ORDER BY 1",
                (article.id, article.record_id, path),
            )
            return tuple(row[0] for row in rows)

    def share_a_place(self, one: str, other: str) -> bool:
        """Say whether two articles came from one place of one source, at different times."""
        with store_errors(self.path / FILE):
            found = self._db.execute(
                "SELECT 1 FROM sources a JOIN sources b ON a.source = b.source AND a.locator = b.locator "
                "WHERE a.article = ? AND b.article = ? LIMIT 1",
                (one, other),
            ).fetchone()
        return found is not None

    def pairs(self) -> Iterator[tuple[Article, Reading]]:
        """Yield each article with its reading, as a person's reviews leave it, in the order of article ids."""
        reviews = self.reviews()
        with store_errors(self.path / FILE):
            for ident, variant, data, checksum, reading in self._db.execute(
                "SELECT c.id, c.digest, c.json, r.digest, r.json FROM canonical c "
                "JOIN readings r ON r.article = c.id AND r.variant = c.digest ORDER BY c.id"
            ):
                article = article_of(data, variant, self._origin(ident, variant))
                yield article, reviews.applied(reading_of(reading, checksum), article.text)

    def _origin(self, article: str, variant: str) -> Origin:
        row = self._db.execute(
            "SELECT loader, source, locator, decoding FROM sources WHERE article = ? ORDER BY digest <> ?, source, locator LIMIT 1",
            (article, variant),
        ).fetchone()
        loader, source, locator, decoding = row or ("", "", "", None)
        return Origin(loader=loader, source=source, locator=locator or None, decoding=decoding_of(decoding))

    def graph(self, *, workers: int = 1, told: "Told" = lambda phase, done: None, later: bool = False) -> Graph:
        """Return the graph of all that is stored: the same for the same truth, whatever the order in which it came in.

        It is resolved on disk, in HOME/stores, and read from there; where that can't be written, in memory. With `later` it is resolved
        when it is asked for first: a large SPARQL store is then filled meanwhile.
        """
        from kg.identify import resolve
        from kg.resolved import Unresolved, resolved

        if not os.access(self.path / "stores" if (self.path / "stores").exists() else self.path, os.W_OK):
            return resolve(self.pairs(), self.decisions())
        if later:
            return Graph(Unresolved(self, workers=workers, told=told))
        with self.unchanged():
            return Graph(resolved(self, workers=workers, told=told))

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Let a block see one state of the truth, whatever others write. Not within another such block."""
        with store_errors(self.path / FILE):
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                self._db.rollback()

    def stored(self, articles: Iterable[str]) -> Iterator[Stored]:
        """Yield the articles with these ids, with their readings, as the truth holds them and a person's reviews leave them; ids that it
        lacks are passed over."""
        reviews = self.reviews()
        with store_errors(self.path / FILE):
            for article in articles:
                row = self._db.execute(
                    "SELECT a.id, a.digest, a.json, r.digest, r.json FROM readings r "
                    "JOIN articles a ON a.id = r.article AND a.digest = r.variant WHERE r.article = ?",
                    (article,),
                ).fetchone()
                if row:
                    yield reviewed(Stored(*row), reviews)

    def decisions(self) -> "tuple[Decision, ...]":
        """Return what a person has decided about identity. Raises InputError that names a line that can't be read."""
        from kg.identify.decisions import FILE as DECISIONS
        from kg.identify.decisions import read_decisions

        return read_decisions(self.path / DECISIONS)

    def decide(self, decision: "Decision") -> None:
        """Keep a decision: the last line of HOME/decisions.jsonl. It outlives every rebuild, and a copy of the file carries it on."""
        from kg.identify.decisions import append_decision

        with build_lock(self.path), store_errors(self.path / FILE):
            append_decision(self.path, decision)

    def reviews(self) -> Reviews:
        """Return what a person has decided about single facts. Raises InputError that names a line that can't be read."""
        return Reviews.of(read_reviews(self.path))

    def review(self, review: Review) -> None:
        """Keep a review: the last line of HOME/reviews.jsonl. It outlives every rebuild, and a copy of the file carries it on."""
        with build_lock(self.path), store_errors(self.path / FILE):
            append_review(self.path, review)

    def stamp(self) -> str:
        """Return a digest of the truth, of the decisions and of the rules of identity: equal stamps mean equal graphs."""
        from kg.identify import identity_version

        decided = [decision.model_dump_json() for decision in self.decisions()]
        reviews = self.reviews()
        decided += [f"{article} {reviews.digest(article)}" for article in sorted(reviews.by_article)]
        total = self.summed()[0]
        return digest(identity_version(), *decided, f"{total.readings} {total.total:064x}")

    def summed(self) -> tuple[Summed, list[Change] | None]:
        """Return the sum of all readings, and what changed since the graph was resolved last (None: look at all)."""
        from kg.resolved.seen import last_seen

        with store_errors(self.path / FILE), last_seen(self.path) as (before, share_of):
            return summed(self._db, before, share_of)

    def shares(self) -> Iterator[tuple[str, bytes]]:
        """Yield what each reading adds to the sum."""
        with store_errors(self.path / FILE):
            yield from all_shares(self._db)

    def count(self) -> int:
        """Return how many readings there are."""
        with store_errors(self.path / FILE):
            return int(self._db.execute("SELECT count(*) FROM readings").fetchone()[0])

    def sources(self) -> Iterator[Source]:
        """Yield where everything came from, sorted."""
        with store_errors(self.path / FILE):
            for source, locator, article, outcome, reason in self._db.execute(
                "SELECT source, locator, article, outcome, reason FROM sources ORDER BY source, locator, article"
            ):
                yield Source(source, locator or None, article or None, outcome, reason)

    def readers(self) -> dict[str, int]:
        """Return how many readings each version of the reader made."""
        with store_errors(self.path / FILE):
            return dict(self._db.execute("SELECT reader, count(*) FROM readings GROUP BY reader ORDER BY reader"))

    def retracted(self) -> tuple[str, ...]:
        """Return the ids of the articles that were taken out."""
        with store_errors(self.path / FILE):
            return tuple(row[0] for row in self._db.execute("SELECT article FROM retractions ORDER BY article"))

    def faults(self) -> list[str]:
        """Return what is wrong with the file itself: SQLite's own check, and every stored article and reading against its digest."""
        with store_errors(self.path / FILE):
            found = [row[0] for row in self._db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        return found or self._altered()

    def _altered(self) -> list[str]:
        try:
            for _ in self.pairs():
                pass
        except StoreError as error:
            return [str(error)]
        return []
