"""Fifth phase: what each article adds to the graph, with its persons and its cluster of near-duplicates."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Final

from pyspark.sql import DataFrame

from kg.home.reviews import Reviews, reviewed
from kg.home.rows import Stored
from kg.identify.decisions import Renames
from kg.resolved.work import ToAssemble, assembled
from kg.spark.alone import STORED
from kg.spark.forms import others
from kg.spark.frames import Row, Rows, mapped
from kg.spark.stage import Run

_BATCH: Final = 32
_FACTS: Final = (
    "article string, own array<struct<class: string, data: binary>>, notes binary, "
    "reports array<struct<kind: string, id: string, grounds: array<string>, data: binary>>, "
    "given array<struct<directive: string, meeting: string>>"
)


def facts(run: Run, readings: DataFrame, persons: DataFrame, twins: DataFrame, found: DataFrame) -> DataFrame:
    """Return one row an article; one of which `found`, the forms, has another kept adds nothing."""
    hidden = found.where("article <> kept").select("article")
    stored = readings.select(*STORED).join(hidden, "article", "leftanti")
    for more in (persons, twins, others(readings, found)):
        stored = stored.join(more, "article", "left")
    step = partial(_assembled, run.renames, run.reviews)
    return run.kept(mapped(stored.select(*STORED, "persons", "twin", "forms"), step, _FACTS), "facts", "work/facts")


def _assembled(renames: Renames, reviews: Reviews, rows: Rows) -> Iterator[Row]:
    while batch := [_job(reviews, row) for row in islice(rows, _BATCH)]:
        for row in assembled(renames, batch):
            reports = [(report.kind, report.id, list(report.grounds), report.data) for report in row.reports]
            yield row.article, list(row.own.items()), row.notes, reports, list(row.given)


def _job(reviews: Reviews, row: Row) -> ToAssemble:
    *stored, persons, twin, forms = row
    alike = tuple(Stored(*form.values()) for form in forms or ())
    return ToAssemble(reviewed(Stored(*stored), reviews), tuple(persons or ()), twin, alike)
