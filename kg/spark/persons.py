"""Fourth phase: persons, one name after the other, wherever its officials were read."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from kg.identify.decisions import PersonDecisions
from kg.identify.persons import Linking, Official, Ref, link_explained
from kg.resolved.work import official_of
from kg.spark.frames import Row, Rows, groups, keyed
from kg.spark.stage import Run

_LINKED: Final = "article string, number int, person string, source string, old string, new string, decided boolean"
_OFFICIAL: Final = ("block", "article", "number", "name", "data", "twin")


def persons(run: Run, alone: DataFrame, twins: DataFrame) -> tuple[DataFrame, DataFrame]:
    """Return the ids of the persons of each article in the order of its officials, and the redirects (source, old, new)."""
    decided = PersonDecisions.of(run.decisions)
    listed = alone.select("article", F.posexplode("officials").alias("number", "official"))
    officials = listed.select("article", "number", "official.name", "official.data").join(twins, "article", "left")
    linked = _kept(run, officials.withColumn("block", F.col("name")), decided, "work/persons")
    if decided.sames:
        linked = _together(run, officials, linked, decided)
    each = linked.where("article IS NOT NULL").groupBy("article").agg(
        F.sort_array(F.collect_list(F.struct("number", "person"))).alias("persons")
    )  # fmt: skip
    return each.selectExpr("article", "persons.person AS persons"), linked.where("old IS NOT NULL").select(
        "source", "old", "new"
    )


def _kept(run: Run, officials: DataFrame, decided: PersonDecisions, name: str) -> DataFrame:
    step = partial(_linked, decided, frozenset(ident for pair in decided.sames for ident, _ in pair))
    frame = keyed(officials.select(*_OFFICIAL), step, _LINKED, "block", "article", "number")
    return run.kept(frame, "persons", name)


def _together(run: Run, officials: DataFrame, linked: DataFrame, decided: PersonDecisions) -> DataFrame:
    """Link the names that a person's decisions join in one go, as `kg.resolved.link` does."""
    names = linked.where("decided").select(F.expr("substring(source, 3)").alias("name")).distinct()
    again = _kept(
        run, officials.join(names, "name", "leftsemi").withColumn("block", F.lit("")), decided, "work/together"
    )
    return linked.where("NOT decided").unionByName(again)


def _linked(decided: PersonDecisions, ids: frozenset[str], rows: Rows) -> Iterator[Row]:
    for _, block in groups(rows):
        officials = [official_of(name, article, n, data, twin) for _, article, n, name, data, twin in block]
        linking = link_explained(officials, decided)
        source = f"1 {min(official.name for official in officials)}"
        joined = bool(ids & ({person.id for person in linking.persons.values()} | linking.redirects.keys()))
        yield from _rows(officials, linking, source, joined)


def _rows(officials: list[Official], linking: Linking, source: str, decided: bool) -> Iterator[Row]:
    for one in officials:
        yield one.article, one.number, linking.persons[Ref(one.article, one.number)].id, source, None, None, decided
    for old, new in linking.redirects.items():
        yield None, None, None, source, old, new, decided
