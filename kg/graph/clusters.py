"""Marks what several articles report: near-duplicate articles, one directive told twice, one meeting in several reports."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.graph.fragments import Fragment
from kg.graph.shared import Notes, instructions_of
from kg.identify.decisions import PersonDecisions
from kg.identify.forms import article_of, repeated
from kg.identify.resolve import Resolved
from kg.identify.same import MeetingReport, Report, cluster_directives, cluster_meetings, shared_ids
from kg.model.base import Entity
from kg.model.entities import ArticleNode, Directive, Meeting, Mention


@dataclass(frozen=True, slots=True)
class Marks:
    """What other articles say of an article's own entities: the cluster of each that has one, the directives and meetings that only
    repeat another article's (each with the one that is kept), and the articles that repeat a kept one. All by id."""

    same_as: Mapping[str, str] = field(default_factory=dict)
    repeats: Mapping[str, str] = field(default_factory=dict)
    also_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, clusters: Mapping[str, str], repeats: Mapping[str, str]) -> "Marks":
        """Return the marks of clusters and repeats; a cluster of which one is left is none."""
        left = Counter(cluster for ident, cluster in clusters.items() if ident not in repeats)
        also: defaultdict[str, set[str]] = defaultdict(set)
        for ident, kept in repeats.items():
            also[kept].add(article_of(ident))
        return cls(
            {i: cluster for i, cluster in clusters.items() if i not in repeats and left[cluster] > 1},
            repeats,
            {kept: tuple(sorted(articles)) for kept, articles in also.items()},
        )


def clustered(fragments: Iterable[Fragment], resolved: Resolved) -> tuple[list[Entity], Notes]:
    """Return the articles' own entities, marked, and the notes that the directives left out had made."""
    own: list[Entity] = []
    reports: list[Report] = []
    meetings: list[MeetingReport] = []
    for fragment in fragments:
        own += fragment.own
        reports += reports_of(fragment, resolved.twins.get(fragment.article))
        meetings += meetings_of(fragment, resolved.twins.get(fragment.article))
    told = cluster_directives(reports, PersonDecisions.of(resolved.decisions, "directive/"))
    met = cluster_meetings(meetings, given_in(reports, told), PersonDecisions.of(resolved.decisions, "meeting/"))
    articles = {e.id: resolved.twins[e.id] for e in own if isinstance(e, ArticleNode) and e.id in resolved.twins}
    marks = Marks.of({**told, **met, **articles}, repeated(told, resolved.forms) | repeated(met, resolved.forms))
    unsaid = Notes()
    for entity in own:
        if isinstance(entity, Directive) and entity.id in marks.repeats:
            unsaid.update(instructions_of(entity))
    return list(marked(own, marks)), unsaid


def reports_of(fragment: Fragment, twin: str | None) -> Iterator[Report]:
    """Yield each directive of an article with what it is compared by; `twin` is its cluster of near-duplicates."""
    for entity in fragment.own:
        if isinstance(entity, Directive):
            posts = (fragment.post_of(membership) for membership in entity.capacity)
            yield report_of(entity, posts, twin)


def report_of(directive: Directive, posts: Iterable[str | None], twin: str | None) -> Report:
    """Return a directive with what it is compared by; `posts` are those in which its issuers act."""
    actors = shared_ids([*directive.issuers, *filter(None, posts)])
    return Report(
        directive.id,
        directive.article,
        directive.content,
        tuple(sorted(shared_ids(directive.addressees))),
        directive.date,
        directive.meeting,
        tuple(sorted(actors)),
        twin,
    )


def meetings_of(fragment: Fragment, twin: str | None) -> Iterator[MeetingReport]:
    """Yield each meeting of an article with what it is compared by."""
    return (MeetingReport(e, fragment.article, twin) for e in fragment.own if isinstance(e, Meeting))


def given_in(reports: Iterable[Report], clusters: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return the clusters of directives that were given in each meeting."""
    given: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        if report.meeting and report.id in clusters:
            given[report.meeting].add(clusters[report.id])
    return {meeting: frozenset(found) for meeting, found in given.items()}


def marked(entities: Iterable[Entity], marks: Marks) -> Iterator[Entity]:
    """Yield an article's own entities as `marks` have them, without what repeats another article's; what points there points at that one."""
    for entity in entities:
        if entity.id not in marks.repeats:
            changes = _changes(entity, marks)
            yield entity.model_copy(update=changes) if changes else entity


def _changes(entity: Entity, marks: Marks) -> dict[str, object]:
    changes: dict[str, object] = {}
    if isinstance(entity, Mention):
        return {"body": marks.repeats[entity.body]} if entity.body in marks.repeats else changes
    if isinstance(entity, ArticleNode | Directive | Meeting) and (same_as := marks.same_as.get(entity.id)):
        changes["same_as"] = same_as
    if isinstance(entity, Directive):
        if also_in := marks.also_in.get(entity.id):
            changes["also_in"] = also_in
        if entity.meeting and entity.meeting in marks.repeats:
            changes["meeting"] = marks.repeats[entity.meeting]
    return changes
