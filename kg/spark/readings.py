"""First phase: pieces of sources -> articles, the form of each that counts, and its reading, written as Parquet."""

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final, NamedTuple

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from kg.errors import InputError
from kg.home.ingest import read_one
from kg.home.rows import article_of, article_row, decoding_data, sha256
from kg.model.article import Article, Origin
from kg.spark.frames import Row, Rows, groups, keyed, mapped
from kg.spark.pieces import Given, Piece, items_of, line_ends, numbered

_ITEMS: Final = (
    "article string, piece int, number long, source string, locator string, loader string, decoding string, "
    "digest string, facts int, record_id string, data binary, reason string"
)
_READINGS: Final = (
    "article string, variant string, record_id string, data binary, reader string, digest string, reading binary, "
    "seconds double, counts map<string, long>, "
    "sources array<struct<source: string, locator: string, loader: string, digest: string, outcome: string, "
    "reason: string, decoding: string>>"
)


class Item(NamedTuple):
    """One item of a piece: an article as its source gives it, or (`article` is then empty) why there is none."""

    article: str
    piece: int
    number: int
    source: str
    locator: str
    loader: str = ""
    decoding: str | None = None
    digest: str = ""
    facts: int = 0
    record_id: str | None = None
    data: bytes | None = None
    reason: str | None = None


