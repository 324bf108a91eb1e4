"""The exports that are made for Neo4j, run on it unchanged: the Cypher script, and the CSV set by `neo4j-admin database import`."""

import io
import os
import re
import subprocess

import pytest

from kg.cli.export import command as export
from kg.export import write_export
from kg.export.neo4j_csv import import_files, write_folder
from kg.graph.records import Graph
from kg.graph.statements import graph_edges, graph_nodes
from kg.model.entities import Person
from kg.stores.neo4j_access import MARK, Neo4jAccess
from kg.stores.neo4j_push import push
from tests.graph_factory import fictional_graph, hostile_graph, named

TRAPS = (
    "C:\\users\\u0027 ] \\\\u0041 \\",
    "'; MATCH (n) DETACH DELETE n; '",
    '"a","b"\n"c"',
    " khoảng trắng ",
    "a;b|c\td",
    "\u2028\u0085\ufeff",
    "1",
    "true",
    "😀" * 40,
)


def trap_graph():
    """People whose names and aliases are traps of the two formats."""
    return Graph.of(
        named(Person, f"p{number}\n\"'\\u0027,;", text, aliases=(text, *TRAPS)) for number, text in enumerate(TRAPS)
    )


GRAPHS = pytest.mark.parametrize("make", [fictional_graph, hostile_graph, trap_graph])


def content(driver, *, no_empty_lists=False):
    """Nodes and relationships with all their properties but the mark."""
    nodes = driver.execute_query("MATCH (n) RETURN n.id AS id, labels(n) AS l, properties(n) AS p").records
    edges = driver.execute_query("MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id").records
    return (
        {
            r["id"]: (r["l"], {k: v for k, v in r["p"].items() if k != MARK and not (no_empty_lists and v == [])})
            for r in nodes
        },
        sorted(tuple(r.values()) for r in edges),
    )


def wanted(graph, *, no_empty_lists=False):
    return (
        {
            node.id: ([node.label], {k: v for k, v in node.properties.items() if not (no_empty_lists and v == [])})
            for node in graph_nodes(graph)
        },
        sorted({(edge.source, edge.type, edge.target) for edge in graph_edges(graph)}),
    )


@GRAPHS
def test_the_cypher_script_runs_unchanged_and_twice(neo4j_server, neo4j_holding, make):
    graph = make()
    neo4j_holding(Graph.of([]))
    out = io.BytesIO()
    write_export(graph, "cypher", out)
    statements = [line for line in out.getvalue().decode().split("\n") if line]
    assert all(line.endswith(";") for line in statements)
    with neo4j_server.driver() as driver:
        for _ in range(2):
            with driver.session() as session:
                for line in statements:
                    session.run(line).consume()
            assert content(driver) == wanted(graph)
    neo4j_holding(Graph.of([Person(id="x", name="x", folded="x")]))


@pytest.fixture
def imported(neo4j_server, tmp_path):
    """A function: graph -> a server whose database was filled by `neo4j-admin database import`."""
    from tests.neo4j.server import Neo4jServer, admin

    started = []

    def start(graph):
        write_folder(graph, tmp_path / "csv")
        options = re.findall(r"--\S+", (tmp_path / "csv" / "import.sh").read_text().partition("exec")[2])
        server = Neo4jServer(
            lambda home: admin(home, "database", "import", "full", "neo4j", *options, cwd=tmp_path / "csv")
        )
        started.append(server)
        return server

    yield start
    for server in started:
        server.close()


def test_the_importer_of_neo4j_takes_the_csv_set(imported, neo4j_server):
    parts = [make() for make in (fictional_graph, hostile_graph, trap_graph)]
    merged = {entity.id: entity for part in parts for entity in part.entities}
    graph = Graph.of(merged.values())
    server = imported(graph)
    access = Neo4jAccess(server.uri, server.user, server.password)
    with type(neo4j_server)(access, server.folder).driver() as driver:
        # an empty list is a missing one in that format
        assert content(driver, no_empty_lists=True) == wanted(graph, no_empty_lists=True)
        pushed = push(access, graph)
        assert content(driver) == wanted(graph)
    assert pushed.nodes.created == pushed.nodes.removed == pushed.relationships.created == 0
    assert push(access, graph).changes == 0


@GRAPHS
def test_the_csv_set_is_the_same_each_time_and_its_script_names_each_file(make, tmp_path):
    graph = make()
    files = dict(import_files(graph))
    assert files == dict(import_files(graph))
    named_files = set(re.findall(r"\w+\.csv", files["import.sh"].decode()))
    assert named_files == {name for name in files if name.endswith(".csv")}
    write_folder(graph, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_the_script_passes_options_on(tmp_path):
    write_folder(fictional_graph(), tmp_path)
    stand_in = tmp_path / "neo4j-admin"
    stand_in.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    stand_in.chmod(0o755)
    environ = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", "import.sh", "--overwrite-destination"],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert lines[:4] == ["database", "import", "full", "neo4j"]
    assert lines[-1] == "--overwrite-destination"
    assert "--nodes=Person=nodes_Person_header.csv,nodes_Person.csv" in lines


def test_the_verb_writes_a_folder_or_an_archive():
    assert "neo4j-csv" in export.params[0].type.choices
