"""Puts articles and their readings into the truth: batch by batch, each batch one transaction, so that a kill loses at most the batch
that was under way, and running the same command again finishes the work."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from time import perf_counter
from typing import Final, NamedTuple

from kg.errors import InputError
from kg.home.database import transaction
from kg.home.known import Known, source_key
from kg.home.rows import ArticleRow, article_row, decoding_data, reading_data, sha256
from kg.home.summary import Summary
from kg.home.workers import map_ordered
from kg.model.article import Article, Origin
from kg.model.reading import Reading

Read = Callable[[Article], Reading]

BATCH: Final = 32
"""Items of one transaction, and articles that one process reads at a time."""


class Outcome(NamedTuple):
    """The result of reading one article: `data` is the reading's JSON, or None with the reason."""

    data: bytes | None
    reason: str = ""
    seconds: float = 0.0


class Item(NamedTuple):
    """What became of one item of a build; `seconds` is how long reading took, 0 where nothing was read."""

    source: str
    locator: str | None
    article: str | None
    outcome: str
    reason: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch on its way: its items, and the rows of its articles by their place in `items`."""

    items: tuple[Article | InputError, ...]
    rows: dict[int, ArticleRow]


Work = dict[int, Article]
"""The articles of a batch that are to be read, by their place in it: all that a worker gets."""


@dataclass(slots=True)
class Ingest:
    """One run over one open truth."""

    db: sqlite3.Connection
    read: Read
    reader: str
    force: bool = False
    on_item: Callable[[Item], None] = lambda item: None
    summary: Summary = field(default_factory=Summary)
    _under_way: set[tuple[str, str]] = field(default_factory=set)
    _forced: set[tuple[str, str]] = field(default_factory=set)
    _last_source: str | None = None
    _known: Known = field(init=False)

    def __post_init__(self) -> None:
        self._known = Known(self.db)

    def run(
        self,
        items: Iterable[Article | InputError],
        *,
        workers: int = 1,
        on_error: Callable[[InputError], None] = lambda error: None,
        on_batch: Callable[[Summary], None] = lambda summary: None,
    ) -> Summary:
        """Put `items` in; `on_error` hears of each that failed, `on_batch` of the counts after each transaction."""
        jobs = (self._plan(batch) for batch in _batches(items))
        for batch, outcomes in map_ordered(partial(_read_work, self.read), jobs, workers=workers):
            for error in self._store(batch, outcomes or {}):
                on_error(error)
            on_batch(self.summary)
        return self.summary

    def _plan(self, items: tuple[Article | InputError, ...]) -> tuple[Batch, Work]:
        articles = {n: item for n, item in enumerate(items) if isinstance(item, Article)}
        rows = {n: article_row(article) for n, article in articles.items()}
        return Batch(items, rows), {n: articles[n] for n, row in rows.items() if self._must_read(row)}

    def _must_read(self, row: ArticleRow) -> bool:
        form = (row.id, row.digest)
        if form in self._under_way or form in self._forced:
            return False
        if self.force:
            self._forced.add(form)
        elif self._known.is_retracted(row.id) or self._known.is_read(row, self.reader):
            return False
        self._under_way.add(form)
        return True

    def _store(self, batch: Batch, outcomes: dict[int, Outcome]) -> list[InputError]:
        """Write one batch in one transaction; return what failed."""
        before = replace(self.summary)
        errors: list[InputError] = []
        items: list[Item] = []
        try:
            with transaction(self.db):
                for number, item in enumerate(batch.items):
                    counts = replace(self.summary)
                    row, outcome = batch.rows.get(number), outcomes.get(number)
                    error = self._item(item, row, outcome)
                    items.append(_told(item, row, outcome, error, self.summary.difference(counts)))
                    if error:
                        errors.append(error)
        except BaseException:
            self.summary = before
            raise
        self._under_way.difference_update((row.id, row.digest) for row in batch.rows.values())
        for told in items:
            self.on_item(told)
        return errors

    def _item(self, item: Article | InputError, row: ArticleRow | None, outcome: Outcome | None) -> InputError | None:
        if isinstance(item, InputError) or row is None:
            assert isinstance(item, InputError)
            self._forget_failures(item.source)
            self._source_failed(item.source, item.place, item.reason)
            self.summary.failed += 1
            return item
        self._forget_failures(item.origin.source)
        if self._known.is_retracted(row.id):
            if not self.force:
                self.summary.retracted += 1
                return None
            self.db.execute("DELETE FROM retractions WHERE article = ?", (row.id,))
        return self._article(item.origin, row, outcome)

    def _article(self, origin: Origin, row: ArticleRow, outcome: Outcome | None) -> InputError | None:
        known, told = self._known.has(row.id), self._known.told(origin, row)
        if outcome is None and told == row.digest:
            self.summary.unchanged += 1
            return None
        self.db.execute(
            "INSERT OR IGNORE INTO articles (id, digest, facts, record_id, json) VALUES (?, ?, ?, ?, ?)", row
        )
        if outcome is not None and outcome.data is None:
            self._source(origin, row, "failed", outcome.reason)
            self.summary.failed += 1
            return InputError(origin.source, origin.locator, outcome.reason)
        self._source(origin, row, "duplicate" if known and told is None else "read", None)
        self._reading(row, outcome.data if outcome else None)
        self.summary.count(known=known, told=told, digest=row.digest, was_read=outcome is not None)
        return None

    def _reading(self, row: ArticleRow, data: bytes | None) -> None:
        """Store the reading if `row` is the form that counts; else, or without one, note whether that form is still to be read."""
        (counts,) = self.db.execute("SELECT digest FROM canonical WHERE id = ?", (row.id,)).fetchone()
        if data is not None and counts == row.digest:
            self.db.execute(
                "INSERT OR REPLACE INTO readings (article, variant, reader, digest, json) VALUES (?, ?, ?, ?, ?)",
                (row.id, row.digest, self.reader, sha256(data), data),
            )
        found = self.db.execute("SELECT variant FROM readings WHERE article = ?", (row.id,)).fetchone()
        statement = (
            "DELETE FROM pending WHERE article = ?"
            if found == (counts,)
            else "INSERT OR IGNORE INTO pending VALUES (?)"
        )
        self.db.execute(statement, (row.id,))

    def _forget_failures(self, source: str) -> None:
        """Drop what was noted against a source when its first item comes in: what still fails is noted again."""
        if source != self._last_source:
            self.db.execute("DELETE FROM sources WHERE source = ? AND article = ''", (source,))
            self._last_source = source

    def _source(self, origin: Origin, row: ArticleRow, outcome: str, reason: str | None) -> None:
        self.db.execute(
            "INSERT OR REPLACE INTO sources (source, locator, article, loader, digest, outcome, reason, decoding) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*source_key(origin, row), origin.loader, row.digest, outcome, reason, decoding_data(origin)),
        )
        # a form that no source gives any longer (a corrected date or place) must not outweigh the one that it gives now
        self.db.execute(
            "DELETE FROM articles WHERE id = ?1 AND NOT EXISTS "
            "(SELECT 1 FROM sources WHERE article = ?1 AND digest = articles.digest)",
            (row.id,),
        )

    def _source_failed(self, source: str, place: str | None, reason: str) -> None:
        self.db.execute(
            "INSERT OR REPLACE INTO sources (source, locator, article, loader, digest, outcome, reason) "
            "VALUES (?, ?, '', '', '', 'failed', ?)",
            (source, place or "", reason),
        )


def _batches(items: Iterable[Article | InputError]) -> Iterator[tuple[Article | InputError, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


def _read_work(read: Read, work: Work) -> dict[int, Outcome]:
    """Read the articles of a batch; runs in a worker."""
    return {number: read_one(read, article) for number, article in work.items()}


def _told(
    item: Article | InputError, row: ArticleRow | None, outcome: Outcome | None, error: InputError | None, counted: str
) -> Item:
    seconds = outcome.seconds if outcome else 0.0
    if isinstance(item, InputError):
        return Item(item.source, item.place, None, counted, item.reason)
    reason = error.reason if error else None
    return Item(item.origin.source, item.origin.locator, row.id if row else None, counted, reason, seconds)


def read_one(read: Read, article: Article) -> Outcome:
    """Read an article; what the reader raises becomes the reason why there is no reading."""
    start = perf_counter()
    try:
        return Outcome(reading_data(read(article)), seconds=perf_counter() - start)
    # one article that breaks the reader must not stop the others: it is stored, named, and tried again next time
    except Exception as error:
        return Outcome(None, f"the reader failed: {type(error).__name__}: {error}")
