"""All readings -> one graph, the same whatever their order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from kg.graph.records import Graph
from kg.identify.decisions import Decision, PersonDecisions, Renames
from kg.identify.duplicates import near_duplicates
from kg.identify.forms import Form, all_forms
from kg.identify.local import Local, localize
from kg.identify.persons import Linking, link_explained
from kg.model.article import Article
from kg.model.ids import digest
from kg.model.reading import Reading

RULES: Final = "8"
"""Version of the rules of identity and of the entities made from readings: a change that can change a graph changes it."""

_TABLES: Final = (
    "agencies", "agency_abbreviations", "agency_heads", "agency_names", "common_given_names", "countries", "districts",
    "document_relations", "documents", "family_names", "many_bodies", "many_holders", "outlet_hosts", "person_evidence",
    "place_decoys", "places", "positions", "post_heads", "topics",
)  # fmt: skip


@cache
def identity_version() -> str:
    """Return a digest of the rules and of the tables that they read."""
    folder = files("kg.lexicon")
    tables = (folder / f"{name}.csv" for name in _TABLES)
    return digest(RULES, *(table.read_text(encoding="utf-8") for table in tables if table.is_file()))


@dataclass(frozen=True, slots=True)
class Resolved:
    """All articles understood together: each by itself, the near-duplicates and what is kept of them, the persons with what was compared, and the decisions."""

    locals: tuple[Local, ...]
    twins: Mapping[str, str]
    forms: Mapping[str, Form]
    linking: Linking
    decisions: tuple[Decision, ...]

    def redirects(self) -> Iterator[tuple[str, str]]:
        """Yield ids of before, or of less evidence, with the ids of now."""
        yield from ((form.article, form.kept) for form in self.forms.values() if not form.is_kept)
        yield from self.linking.redirects.items()
        for local in self.locals:
            yield from local.redirects()
        yield from Renames.of(self.decisions).now.items()


def resolve(pairs: Iterable[tuple[Article, Reading]], decisions: Iterable[Decision] = ()) -> Graph:
    """Return the graph of all articles with their readings. Neither order nor splitting of `pairs` matters; ids are unique.

    `decisions` are a person's, in the order in which they were made; they win. All is held in memory: `kg.resolved` does the same on disk.
    """
    # inside the function: the making of entities needs the other modules of this package
    from kg.graph.assemble import assemble

    return assemble(identify(pairs, decisions))


def identify(pairs: Iterable[tuple[Article, Reading]], decisions: Iterable[Decision] = ()) -> Resolved:
    """Return who is who over all articles, before entities are made of it."""
    decided = tuple(decisions)
    renames = Renames.of(decided)
    locals_ = sorted((localize(*pair, renames) for pair in pairs), key=lambda local: local.article.id)
    twins = near_duplicates(local.article for local in locals_)
    forms = all_forms(((local.article, local.reading.reviewed) for local in locals_), twins)
    officials = (o._replace(twin=twins.get(o.article)) for local in locals_ for o in local.officials())
    return Resolved(tuple(locals_), twins, forms, link_explained(officials, PersonDecisions.of(decided)), decided)
