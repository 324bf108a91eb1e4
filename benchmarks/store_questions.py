"""Twelve questions of all kinds for `bench_stores.py`: named ones of the project, and look-ups by id that no named question needs."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.graph.records import Graph
from kg.graph.statements import entity_iri
from kg.model.entities import Agency, Directive, Document, Person
from kg.stores.base import Cell, Iri

PREFIXES = """\
PREFIX cd: <https://chidao.example/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
DRAWN = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its kind, and either the name of a named one or a text for each language ("" where the language can't say it)."""

    label: str
    kind: str
    params: tuple[Mapping[str, str], ...]
    named: str = ""
    cypher: str = ""
    sparql: str = ""
    operation: str = ""
    """The operation of the networkx view, where it has one."""


def for_sparql(params: Mapping[str, str]) -> dict[str, Cell]:
    """Ids as IRIs, as the text of the questions below wants them."""
    return {name: value if name == "folded" else Iri(entity_iri(value)) for name, value in params.items()}


def questions(graph: Graph) -> list[Asked]:
    """Return the questions with parameters drawn from `graph`: frequent, middling and rare ones alike."""
    chance = random.Random(12)

    def drawn(cls: type[Any]) -> list[Any]:
        return chance.sample([one for one in graph.entities if isinstance(one, cls)], DRAWN)

    people, bodies, directives, documents = drawn(Person), drawn(Agency), drawn(Directive), drawn(Document)
    hubs = [directive.addressees[0] for directive in directives]  # a directive's addressee is more likely a hub
    issuers = [directive.issuers[0] for directive in directives]
    names = {one.id: one.name for one in graph.entities if isinstance(one, Agency | Person)}
    return [
        Asked(
            "an official by id",
            "point",
            tuple({"id": one.id} for one in people),
            cypher="MATCH (p:Person {id: $id}) RETURN p.name AS name",
            sparql="SELECT ?id ?name { ?id foaf:name ?name }",
        ),
        Asked(
            "a body by its whole folded name",
            "point",
            tuple({"folded": one.folded} for one in bodies),
            cypher="MATCH (b:Agency {folded: $folded}) RETURN b.id AS id",
            sparql="SELECT ?folded ?b { ?b cd:folded ?folded FILTER EXISTS { ?b a org:FormalOrganization } }",
        ),
        Asked(
            "a directive with its sentence and article, by id",
            "point",
            tuple({"id": one.id} for one in directives),
            cypher="MATCH (d:Directive {id: $id})-[:STATED_IN]->(a:ArticleNode) RETURN d.quote AS quote, a.title AS title",
            sparql="SELECT ?id ?quote ?title { ?id oa:exact ?quote ; prov:wasQuotedFrom/schema:headline ?title }",
        ),
        Asked(
            "whom an official told, with neighbours by id",
            "point",
            tuple({"id": one} for one in issuers),
            cypher="MATCH (p:Person {id: $id})-[:INSTRUCTS]->(i:Instruction)-[:INSTRUCTED]->(b) RETURN b.name AS name, i.count AS n",
            sparql="SELECT ?id ?name ?n { ?i cd:instructionFrom ?id ; cd:instructionTo/skos:prefLabel ?name ; cd:count ?n }",
            operation="neighbours",
        ),
        Asked(
            "what a body was told (directives-to-body)",
            "filter",
            tuple({"whom": names[hub], "since": "2018"} for hub in hubs),
            named="directives-to-body",
        ),
        Asked(
            "directives by issuer, topic and date",
            "filter",
            tuple({"who": names[who], "about": "Y tế", "since": "2015"} for who in issuers),
            named="directives",
        ),
        Asked(
            "all that an official did (timeline)",
            "filter",
            tuple({"official": names[who]} for who in issuers),
            named="timeline",
        ),
        Asked(
            "evidence of a body (evidence)",
            "filter",
            tuple({"id": hub} for hub in hubs),
            named="evidence",
        ),
        Asked(
            "who tells the bodies of those who tell a body",
            "chain",
            tuple({"id": hub} for hub in hubs),
            cypher="MATCH (b:Agency {id: $id})<-[:INSTRUCTED]-(:Instruction)<-[:INSTRUCTS]-(p:Person) WITH DISTINCT p "
            "MATCH (p)-[:HAS_MEMBERSHIP]->(:Membership)-[:IN_AGENCY]->(m:Agency) WITH DISTINCT m "
            "MATCH (m)<-[:INSTRUCTED]-(:Instruction)<-[:INSTRUCTS]-(q:Person) RETURN DISTINCT q.id AS id",
            # flat: Oxigraph evaluates a nested SELECT whole before it joins it
            sparql="SELECT DISTINCT ?id ?q { ?i cd:instructionTo ?id ; cd:instructionFrom ?p . ?s org:member ?p ; org:organization ?m . "
            "?j cd:instructionTo ?m ; cd:instructionFrom ?q }",
        ),
        Asked(
            "a shortest path between two officials",
            "chain",
            tuple({"source": a, "target": b} for a, b in zip(issuers, reversed(issuers), strict=True) if a != b),
            cypher="MATCH p = shortestPath((a:Person {id: $source})-[:INSTRUCTS|INSTRUCTED*..8]-(b:Person {id: $target})) RETURN length(p) AS n",
            operation="shortest_path",
        ),
        Asked(
            "who relayed a document (document-cascade)",
            "cascade",
            tuple({"document": one.number} for one in documents),
            named="document-cascade",
        ),
        Asked(
            "directives by year and topic",
            "aggregate",
            ({},),
            cypher="MATCH (d:Directive)-[:ABOUT]->(t:Topic) RETURN substring(d.date, 0, 4) AS year, t.name AS topic, count(*) AS n",
            # sub-selects with limits that no graph reaches: Oxigraph joins them whole and looks up no single directive
            sparql="SELECT ?year ?topic (SUM(?m) AS ?n) { { SELECT ?date ?t (COUNT(*) AS ?m) { "
            "{ SELECT ?d ?t { ?d schema:about ?t } LIMIT 999999999 } { SELECT ?d ?date { ?d dct:date ?date } LIMIT 999999999 } "
            "} GROUP BY ?date ?t } ?t skos:prefLabel ?topic BIND(SUBSTR(STR(?date), 1, 4) AS ?year) } GROUP BY ?year ?topic",
        ),
    ]
