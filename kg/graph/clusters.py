"""Marks what several articles report: near-duplicate articles, one directive told twice, one meeting in several reports."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.identify.decisions import PersonDecisions
from kg.identify.resolve import Resolved
from kg.identify.same import Report, cluster_directives, cluster_meetings, shared_ids
from kg.model.base import Entity
from kg.model.entities import ArticleNode, Directive, Meeting


def clustered(
    own: Iterable[Entity], meetings: list[tuple[str, Meeting]], posts: Mapping[str, str], resolved: Resolved
) -> Iterator[Entity]:
    """Yield the entities of all articles with `same_as` set where a cluster has them; `posts` are those of memberships, by id."""
    entities = list(own)
    directives = [e for e in entities if isinstance(e, Directive)]
    told = cluster_directives(reports(directives, posts, resolved.twins), _decided(resolved, "directive/"))
    given: dict[str, set[str]] = defaultdict(set)
    for directive in directives:
        if directive.meeting and directive.id in told:
            given[directive.meeting].add(told[directive.id])
    frozen = {meeting: frozenset(clusters) for meeting, clusters in given.items()}
    met = cluster_meetings(meetings, resolved.twins, frozen, _decided(resolved, "meeting/"))
    names = {**told, **met, **resolved.twins}
    yield from (_marked(entity, names) for entity in (*entities, *(meeting for _, meeting in meetings)))


def reports(directives: Iterable[Directive], posts: Mapping[str, str], twins: Mapping[str, str]) -> Iterator[Report]:
    """Yield each directive with what it is compared by."""
    for directive in directives:
        actors = shared_ids([*directive.issuers, *(posts[m] for m in directive.capacity if m in posts)])
        yield Report(directive, actors, twins.get(directive.article))


def _decided(resolved: Resolved, prefix: str) -> PersonDecisions:
    return PersonDecisions.of(resolved.decisions, prefix)


def _marked(entity: Entity, names: Mapping[str, str]) -> Entity:
    if isinstance(entity, ArticleNode | Directive | Meeting) and entity.id in names:
        return entity.model_copy(update={"same_as": names[entity.id]})
    return entity
