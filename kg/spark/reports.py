"""Sixth phase: one directive told by several articles, one meeting in several reports, one ground after the other."""

from collections.abc import Iterator
from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from kg.graph.clusters import Marks
from kg.identify.decisions import PersonDecisions
from kg.identify.forms import Form, article_of, repeated
from kg.identify.same import clusters, directive_pairs, meeting_pairs
from kg.resolved.work import meeting_of_row, report_of_row
from kg.spark.forms import collected
from kg.spark.frames import Row, Rows, groups, keyed
from kg.spark.stage import Run

_PAIR: Final = "one string, other string"
_CLUSTERS: Final = "id string, cluster string"
_MARKS: Final = "article string, what string, id string, value string"


def reports(run: Run, facts: DataFrame, twins: DataFrame, forms: DataFrame) -> DataFrame:
    """Return what articles say of each other's directives and meetings and of each other (article, what, id, value): `what` is a part of
    `kg.graph.clusters.Marks`."""
    run.begin("reports")
    told = facts.select("article", F.explode("reports").alias("report")).select(
        F.explode("report.grounds").alias("ground"), "report.kind", "report.id", "article", "report.data"
    )
    directives = told.where("kind = 'directives'").select("ground", "id", "article", "data")
    same = _joined(run, keyed(directives, _directives, _PAIR, "ground", "id"), facts, "directives")
    given = facts.select(F.explode("given").alias("given")).select("given.directive", "given.meeting")
    clusters_of = (
        given.join(same, given.directive == same.id)
        .groupBy(F.col("meeting").alias("id"))
        .agg(F.sort_array(F.collect_set("cluster")).alias("given"))
    )
    meetings = told.where("kind = 'meetings'").join(twins, "article", "left").join(clusters_of, "id", "left")
    wanted = meetings.select("ground", "id", "article", "data", "twin", "given")
    met = _joined(run, keyed(wanted, _meetings, _PAIR, "ground", "id"), facts, "meetings")
    return _marks(run, dict(_pairs(same)), dict(_pairs(met)), collected(forms))


def _pairs(frame: DataFrame) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in frame.collect()]


def _marks(run: Run, told: dict[str, str], met: dict[str, str], forms: dict[str, Form]) -> DataFrame:
    kept = {form.article: form.cluster for form in forms.values() if form.is_kept}
    found = Marks.of({**told, **met, **kept}, repeated(told, forms) | repeated(met, forms))
    rows = [("same_as", ident, cluster) for ident, cluster in found.same_as.items()]
    rows += [("repeats", ident, first) for ident, first in found.repeats.items()]
    rows += [("also_in", ident, article) for ident, articles in found.also_in.items() for article in articles]
    return run.frame(
        sorted((ident if ident in kept else article_of(ident), *row) for row in rows for ident in [row[1]]), _MARKS
    )


def _joined(run: Run, pairs: DataFrame, facts: DataFrame, kind: str) -> DataFrame:
    """Make clusters of pairs. The driver does it, over the pairs only: what a person decided makes their order matter."""
    decided = PersonDecisions.of(run.decisions, f"{kind.removesuffix('s')}/")
    ids = {ident for pair in decided.sames for ident, _ in pair}
    there = (
        frozenset(row[0] for row in _ids(facts, kind).where(F.col("id").isin(sorted(ids))).collect())
        if ids
        else frozenset()
    )
    found = [(row[0], row[1]) for row in pairs.distinct().collect()]
    return run.frame(sorted(clusters(found, there.__contains__, decided, kind).items()), _CLUSTERS)


def _ids(facts: DataFrame, kind: str) -> DataFrame:
    """The ids of all directives or meetings, whether they can be compared or not."""
    name = {"directives": "Directive", "meetings": "Meeting"}[kind]
    own = facts.select(F.explode("own").alias("own")).where(F.col("own.class") == name)
    return own.select(
        F.explode(F.from_json(F.col("own.data").cast("string"), "array<struct<id: string>>")).alias("one")
    ).select("one.id")


def _directives(rows: Rows) -> Iterator[Row]:
    for ground, group in groups(rows):
        told = (report_of_row(ident, article, data) for _, ident, article, data in group)
        yield from sorted(directive_pairs(ground, told))


def _meetings(rows: Rows) -> Iterator[Row]:
    for _, group in groups(rows):
        found = list(group)
        if len(found) > 1:
            given = {ident: frozenset(clusters or ()) for _, ident, _, _, _, clusters in found}
            yield from sorted(meeting_pairs((meeting_of_row(row[2], row[3], row[4]) for row in found), given))
