"""Third phase: near-duplicates. Articles that keep one hash meet (a shuffle by hash), those that share enough are compared by their texts."""

from collections.abc import Iterator
from itertools import combinations, islice
from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from kg.home.rows import article_of
from kg.identify.duplicates import CROWD, SHARED, is_reprint, joined
from kg.model.article import Article, Origin
from kg.spark.frames import Row, Rows, groups, keyed, mapped
from kg.spark.stage import Run

_PAIR: Final = "one string, other string"


def twins(run: Run, readings: DataFrame, alone: DataFrame) -> DataFrame:
    """Return the cluster of each article that has near-duplicates. The driver holds the pairs that are one report, and nothing else."""
    run.begin("twins")
    kept = alone.select(F.explode("sketch").alias("value"), "article")
    pairs = keyed(kept, _met, _PAIR, "value", "article").groupBy("one", "other").count().where(f"count >= {SHARED}")
    texts = readings.select("article", *_TEXT)
    sides = pairs.select("one", "other")
    for side in ("one", "other"):
        named = texts.select(F.col("article").alias(side), *(F.col(c).alias(f"{side}_{c}") for c in _TEXT))
        sides = sides.join(named, side)
    wanted = [
        side if column == "article" else f"{side}_{column}"
        for side in ("one", "other")
        for column in ("article", *_TEXT)
    ]
    found = mapped(sides.select(*wanted), _compared, _PAIR).collect()
    return run.frame(sorted(joined((row[0], row[1]) for row in found).items()), "article string, twin string")


_TEXT: Final = ("variant", "data")


def _met(rows: Rows) -> Iterator[Row]:
    for _, holders in groups(rows):
        crowd = [article for _, article in islice(holders, CROWD + 1)]
        if len(crowd) <= CROWD:
            yield from combinations(crowd, 2)


def _compared(rows: Rows) -> Iterator[Row]:
    for one, variant, data, other, other_variant, other_data in rows:
        if is_reprint(_article(variant, data), _article(other_variant, other_data)):
            yield one, other


def _article(variant: str, data: bytes) -> Article:
    return article_of(data, variant, Origin(loader="", source=""))
