"""What is done for each article, in processes of their own: pure functions from bytes to rows. Spark runs the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from heapq import nsmallest
from typing import Any, Final, NamedTuple

import orjson
from pydantic import TypeAdapter

from kg.graph.clusters import Marks, marked, meetings_of, reports_of
from kg.graph.fragments import fragment_of
from kg.graph.nquads import nquads
from kg.home.rows import Stored
from kg.identify.career import Seen
from kg.identify.decisions import Renames
from kg.identify.duplicates import SHORTEST, SKETCH, body_of, shingles
from kg.identify.local import Local, localize
from kg.identify.persons import Official
from kg.identify.same import MeetingReport, Report
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES, ArticleNode, Directive, Meeting, Mention, Statement

OWN: Final[tuple[type[Entity], ...]] = (Meeting, ArticleNode, Directive, Statement, Mention)
"""The classes whose entities belong to one article each."""

FINAL: Final[tuple[type[Entity], ...]] = (ArticleNode, Statement, Mention)
"""Those of which other articles say nothing, unless the article has near-duplicates."""


class LocalRow(NamedTuple):
    """An article by itself: its day, the sketch of its text (none: too short to compare), its officials (name, data), its redirects."""

    article: str
    checksum: str
    day: str
    sketch: tuple[int, ...]
    officials: tuple[tuple[str, bytes], ...]
    redirects: tuple[tuple[str, str], ...]


class ReportRow(NamedTuple):
    """A directive or a meeting, what it is compared by, its data, and the day about which it is compared on each ground."""

    kind: str
    id: str
    grounds: tuple[str, ...]
    data: bytes
    days: tuple[str, ...]


class FragmentRow(NamedTuple):
    """What one article adds: its own entities by class, its notes, its reports, and its directives with their meetings.

    `quads` are the N-Quads of what is `FINAL` of it, where they were asked for.
    """

    article: str
    own: dict[str, bytes]
    notes: bytes
    reports: tuple[ReportRow, ...]
    given: tuple[tuple[str, str], ...]
    quads: bytes = b""


class ToAssemble(NamedTuple):
    """An article with the ids of its officials as persons, its cluster of near-duplicates, and those of them that say nothing else."""

    stored: Stored
    persons: tuple[str, ...]
    twin: str | None
    forms: tuple[Stored, ...] = ()


def localized(renames: Renames, batch: Sequence[Stored]) -> list[LocalRow]:
    """Understand articles by themselves."""
    return [_local_row(stored, localize(*stored.pair(), renames)) for stored in batch]


def _local_row(stored: Stored, local: Local) -> LocalRow:
    found = shingles(body_of(local.article))
    return LocalRow(
        stored.id,
        stored.checksum,
        (local.article.published or "")[:10],
        tuple(nsmallest(SKETCH, found)) if len(found) >= SHORTEST else (),
        tuple((official.name, _official_data(official)) for official in local.officials()),
        tuple(dict(local.redirects()).items()),
    )


def _official_data(one: Official) -> bytes:
    return orjson.dumps([one.posts, [tuple(seen) for seen in one.seen], one.former, one.day, one.place])


def official_of(name: str, article: str, number: int, data: bytes, twin: str | None) -> Official:
    """Return an official from its row."""
    posts, seen, former, day, place = orjson.loads(data)
    return Official(
        article, number, name, tuple(posts), tuple(Seen(*one) for one in seen), tuple(former), day, place, twin
    )


def assembled(renames: Renames, batch: Sequence[ToAssemble], *, tell: bool = False) -> list[FragmentRow]:
    """Make what articles add to the graph; with the N-Quads of what is final of it, where `tell` says so."""
    return [_fragment_row(one, localize(*one.stored.pair(), renames), tell) for one in batch]


def _fragment_row(one: ToAssemble, local: Local, tell: bool) -> FragmentRow:
    fragment = fragment_of(local, one.persons, [form.pair()[0] for form in one.forms])
    by_class: dict[type[Entity], list[Entity]] = {cls: [] for cls in OWN}
    for entity in fragment.own:
        by_class[type(entity)].append(entity)
    reports = [
        ReportRow("directives", r.id, r.grounds, _report_data(r), tuple(map(r.day_at, r.grounds)))
        for r in reports_of(fragment, one.twin)
    ]
    reports += [
        ReportRow("meetings", m.of.id, m.grounds, _meeting_data(m), ("",) * len(m.grounds))
        for m in meetings_of(fragment, one.twin)
    ]
    return FragmentRow(
        fragment.article,
        {cls.__name__: own_data(cls, entities) for cls, entities in by_class.items() if entities},
        orjson.dumps([(*note, count) for note, count in fragment.notes.items()]),
        tuple(row for row in reports if row.grounds),
        tuple((d.id, d.meeting) for d in fragment.own if isinstance(d, Directive) and d.meeting),
        "".join(nquads(e) for e in fragment.own if isinstance(e, FINAL)).encode() if tell and not one.twin else b"",
    )


def _report_data(report: Report) -> bytes:
    return orjson.dumps([report.content, report.addressees, report.date, report.meeting, report.actors, report.twin])


def _meeting_data(report: MeetingReport) -> bytes:
    return report.of.model_dump_json(exclude_defaults=True).encode()


def report_of_row(ident: str, article: str, data: bytes) -> Report:
    """Return a directive's report from its row."""
    content, addressees, date, meeting, actors, twin = orjson.loads(data)
    return Report(ident, article, content, tuple(addressees), date, meeting, tuple(actors), twin)


def meeting_of_row(article: str, data: bytes, twin: str | None) -> MeetingReport:
    """Return a meeting's report from its row."""
    return MeetingReport(Meeting.model_validate_json(data), article, twin)


@cache
def _adapter(cls: type[Entity]) -> TypeAdapter[Any]:
    return TypeAdapter(list[cls])  # type: ignore[valid-type]  # the class is known at run time only


def own_data(cls: type[Entity], entities: Iterable[Entity]) -> bytes:
    """Return the entities of one class of one article as bytes, sorted by id."""
    data: bytes = _adapter(cls).dump_json(sorted(entities, key=lambda e: e.id), exclude_defaults=True)
    return data


def own_of(cls: type[Entity], data: bytes) -> list[Entity]:
    """Return the entities that `own_data` wrote."""
    found: list[Entity] = _adapter(cls).validate_json(data)
    return found


def notes_of(data: bytes) -> Counter[tuple[str, str, str]]:
    """Return the notes of an article."""
    return Counter({(entity, what, value): count for entity, what, value, count in orjson.loads(data)})


class ToWrite(NamedTuple):
    """Entities of one class as bytes, with what other articles say of them."""

    cls: str
    data: bytes
    marks: Marks


def written(batch: Sequence[ToWrite]) -> bytes:
    """Return entities as N-Quads."""
    return "".join(nquads(entity) for one in batch for entity in entities_of(one)).encode()


def entities_of(one: ToWrite) -> Iterator[Entity]:
    """Yield the entities, marked."""
    return marked(own_of(_classes()[one.cls], one.data), one.marks)


@cache
def _classes() -> dict[str, type[Entity]]:
    return {cls.__name__: cls for cls in ENTITY_CLASSES}
