"""What is kept of near-duplicates (`kg.identify.forms`), one cluster after the other; the driver holds the ids of near-duplicates only."""

from collections.abc import Iterator
from functools import partial

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from kg.home.reviews import Reviews, reviewed
from kg.home.rows import Stored
from kg.identify.forms import Form, forms_of
from kg.spark.alone import STORED
from kg.spark.frames import Row, Rows, groups, keyed
from kg.spark.stage import Run

_FORM = "article string, cluster string, rank int, kept string"


def forms(run: Run, readings: DataFrame, twins: DataFrame) -> DataFrame:
    """Return the form of each near-duplicate."""
    members = readings.select(*STORED).join(twins, "article")
    step = partial(_formed, run.reviews)
    return run.kept(keyed(members.select("twin", *STORED), step, _FORM, "twin", "article"), "forms", "work/forms")


def collected(found: DataFrame) -> dict[str, Form]:
    """Return all forms, by article."""
    return {row[0]: Form(*row) for row in found.collect()}


def others(readings: DataFrame, found: DataFrame) -> DataFrame:
    """Return the articles that say nothing else than a kept one, beside that one (article, forms)."""
    hidden = found.where("article <> kept").select("article", "kept")
    stored = readings.select(*STORED).join(hidden, "article")
    gathered = F.sort_array(F.collect_list(F.struct(*STORED))).alias("forms")
    return stored.groupBy(F.col("kept").alias("of")).agg(gathered).withColumnRenamed("of", "article")


def _formed(reviews: Reviews, rows: Rows) -> Iterator[Row]:
    for cluster, members in groups(rows):
        pairs = (reviewed(Stored(*row), reviews).pair() for _, *row in members)
        yield from forms_of(cluster, [(article, reading.reviewed) for article, reading in pairs])
