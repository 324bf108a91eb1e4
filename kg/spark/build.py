"""`kg build --engine spark`: all phases, from sources to a folder of Parquet, N-Quads and CSV."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Final

import orjson
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from kg.errors import InputError
from kg.home.summary import Summary
from kg.spark.alone import alone
from kg.spark.facts import facts
from kg.spark.forms import forms
from kg.spark.outputs import entities, write_neo4j, write_nquads
from kg.spark.persons import persons
from kg.spark.pieces import PIECE, Given, planned
from kg.spark.readings import inputs_of, items, readings
from kg.spark.reports import reports
from kg.spark.shared import shared
from kg.spark.stage import Run
from kg.spark.twins import twins

PIECE_SETTING: Final = "spark.chidao.pieceBytes"
"""Bytes of a file that one task loads (default 32 MB): set it with --conf."""

_NAMED: Final = 1_000
"""Failed inputs that are named; all are in OUT/inputs."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be built: the sources, what the user says of them, and who hears of guesses and of failures."""

    sources: tuple[str, ...]
    given: Given = field(default_factory=Given)
    tell: Callable[[str], None] = lambda message: None
    on_error: Callable[[InputError], None] = lambda error: None


def build(run: Run, work: Work) -> Summary:
    """Build the graph of the sources in the folder of `run`; return the counts. What can't be read is named and counted, and the rest goes on."""
    size = int(run.session.conf.get(PIECE_SETTING, str(PIECE)))
    pieces = planned(work.sources, work.given, work.tell, size)
    found = run.kept(items(run.session, pieces, work.given, size), "load", "work/items")
    read = run.kept(readings(found), "read", "readings")
    run.kept(inputs_of(found, read), "read", "inputs")
    summary = _summary(read, found)
    _name(found, read, work.on_error)
    resolve(run, read.where("reading IS NOT NULL"))
    run.text(run.frame([(orjson.dumps(asdict(summary)).decode(),)], "value string"), "summary", packed=False)
    run.remove("work")
    return summary


def resolve(run: Run, read: DataFrame) -> None:
    """Resolve readings, and write the graph."""
    local = alone(run, read)
    same = run.kept(twins(run, read, local), "twins", "work/twins")
    linked, leads = persons(run, local, same)
    kept = forms(run, read, same)
    added = facts(run, read, linked, same, kept)
    marks = run.kept(reports(run, added, same, kept), "reports", "work/marks")
    found = local.select(F.expr("concat('2 ', article)").alias("source"), F.explode("redirects").alias("lead"))
    leads = leads.unionByName(found.select("source", "lead.old", "lead.new"))
    leads = leads.unionByName(
        kept.where("article <> kept").selectExpr("concat('0 ', article) AS source", "article AS old", "kept AS new")
    )
    decided = [("3", old, new) for old, new in sorted(run.renames.now.items())]
    leads = leads.unionByName(run.frame(decided, "source string, old string, new string"))
    graph = entities(added, shared(run, added, leads, marks), marks)
    run.begin("stores")
    write_nquads(run, graph)
    write_neo4j(run, graph)


def _summary(read: DataFrame, found: DataFrame) -> Summary:
    counted = read.select(F.explode("counts").alias("name", "count")).groupBy("name").agg(F.sum("count")).collect()
    summary = Summary(**{row[0]: row[1] for row in counted})
    summary.failed += found.where("article = ''").count()
    return summary


def _name(found: DataFrame, read: DataFrame, on_error: Callable[[InputError], None]) -> None:
    """Name what failed, in the order of the sources, what the reader failed over behind."""
    failed = found.where("article = ''").orderBy("piece", "number").select("source", "locator", "reason")
    broken = read.where("reading IS NULL").select(F.explode("sources").alias("one")).where("one.outcome = 'failed'")
    rows: Iterable[tuple[str, str, str]] = failed.limit(_NAMED).collect()
    more = broken.select("one.source", "one.locator", "one.reason").orderBy("source", "locator").limit(_NAMED).collect()
    for source, locator, reason in [*rows, *more]:
        on_error(InputError(source, locator or None, reason))
