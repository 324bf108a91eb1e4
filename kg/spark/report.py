"""What the page of a build tells (`kg.home.report`), counted where the data lies."""

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from kg.home.ingest import Item
from kg.home.report import BuildReport, kind_of_reason
from kg.home.stats import UNKNOWN, Stats
from kg.model.entities import ENTITY_CLASSES, Agency, Directive, Place
from kg.spark.frames import Row, Rows, groups, keyed, mapped
from kg.spark.outputs import entities_in
from kg.spark.readings import Taken, item_passing, passing
from kg.spark.stage import Run

_LISTED: Final = 1_000
_SLOWEST: Final = 25
_COUNTS: Final = "what string, name string, count long"
_KEPT: Final = frozenset({"new", "updated"})


class Page(NamedTuple):
    """The items of a build, and the counts of its graph."""

    items: BuildReport
    stats: Stats


def failed_inputs(found: DataFrame, most: int) -> list[Item]:
    """Return the first inputs that could not be loaded, in the order of the sources."""
    rows = found.where("article = ''").orderBy("piece", "number").select("source", "locator", "reason").limit(most)
    return [Item(source, locator or None, None, "failed", reason) for source, locator, reason in rows.collect()]


def failed_readings(read: DataFrame, most: int) -> list[Item]:
    """Return the first articles over which the reader failed."""
    rows = _broken(read).select("source", "locator", "article", "reason").orderBy("source", "locator").limit(most)
    return [
        Item(source, locator or None, article, "failed", reason) for source, locator, article, reason in rows.collect()
    ]


def _broken(read: DataFrame) -> DataFrame:
    listed = read.where("reading IS NULL").select("article", F.explode("sources").alias("one"))
    return listed.where("one.outcome = 'failed'").select("article", "one.source", "one.locator", "one.reason")


def page_of(run: Run, found: DataFrame, read: DataFrame, graph: DataFrame, failed: list[Item]) -> Page:
    """Return the page of the build of the items `found`; `failed` are those that are listed."""
    run.begin("report")
    return Page(_items(found, read, failed), _stats(run, graph))


def _items(found: DataFrame, read: DataFrame, failed: list[Item]) -> BuildReport:
    report = BuildReport()
    passed_over = keyed(
        passing(found),
        _passed_over,
        "piece int, number long, source string, locator string, article string, outcome string",
        "article",
        "piece",
        "number",
    )
    for _, _, source, locator, article, outcome in passed_over.orderBy("piece", "number").limit(_LISTED).collect():
        report.item(Item(source, locator or None, article, outcome))
    form = F.expr("filter(sources, one -> one.digest = variant)[0]")
    were_read = read.where("reading IS NOT NULL").select("article", "seconds", form.alias("one"))
    slow = were_read.orderBy(F.desc("seconds"), "article").limit(_SLOWEST)
    for article, seconds, source, locator in slow.select("article", "seconds", "one.source", "one.locator").collect():
        report.item(Item(source, locator or None, article, "new", seconds=seconds))
    for item in failed[:_LISTED]:
        report.item(item)
    # what is listed is only the beginning
    reasons = found.where("article = ''").select("reason").unionByName(_broken(read).select("reason"))
    report.reasons = Counter(_summed(mapped(reasons, _kinds, _COUNTS))["reason"])
    report.reads, seconds = were_read.agg(F.count("article"), F.sum("seconds")).collect()[0]
    report.seconds = seconds or 0.0
    return report


def _passed_over(rows: Rows) -> Iterator[Row]:
    for article, given in groups(rows):
        taken = Taken()
        for row in given:
            item = item_passing(row)
            if (outcome := taken.add(item)) not in _KEPT:
                yield item.piece, item.number, item.source, item.locator, article, outcome


def _kinds(rows: Rows) -> Iterator[Row]:
    counts = Counter(kind_of_reason(reason) for (reason,) in rows)
    return (("reason", *one) for one in counts.items())


def _summed(counts: DataFrame) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {"reason": {}}
    for what, name, count in counts.groupBy("what", "name").agg(F.sum("count")).collect():
        found.setdefault(what, {})[name] = count
    return found


def _stats(run: Run, graph: DataFrame) -> Stats:
    counts = _summed(mapped(graph, _counted, _COUNTS))
    classes = counts.pop("classes", {})
    ordered = {cls.__name__: classes[cls.__name__] for cls in ENTITY_CLASSES if cls.__name__ in classes}
    found = Stats(
        classes=Counter(ordered), months=Counter(counts.get("months")), unresolved=Counter(counts.get("unresolved"))
    )
    found.outlets = Counter(counts.get("outlets"))
    told = run.kept(mapped(graph, _places, "what string, one string, other string"), "report", "work/places")
    acts, lies, named = (told.where(F.col("what") == what).drop("what") for what in ("acts", "lies", "named"))
    lies = lies.selectExpr("one AS body", "other AS place")
    named = named.selectExpr("one AS place", "other AS name")
    acting = acts.selectExpr("one AS directive", "other AS body").join(lies, "body").join(named, "place")
    at = acting.select("directive", "name").distinct()
    found.places = Counter(dict(at.groupBy("name").count().collect()))
    if elsewhere := found.classes[Directive.__name__] - at.select("directive").distinct().count():
        found.places[UNKNOWN] += elsewhere
    return found


def _counted(rows: Rows) -> Iterator[Row]:
    found = Stats()
    for entity in entities_in(rows):
        found.add(entity)
    for what in ("classes", "months", "outlets", "unresolved"):
        counts: Counter[str] = getattr(found, what)
        yield from ((what, name, count) for name, count in counts.items() if count)


def _places(rows: Rows) -> Iterator[Row]:
    """Who acts in which directive, where bodies lie, and what places are called."""
    for entity in entities_in(rows):
        if isinstance(entity, Directive):
            yield from (("acts", entity.id, one) for one in {*entity.issuers, *entity.addressees})
        elif isinstance(entity, Agency) and entity.place:
            yield "lies", entity.id, entity.place
        elif isinstance(entity, Place):
            yield "named", entity.id, entity.name
