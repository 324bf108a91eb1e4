"""All readings -> one graph, the same whatever their order."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from kg.graph.records import Graph
from kg.identify.local import Local, localize
from kg.identify.persons import Person, Ref, link
from kg.model.article import Article
from kg.model.ids import digest
from kg.model.reading import Reading

RULES: Final = "2"
"""Version of the rules of identity and of the entities made from readings: a change that can change a graph changes it."""

_TABLES: Final = (
    "agencies", "agency_abbreviations", "agency_heads", "agency_names", "districts", "document_relations", "documents", "family_names",
    "many_holders", "outlet_hosts", "place_decoys", "places", "positions", "post_heads", "topics",
)  # fmt: skip


@cache
def identity_version() -> str:
    """Return a digest of the rules and of the tables that they read."""
    folder = files("kg.lexicon")
    tables = (folder / f"{name}.csv" for name in _TABLES)
    return digest(RULES, *(table.read_text(encoding="utf-8") for table in tables if table.is_file()))


def resolve(pairs: Iterable[tuple[Article, Reading]]) -> Graph:
    """Return the graph of all articles with their readings. Neither order nor splitting of `pairs` matters; ids are unique."""
    # inside the function: the making of entities needs the other modules of this package
    from kg.graph.fragments import Fragments

    locals_ = sorted((localize(article, reading) for article, reading in pairs), key=lambda local: local.article.id)
    persons = linked(locals_)
    fragments = Fragments()
    for local in locals_:
        fragments.add(local, persons)
    return Graph.of(fragments.entities())


def linked(locals_: Iterable[Local]) -> Mapping[Ref, Person]:
    """Return the person of each official of `locals_`."""
    return link(official for local in locals_ for official in local.officials())
