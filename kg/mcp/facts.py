"""All that is said of one entity, as rows: its properties, its links, and what links to it."""

from typing import Final
from urllib.parse import unquote

from kg.ask.run import followed
from kg.graph.statements import entity_iri
from kg.model.namespaces import PREFIXES, expand
from kg.stores.base import Iri, Table, View

_LEFT_OUT: Final = tuple(map(expand, ("rdf:type", "cd:folded", "cd:foldedText", "oa:hasTarget")))
_QUERY: Final = f"""
PREFIX foaf: <{PREFIXES["foaf"]}>
PREFIX schema: <{PREFIXES["schema"]}>
PREFIX skos: <{PREFIXES["skos"]}>
SELECT ?way ?relation ?value ?name ?p_id WHERE {{
  {{ ?p_id ?relation ?value . BIND("has" AS ?way) }} UNION {{ ?value ?relation ?p_id . BIND("is that of" AS ?way) }}
  FILTER(?relation NOT IN ({", ".join(f"<{iri}>" for iri in _LEFT_OUT)}))
  OPTIONAL {{ ?value (foaf:name|skos:prefLabel|schema:name|schema:headline) ?name }}
}} ORDER BY ?way ?relation ?value"""


def facts_of(view: View, ident: str, *, timeout: float, limit: int) -> Table:
    """Return rows (way, relation, value, name) from an Oxigraph view: `has` for what the entity says, `is that of` for what points at it.

    `value` is a literal or an id, `name` what that id is called. Raises what `View.query` raises.
    """
    now = followed(view, "oxigraph", ident)
    found = view.query(_QUERY, {"p_id": Iri(entity_iri(now))}, timeout=timeout, limit=limit)
    rows = tuple((row["way"], _local(row["relation"]), _id(row["value"]), row["name"]) for row in found.dicts())
    return Table(("way", "relation", "value", "name"), rows, found.truncated)


def _local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def _id(value: object) -> object:
    base = entity_iri("")
    return unquote(value.removeprefix(base)) if isinstance(value, str) and value.startswith(base) else value
