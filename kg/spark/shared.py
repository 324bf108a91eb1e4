"""Seventh phase: the entities that articles share, each from the counted notes of all articles about it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from kg.graph.merge import depends_on, merged, merged_places
from kg.graph.shared import instructions_of
from kg.model.base import Entity
from kg.model.entities import Directive, Redirect
from kg.resolved.work import notes_of, own_of
from kg.spark.frames import Row, Rows, groups, keyed, mapped
from kg.spark.stage import Run

_NOTE: Final = "entity string, attribute string, value string, count long"
_ENTITY: Final = "class string, id string, data binary"


def shared(run: Run, facts: DataFrame, redirects: DataFrame, marks: DataFrame) -> DataFrame:
    """Return the entities that articles share, and the redirects to them and to articles (class, id, data)."""
    notes = (
        mapped(facts.select("notes"), _notes, _NOTE)
        .unionByName(_unsaid(facts, marks))
        .groupBy("entity", "attribute", "value")
        .agg(F.sum("count").alias("count"))
        .where("count > 0")
    )
    tally = run.kept(notes, "entities", "work/tally")
    others = tally.where("entity NOT LIKE 'place/%'")
    made = keyed(others.unionByName(_known(others)), _merged, _ENTITY, "entity", "attribute", "value")
    places = tally.where("entity LIKE 'place/%' AND attribute = 'province'").select("entity", "value").collect()
    entities = made.unionByName(run.frame(_places(places), _ENTITY))
    kept = run.kept(entities, "entities", "work/entities")
    there = kept.select("id").unionByName(facts.select(F.col("article").alias("id")))
    return kept.unionByName(_leads(redirects, there))


def _unsaid(facts: DataFrame, marks: DataFrame) -> DataFrame:
    """What the directives that only repeat others had noted, to be taken off."""
    repeats = marks.where("what = 'repeats'").groupBy("article").agg(F.collect_list("id").alias("ids"))
    own = facts.select("article", F.explode("own").alias("own")).where("own.class = 'Directive'")
    return mapped(own.join(repeats, "article").select("own.data", "ids"), _unsaid_notes, _NOTE)


def _unsaid_notes(rows: Rows) -> Iterator[Row]:
    for data, ids in rows:
        for one in own_of(Directive, data):
            if isinstance(one, Directive) and one.id in ids:
                yield from ((*note, -count) for note, count in instructions_of(one).items())


def _known(notes: DataFrame) -> DataFrame:
    """What of the bodies and documents that an entity may point at is in the graph, as notes of that entity with an empty attribute."""
    pointing = notes.where("entity LIKE 'agency/%' OR entity LIKE 'doc/%'")
    needs = keyed(pointing, _needs, "target string, entity string", "entity", "attribute", "value")
    there = pointing.select(F.col("entity").alias("target")).distinct()
    return needs.join(there, "target", "leftsemi").selectExpr(
        "entity", "'' AS attribute", "target AS value", "0L AS count"
    )


def _leads(redirects: DataFrame, ids: DataFrame) -> DataFrame:
    """Of several leads from one id the last source counts: a person's decision (3), the article (2), the linking of persons (1),
    a form of an article (0)."""
    lead_to = redirects.join(ids.select(F.col("id").alias("new")), "new", "leftsemi")
    missing = lead_to.join(ids.select(F.col("id").alias("old")), "old", "leftanti")
    last = missing.groupBy("old").agg(F.max_by("new", "source").alias("new"))
    return mapped(last.select("old", "new"), _redirects, _ENTITY)


def _notes(rows: Rows) -> Iterator[Row]:
    for (data,) in rows:
        yield from ((*note, count) for note, count in notes_of(data).items())


def _noted(rows: Iterable[Row]) -> dict[str, Counter[str]]:
    noted: dict[str, Counter[str]] = {}
    for _, attribute, value, count in rows:
        noted.setdefault(attribute, Counter())[value] = count
    return noted


def _needs(rows: Rows) -> Iterator[Row]:
    for entity, notes in groups(rows):
        yield from ((target, entity) for target in sorted(depends_on(entity, _noted(notes))))


def _merged(rows: Rows) -> Iterator[Row]:
    for entity, notes in groups(rows):
        noted = _noted(notes)
        known = noted.pop("", Counter())
        yield _row(merged(entity, noted, known.__contains__))


def _places(notes: Iterable[Row]) -> list[Row]:
    noted: dict[str, list[str]] = {}
    for entity, value in sorted(notes):
        noted.setdefault(entity, []).append(value)
    return [_row(place) for place in sorted(merged_places(noted), key=lambda place: place.id)]


def _redirects(rows: Rows) -> Iterator[Row]:
    yield from (_row(Redirect(id=old, target=new)) for old, new in rows)


def _row(entity: Entity) -> Row:
    return type(entity).__name__, entity.id, entity.model_dump_json(exclude_defaults=True).encode()
