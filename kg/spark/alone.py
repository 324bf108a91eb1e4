"""Second phase: each article by itself: its day, the sketch of its text, its officials, its redirects."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Final

from pyspark.sql import DataFrame

from kg.home.reviews import Reviews, reviewed
from kg.home.rows import Stored
from kg.identify.decisions import Renames
from kg.resolved.work import localized
from kg.spark.frames import Row, Rows, mapped
from kg.spark.stage import Run

STORED: Final = ("article", "variant", "data", "digest", "reading")
"""The columns of a reading that make a `Stored`."""

_BATCH: Final = 32
_ALONE: Final = (
    "article string, day string, sketch array<long>, officials array<struct<name: string, data: binary>>, "
    "redirects array<struct<old: string, new: string>>"
)


def alone(run: Run, readings: DataFrame) -> DataFrame:
    """Return one row an article."""
    step = partial(_localized, run.renames, run.reviews)
    return run.kept(mapped(readings.select(*STORED), step, _ALONE), "local", "work/alone")


def _localized(renames: Renames, reviews: Reviews, rows: Rows) -> Iterator[Row]:
    while batch := [reviewed(Stored(*row), reviews) for row in islice(rows, _BATCH)]:
        for row in localized(renames, batch):
            yield row.article, row.day, list(row.sketch), list(row.officials), list(row.redirects)
