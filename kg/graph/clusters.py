"""Marks what several articles report: near-duplicate articles, one directive told twice, one meeting in several reports."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.graph.fragments import Fragment
from kg.identify.decisions import PersonDecisions
from kg.identify.resolve import Resolved
from kg.identify.same import MeetingReport, Report, cluster_directives, cluster_meetings, shared_ids
from kg.model.base import Entity
from kg.model.entities import ArticleNode, Directive, Meeting


def clustered(fragments: Iterable[Fragment], resolved: Resolved) -> Iterator[Entity]:
    """Yield the articles' own entities with `same_as` set where a cluster has them."""
    own: list[Entity] = []
    reports: list[Report] = []
    meetings: list[MeetingReport] = []
    for fragment in fragments:
        own += fragment.own
        reports += reports_of(fragment, resolved.twins.get(fragment.article))
        meetings += meetings_of(fragment, resolved.twins.get(fragment.article))
    told = cluster_directives(reports, PersonDecisions.of(resolved.decisions, "directive/"))
    met = cluster_meetings(meetings, given_in(reports, told), PersonDecisions.of(resolved.decisions, "meeting/"))
    names = {**told, **met, **resolved.twins}
    yield from (marked(entity, names) for entity in own)


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


def marked(entity: Entity, names: Mapping[str, str]) -> Entity:
    """Return an article's own entity with the cluster that `names` gives its id, if any."""
    if isinstance(entity, ArticleNode | Directive | Meeting) and entity.id in names:
        return entity.model_copy(update={"same_as": names[entity.id]})
    return entity
