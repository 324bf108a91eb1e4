"""`kg build --engine spark`: all phases, from sources to a folder of Parquet, N-Quads and CSV."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Final

import orjson
from pyspark import StorageLevel
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from kg.errors import InputError
from kg.home.ingest import Item
from kg.home.summary import Summary
from kg.spark.alone import alone
from kg.spark.facts import facts
from kg.spark.forms import forms
from kg.spark.outputs import entities, write_neo4j, write_nquads
from kg.spark.persons import persons
from kg.spark.pieces import PIECE, Given, planned
from kg.spark.readings import counted, inputs_of, items, limited, readings
from kg.spark.report import Page, failed_inputs, failed_readings, page_of
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
    """What is to be built: the sources, what the user says of them, how many of their items (None: all), and who hears of guesses and of
    failures; `report` asks for what the page of a build tells."""

    sources: tuple[str, ...]
    given: Given = field(default_factory=Given)
    limit: int | None = None
    tell: Callable[[str], None] = lambda message: None
    on_error: Callable[[InputError], None] = lambda error: None
    report: bool = False


def build(run: Run, work: Work) -> tuple[Summary, Page | None]:
    """Build the graph of the sources in the folder of `run`; return the counts, and the page where it was asked for.

    What can't be read is named and counted, and the rest goes on.
    """
    found = run.kept(_items(run, work), "load", "work/items")
    read = run.kept(readings(found), "read", "readings")
    run.kept(inputs_of(found, read), "read", "inputs")
    summary = _summary(read.select(F.explode("counts").alias("name", "count")), found)
    failed = [*failed_inputs(found, _NAMED), *failed_readings(read, _NAMED)]
    _name(failed, work.on_error)
    graph = resolve(run, read.where("reading IS NOT NULL"))
    run.text(run.frame([(orjson.dumps(asdict(summary)).decode(),)], "value string"), "summary", packed=False)
    page = page_of(run, found, read, graph, failed) if work.report else None
    run.remove("work")
    return summary, page


def count(run: Run, work: Work) -> Summary:
    """Return what `build` would count, failures of the reader aside; nothing is read or written."""
    run.begin("load")
    found = _items(run, work).drop("data").persist(StorageLevel.DISK_ONLY)
    try:
        _name(failed_inputs(found, _NAMED), work.on_error)
        return _summary(counted(found), found)
    finally:
        found.unpersist()


def _items(run: Run, work: Work) -> DataFrame:
    size = int(run.session.conf.get(PIECE_SETTING, str(PIECE)))
    pieces = planned(work.sources, work.given, work.tell, size)
    if work.limit is not None:
        pieces = limited(run.session, pieces, work.given, size, work.limit)
    return items(run.session, pieces, work.given, size)


def resolve(run: Run, read: DataFrame) -> DataFrame:
    """Resolve readings, write the graph, and return its entities."""
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
    return graph


def _summary(counts: DataFrame, found: DataFrame) -> Summary:
    summary = Summary(**dict(counts.groupBy("name").agg(F.sum("count")).collect()))
    summary.failed += found.where("article = ''").count()
    return summary


def _name(failed: Iterable[Item], on_error: Callable[[InputError], None]) -> None:
    for item in failed:
        on_error(InputError(item.source, item.locator, item.reason or ""))
