"""Runs the rules of `schema/rules.ttl` over a graph: the same SELECTs that a SHACL engine runs, on Oxigraph."""

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

import pyoxigraph

from kg.graph.records import Graph
from kg.graph.statements import graph_quads
from kg.model.namespaces import PREFIXES
from kg.resources import data_folder
from kg.stores.oxigraph import oxigraph_quads

_PREFIXES: Final = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(PREFIXES.items()))
_RULES: Final = """
    SELECT ?shape ?vi ?en ?query WHERE {
      ?shape sh:sparql ?check . ?check sh:message ?vi , ?en ; sh:select ?query
      FILTER(LANG(?vi) = "vi" && LANG(?en) = "en")
    } ORDER BY ?shape"""


class Rule(NamedTuple):
    """A rule: the local name of its shape, what it says in Vietnamese and English, and the query whose rows are faults."""

    name: str
    message_vi: str
    message_en: str
    query: str


class Broken(NamedTuple):
    """A rule that the node `subject` (an IRI) breaks; `value` is what is wrong with it, empty where
    the rule names nothing."""

    rule: str
    subject: str
    value: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules, sorted by name.

    >>> [rule.name for rule in rules()][:3]
    ['directive-capacity', 'directive-cites', 'directive-former']
    """
    store = pyoxigraph.Store()
    store.load(path=str(data_folder("schema") / "rules.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    return tuple(
        Rule(row["shape"].value.partition("#")[2], row["vi"].value, row["en"].value, _PREFIXES + row["query"].value)
        for row in _select(store, _PREFIXES + _RULES)
    )


def broken(graph: Graph) -> Iterator[Broken]:
    """Yield every breach of a rule, by rule and node."""
    store = pyoxigraph.Store()
    store.bulk_extend(oxigraph_quads(graph_quads(graph)))
    for rule in rules():
        yield from sorted(_broken(rule, row) for row in _select(store, rule.query))


def _broken(rule: Rule, row: pyoxigraph.QuerySolution) -> Broken:
    value = row["value"] if "?value" in rule.query.partition("WHERE")[0] else None
    return Broken(rule.name, row["this"].value, "" if value is None else value.value)


def _select(store: pyoxigraph.Store, query: str) -> pyoxigraph.QuerySolutions:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return found
