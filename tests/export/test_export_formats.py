"""Exports: parsed back by other libraries, whole, and the same bytes each time."""

import csv
import io
import zipfile

import networkx
import pytest
import rdflib
from kglite import KnowledgeGraph, set_query_warning_policy

from kg.errors import UsageError
from kg.export import FORMATS, write_export
from kg.export.safe import csv_cell, xml_text
from kg.graph.records import Graph
from kg.graph.statements import graph_edges, graph_nodes, graph_quads
from kg.stores import open_view, refresh
from tests.graph_factory import HOSTILE, fictional_graph, hostile_graph

RDF = {"ttl": "turtle", "nt": "nt", "trig": "trig", "nq": "nquads", "jsonld": "json-ld"}


def exported(graph, form):
    out = io.BytesIO()
    write_export(graph, form, out)
    return out.getvalue()


def statements(dataset):
    return {(s, p, o, getattr(g, "identifier", g)) for s, p, o, g in dataset.quads()}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_graph_gives_the_same_bytes(graph, form):
    again = Graph.of(reversed(graph.entities))
    assert exported(graph, form) == exported(again, form)


@pytest.mark.parametrize("form", RDF)
def test_rdflib_reads_what_the_store_holds(tmp_path, graph, form):
    refresh(tmp_path, graph, "1")
    parsed = rdflib.Dataset()
    parsed.parse(data=exported(graph, form), format=RDF[form])
    stored = rdflib.Dataset()
    stored.parse(data=dump(tmp_path), format="nquads")
    wanted, found = statements(stored), statements(parsed)
    assert len(wanted) == len(set(graph_quads(graph)))
    if form in ("ttl", "nt"):
        assert {row[:3] for row in found} == {row[:3] for row in wanted}
    else:
        assert found == wanted
    # no blank nodes: equal sets are isomorphic graphs
    assert not any(isinstance(term, rdflib.BNode) for row in found for term in row[:3])


def dump(home):
    import pyoxigraph

    store = pyoxigraph.Store.read_only(str(next((home / "stores").rglob("oxigraph"))))
    return store.dump(format=pyoxigraph.RdfFormat.N_QUADS)


@pytest.mark.parametrize(("form", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_networkx_reads_the_drawings_back(graph, form, read):
    data = exported(graph, form)
    found = read(io.BytesIO(data))
    nodes = list(graph_nodes(graph))
    assert found.number_of_nodes() == len(nodes)
    assert found.number_of_edges() == len(list(graph_edges(graph)))
    assert b"lastmodified" not in data
    for node in nodes:
        attributes = found.nodes[xml_text(node.id)]
        assert attributes["class"] == node.label
        if "name" in node.properties and form == "gexf":
            assert attributes["name"] == xml_text(node.properties["name"])


def test_csv_cells_are_whole_and_run_nothing(graph):
    archive = zipfile.ZipFile(io.BytesIO(exported(graph, "csv")))
    rows = {
        name: list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline=""))) for name in archive.namelist()
    }
    nodes = {node.id: node for node in graph_nodes(graph)}
    found = [row for name, part in rows.items() if name.startswith("nodes_") for row in part]
    assert sorted(csv_cell(key) for key in nodes) == sorted(row["id"] for row in found)
    edges = sum(len(part) for name, part in rows.items() if name.startswith("edges_"))
    assert edges == len(list(graph_edges(graph)))
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for row in found for value in row.values())
    for row in found:
        node = nodes.get(row["id"])
        if node and "name" in node.properties:
            assert row["name"].removeprefix("'") == node.properties["name"].removeprefix("'")


def test_the_csv_archive_and_folder_hold_the_same(tmp_path):
    from kg.export.tables import write_folder

    write_folder(fictional_graph(), tmp_path / "out")
    archive = zipfile.ZipFile(io.BytesIO(exported(fictional_graph(), "csv")))
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == {
        name: archive.read(name) for name in archive.namelist()
    }


def test_the_cypher_script_recreates_the_graph(graph):
    set_query_warning_policy("silent")
    target = KnowledgeGraph()
    lines = exported(graph, "cypher").decode().split("\n")
    for line in [*lines, *lines]:
        if line:
            target.cypher(line)
    wanted = {node.id: node.properties for node in graph_nodes(graph)}
    rows = target.cypher("MATCH (n) RETURN n.id AS id, n AS node").to_list()
    found = {row["id"]: row["node"]["properties"] for row in rows}
    assert found.keys() == wanted.keys()
    for key, properties in wanted.items():
        assert {name: found[key][name] for name in properties} == properties
    edges = target.cypher("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, b.id AS b").to_list()
    assert sorted(map(str, edges)) == sorted(
        str({"a": edge.source, "t": edge.type, "b": edge.target}) for edge in graph_edges(graph)
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_survive_in_the_stores(tmp_path, text):
    refresh(tmp_path, hostile_graph(), "1")
    with open_view(tmp_path, "kglite") as view:
        assert view.query("MATCH (n:Agency) WHERE n.name = $name RETURN n.name AS n", {"name": text}).rows == ((text,),)
    parsed = rdflib.Graph()
    parsed.parse(data=exported(hostile_graph(), "ttl"), format="turtle")
    names = {str(name) for name in parsed.objects(None, rdflib.URIRef("http://www.w3.org/2004/02/skos/core#prefLabel"))}
    assert text in names


def test_an_unknown_format_is_a_usage_error():
    with pytest.raises(UsageError, match="ttl, trig"):
        write_export(fictional_graph(), "docx", io.BytesIO())


def test_no_bytes_name_a_time_or_a_library(graph):
    for form in FORMATS:
        assert b"NetworkX" not in exported(graph, form)
