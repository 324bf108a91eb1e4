"""All articles with who is who -> the graph, in memory."""

from collections.abc import Iterator

from kg.graph.clusters import clustered
from kg.graph.fragments import fragment_of
from kg.graph.merge import gathered, merged, merged_places
from kg.graph.records import Graph
from kg.graph.redirects import redirects
from kg.graph.shared import Notes
from kg.identify.persons import Ref
from kg.identify.resolve import Resolved
from kg.model.base import Entity


def assemble(resolved: Resolved) -> Graph:
    """Return the graph of what was resolved."""
    return Graph.of(_entities(resolved))


def _entities(resolved: Resolved) -> Iterator[Entity]:
    persons = resolved.linking.persons
    fragments = [
        fragment_of(local, [persons[Ref(local.article.id, n)].id for n in range(len(local.reading.officials))])
        for local in resolved.locals
    ]
    notes: Notes = Notes()
    for fragment in fragments:
        notes.update(fragment.notes)
    noted = gathered(notes)
    places = {ident: of["province"] for ident, of in noted.items() if ident.startswith("place/")}
    shared = [merged(ident, of, noted.__contains__) for ident, of in noted.items() if ident not in places]
    shared += merged_places(places)
    yield from shared
    yield from clustered(fragments, resolved)
    yield from redirects(resolved.redirects(), {entity.id for entity in shared}.__contains__)