@dataclass(slots=True)
class Taken:
    """One article over all its sources: the last form that each source gives, and what became of each item, as `kg.home` counts."""

    sources: dict[tuple[str, str], tuple[Item, str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, item: Item) -> str:
        """Take in the next item of the article, and return as what it counts; the order of items is that of the sources."""
        key = (item.source, item.locator)
        told = self.sources[key][0].digest if key in self.sources else None
        counted: str = (
            "new" if not self.sources else "duplicates" if told is None else "unchanged" if told == item.digest else "updated"
        )  # fmt: skip
        self.counts[counted] = self.counts.get(counted, 0) + 1
        if counted != "unchanged":
            self.sources[key] = (item, "duplicate" if counted == "duplicates" else "read")
        return counted

    def fail(self, digest: str) -> None:
        """Note that the form with this digest could not be read."""
        self.sources = {
            key: (item, "failed" if item.digest == digest else told) for key, (item, told) in self.sources.items()
        }
        self.counts["new"] -= 1
        self.counts["failed"] = 1

    def form(self) -> Item:
        """Return the form that counts: most known fields, then smallest digest (see `kg/home/migrations`)."""
        return min((item for item, _ in self.sources.values()), key=lambda item: (-item.facts, item.digest))


def limited(session: SparkSession, pieces: Sequence[Piece], given: Given, size: int, limit: int) -> list[Piece]:
    """Return the pieces that hold the first `limit` items, the last of them cut short; twice as many are looked at as the time before."""
    found: list[Piece] = []
    looked_at, left = 0, limit
    while left > 0 and looked_at < len(pieces):
        some = [replace(piece, most=left) for piece in pieces[looked_at : 2 * looked_at + 1]]
        counts: dict[int, int] = dict(
            mapped(_frame(session, some, size), partial(_held, given), "piece int, items int").collect()
        )
        for number, piece in enumerate(some):
            taken = min(counts[number], left)
            left -= taken
            # what comes first in a file is needed to number the lines of the rest
            found.append(replace(piece, most=taken))
            if not left:
                break
        looked_at += len(some)
    return found


def _held(given: Given, rows: Rows) -> Iterator[Row]:
    for number, data in rows:
        yield number, sum(1 for _ in items_of(pickle.loads(data), given))


def items(session: SparkSession, pieces: Sequence[Piece], given: Given, size: int) -> DataFrame:
    """Return all items of the pieces, in tasks of about `size` bytes."""
    ends: dict[int, int] = {}
    if any(piece.form == "lines" for piece in pieces):
        counted = mapped(_frame(session, pieces, size), _count, "piece int, ends long")
        ends = dict(counted.collect())
    pieces = numbered(pieces, [ends.get(number, 0) for number in range(len(pieces))])
    return mapped(_frame(session, pieces, size), partial(_load, given), _ITEMS)


def _frame(session: SparkSession, pieces: Sequence[Piece], size: int) -> DataFrame:
    rows = [(number, pickle.dumps(piece)) for number, piece in enumerate(pieces)]
    tasks = packed(rows, [piece.size for piece in pieces], size)
    return session.createDataFrame(
        session.sparkContext.parallelize(tasks, max(1, len(tasks))).flatMap(list), "piece int, data binary"
    )


def packed(rows: Sequence[Row], sizes: Sequence[int], size: int) -> list[list[Row]]:
    """Return rows in lists of about `size` in all.

    >>> packed(["a", "b", "c"], [2, 9, 9], 10)
    [['a', 'b'], ['c']]
    """
    found: list[list[Row]] = []
    held = size
    for row, one in zip(rows, sizes, strict=True):
        if held >= size:
            found.append([])
            held = 0
        found[-1].append(row)
        held += one
    return found


def _count(rows: Rows) -> Iterator[Row]:
    for number, data in rows:
        piece = pickle.loads(data)
        yield number, line_ends(piece) if piece.form == "lines" else 0


def _load(given: Given, rows: Rows) -> Iterator[Row]:
    for piece, data in rows:
        for number, found in enumerate(items_of(pickle.loads(data), given)):
            yield item_of(piece, number, found)


def item_of(piece: int, number: int, found: Article | InputError) -> Item:
    if isinstance(found, InputError):
        return Item("", piece, number, found.source, found.place or "", reason=found.reason)
    row, origin = article_row(found), found.origin
    told = (origin.source, origin.locator or "", origin.loader, decoding_data(origin))
    return Item(row.id, piece, number, *told, row.digest, row.facts, row.record_id, row.data)


def readings(found: DataFrame) -> DataFrame:
    """Return one row an article: its form that counts, the reading of that, and its sources."""
    return keyed(found.where("article <> ''"), _read, _READINGS, "article", "piece", "number")


def counted(found: DataFrame) -> DataFrame:
    """Return as what items without failure count (`name`, `count`), without reading them."""
    return keyed(passing(found), _counts, "name string, count long", "article", "piece", "number")


def passing(found: DataFrame) -> DataFrame:
    """Return the items that are articles, with what `Taken` needs of them to count."""
    return found.where("article <> ''").select("article", "piece", "number", "source", "locator", "digest")


def _counts(rows: Rows) -> Iterator[Row]:
    for _, given in groups(rows):
        taken = Taken()
        for row in given:
            taken.add(item_passing(row))
        yield from taken.counts.items()


def item_passing(row: Row) -> Item:
    """Return the item of a row of `passing`."""
    article, piece, number, source, locator, digest = row
    return Item(article, piece, number, source, locator, digest=digest)


def inputs_of(found: DataFrame, read: DataFrame) -> DataFrame:
    """Return where everything came from, as the table `sources` of a graph home has it."""
    columns = ("source", "locator", "article", "loader", "digest", "outcome", "reason", "decoding")
    listed = read.select("article", F.explode("sources").alias("one")).select("article", "one.*").select(*columns)
    failed = found.where("article = ''").groupBy("source", "locator", "article").agg(
        F.max_by("reason", F.struct("piece", "number")).alias("reason")
    )  # fmt: skip
    named = failed.selectExpr(
        "*", "'' AS loader", "'' AS digest", "'failed' AS outcome", "CAST(NULL AS string) AS decoding"
    )
    return listed.unionByName(named)


def _read(rows: Rows) -> Iterator[Row]:
    from kg.read import READER, read

    for _, given in groups(rows):
        taken = Taken()
        for row in given:
            taken.add(Item(*row))
        form = taken.form()
        outcome = read_one(read, _article(form))
        if outcome.data is None:
            taken.fail(form.digest)
        sources = [
            (item.source, item.locator, item.loader, item.digest, told, None if told != "failed" else outcome.reason, item.decoding)
            for item, told in taken.sources.values()
        ]  # fmt: skip
        digest = sha256(outcome.data) if outcome.data is not None else None
        read_by = (READER, digest, outcome.data, outcome.seconds)
        counts = list(taken.counts.items())
        yield form.article, form.digest, form.record_id, form.data, *read_by, counts, sources


def _article(form: Item) -> Article:
    origin = Origin(loader=form.loader, source=form.source, locator=form.locator or None)
    assert form.data is not None
    return article_of(form.data, form.digest, origin)
