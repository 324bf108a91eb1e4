"""Entities as quads and as nodes and edges."""

import pytest

from kg.errors import StoreError
from kg.graph.records import Graph
from kg.graph.statements import (
    Edge,
    Literal,
    Quad,
    double,
    entity_iri,
    graph_edges,
    graph_nodes,
    graph_quads,
    node,
    quads,
)
from kg.model.entities import ENTITY_CLASSES, ArticleNode, Membership
from kg.model.namespaces import expand
from tests.graph_factory import directive, fictional_graph, hostile_graph

XSD = expand("xsd:")


def values(entity, curie):
    return [quad.object for quad in quads(entity) if quad.predicate == expand(curie)]


@pytest.mark.parametrize(
    ("iso", "lexical", "kind"),
    [
        ("2017", "2017", "gYear"),
        ("2017-07", "2017-07", "gYearMonth"),
        ("2017-07-24", "2017-07-24", "date"),
        ("2017-07-24T11:17+07:00", "2017-07-24T11:17:00+07:00", "dateTime"),
        ("2017-07-24T11:17:05.500+00:00", "2017-07-24T11:17:05.5Z", "dateTime"),
    ],
)
def test_a_date_keeps_its_precision(iso, lexical, kind):
    article = ArticleNode(id="a1", published=iso)
    assert values(article, "schema:datePublished") == [Literal(lexical, datatype=XSD + kind)]
    assert node(article).properties["published"] == lexical


def test_literals_have_language_and_type():
    one = directive("d1", "a1", "Sở phải báo cáo.", strength=4, confidence=0.5)
    assert values(one, "cd:contentText") == [Literal("Sở phải báo cáo.", lang="vi")]
    assert values(one, "cd:strength") == [Literal("4", datatype=XSD + "integer")]
    assert values(one, "cd:confidence") == [Literal("0.5", datatype=XSD + "double")]
    assert values(one, "cd:rule") == [Literal("test")]
    assert values(one, "prov:wasQuotedFrom") == [entity_iri("a1")]
    assert values(one, "cd:deadlineText") == []


def test_an_article_s_facts_stand_in_its_own_graph():
    graphs = {quad.graph.removeprefix("https://chidao.example/graph/") for quad in graph_quads(fictional_graph())}
    assert graphs == {"article/a1", "article/a2", "reference", "derived", "entities"}


def test_edges_run_the_way_the_term_says():
    edges = set(graph_edges(fictional_graph()))
    assert Edge("person-hung", "Person", "ISSUED", "d-1", "Directive") in edges
    assert Edge("d-1", "Directive", "ADDRESSED_TO", "agency-soyte", "Agency") in edges
    assert Edge("agency-bct", "Agency", "ISSUED", "doc-99", "Document") in edges
    assert Edge("a1", "ArticleNode", "MENTIONS", "m-1", "Mention") in edges


def test_every_reference_is_an_edge_and_a_quad():
    graph = fictional_graph()
    ids = {entity_iri(entity.id): entity.id for entity in graph.entities}
    linked = {
        frozenset((ids[quad.subject], ids[quad.object]))
        for quad in graph_quads(graph)
        if quad.subject in ids and quad.object in ids
    }
    assert linked == {frozenset((edge.source, edge.target)) for edge in graph_edges(graph)}


def test_the_factory_has_every_class():
    assert {type(entity) for entity in fictional_graph().entities} == set(ENTITY_CLASSES)


def test_a_dangling_reference_is_an_error():
    graph = Graph.of([Membership(id="m", person="p", post="q")])
    with pytest.raises(StoreError, match="m: person points at p"):
        list(graph_edges(graph))


def test_selectors_have_stable_iris():
    mention = next(entity for entity in fictional_graph().entities if entity.id == "m-2")
    position = entity_iri("m-2") + "#position"
    found = set(quads(mention))
    assert Quad(position, expand("oa:start"), Literal("5", datatype=XSD + "integer"), next(iter(found)).graph) in found
    assert values(mention, "oa:hasTarget") == [entity_iri("m-2") + "#target"]


def test_iris_need_no_escape():
    for quad in graph_quads(hostile_graph()):
        for iri in (quad.subject, quad.predicate, quad.graph):
            assert not set(iri) & set(' <>"{}|\\^`\n\t')
            assert iri.isascii()


def test_search_text_is_folded():
    found = {entity.id: entity.properties for entity in graph_nodes(fictional_graph())}
    assert "thuc hien chi thi 99-ct/tw" in found["d-1"]["folded"]


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (0.9, "0.9"), (1e-7, "0.0000001"), (2e21, "2" + "0" * 21)])
def test_doubles_are_written_as_oxigraph_does(value, text):
    assert double(value) == text
