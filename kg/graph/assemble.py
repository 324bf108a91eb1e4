"""All articles with who is who -> the graph, in memory."""

from collections import defaultdict
from collections.abc import Iterator

from kg.graph.clusters import clustered
from kg.graph.fragments import Fragment, fragment_of
from kg.graph.merge import gathered, merged, merged_places
from kg.graph.records import Graph
from kg.graph.redirects import redirects
from kg.graph.shared import Notes
from kg.identify.persons import Ref
from kg.identify.resolve import Resolved
from kg.model.article import Article
from kg.model.base import Entity


def assemble(resolved: Resolved) -> Graph:
    """Return the graph of what was resolved."""
    return Graph.of(_entities(resolved))


def _entities(resolved: Resolved) -> Iterator[Entity]:
    fragments = list(_fragments(resolved))
    notes: Notes = Notes()
    for fragment in fragments:
        notes.update(fragment.notes)
    own, unsaid = clustered(fragments, resolved)
    notes.subtract(unsaid)
    noted = gathered(+notes)
    places = {ident: of["province"] for ident, of in noted.items() if ident.startswith("place/")}
    shared = [merged(ident, of, noted.__contains__) for ident, of in noted.items() if ident not in places]
    shared += merged_places(places)
    yield from shared
    yield from own
    known = {entity.id for entity in shared} | {fragment.article for fragment in fragments}
    yield from redirects(resolved.redirects(), known.__contains__)


def _fragments(resolved: Resolved) -> Iterator[Fragment]:
    """What each article adds that no other one says wholly."""
    persons, forms = resolved.linking.persons, resolved.forms
    others: defaultdict[str, list[Article]] = defaultdict(list)
    for local in resolved.locals:
        if (form := forms.get(local.article.id)) and not form.is_kept:
            others[form.kept].append(local.article)
    for local in resolved.locals:
        ident = local.article.id
        if ident not in forms or forms[ident].is_kept:
            named = [persons[Ref(ident, n)].id for n in range(len(local.reading.officials))]
            yield fragment_of(local, named, others[ident])
