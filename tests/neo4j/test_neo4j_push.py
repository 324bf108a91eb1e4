"""`kg push` against a real Neo4j: whole, idempotent, follows removals, leaves alone what others wrote, survives `kill -9`."""

import io
import json
import logging
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import neo4j
import pytest

from kg.errors import StoreError
from kg.export.cypher import write as write_cypher
from kg.graph.records import Graph
from kg.graph.statements import graph_edges, graph_nodes
from kg.model.entities import ArticleNode, Directive, Mention, Person, Place, Statement
from kg.stores.neo4j_access import MARK
from kg.stores.neo4j_push import Neo4jWriter, push
from tests.graph_factory import fictional_graph, hostile_graph, named

ROOT = Path(__file__).parents[2]


@pytest.fixture
def driver(neo4j_server, neo4j_holding):
    """The owner's driver on an empty database."""
    neo4j_holding(Graph.of([]))
    with neo4j_server.driver() as made:
        yield made
        made.execute_query("MATCH (n) DETACH DELETE n")
    neo4j_holding(Graph.of([Person(id="x", name="x", folded="x")]))


def content(driver):
    """Nodes by id and sorted relationships, the mark taken off."""
    nodes = driver.execute_query("MATCH (n) RETURN n.id AS id, labels(n) AS l, properties(n) AS p").records
    edges = driver.execute_query("MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id").records
    return (
        {r["id"]: (r["l"], {k: v for k, v in r["p"].items() if k != MARK}) for r in nodes},
        sorted(tuple(r.values()) for r in edges),
    )


def wanted(graph):
    return (
        {node.id: ([node.label], node.properties) for node in graph_nodes(graph)},
        sorted({(edge.source, edge.type, edge.target) for edge in graph_edges(graph)}),
    )


def last_commit(driver):
    """The bookmark names the last transaction that changed anything."""
    with driver.session() as session:
        session.run("RETURN 1").consume()
        return session.last_bookmarks().raw_values


def without_article(graph, article):
    """The graph after the retraction of one article; ids that it alone gave stay, as far as nothing points at them."""
    gone = (Directive, Statement, Mention)
    return Graph.of(
        e
        for e in graph.entities
        if not (isinstance(e, gone) and e.article == article) and not (isinstance(e, ArticleNode) and e.id == article)
    )


@pytest.mark.parametrize("make", [fictional_graph, hostile_graph])
def test_a_second_push_changes_nothing(neo4j_server, driver, make):
    graph = make()
    first = push(neo4j_server.access, graph)
    assert content(driver) == wanted(graph)
    nodes, edges = wanted(graph)
    assert (first.nodes.created, first.relationships.created) == (len(nodes), len(edges))
    before = last_commit(driver)
    second = push(neo4j_server.access, graph)
    assert last_commit(driver) == before
    assert second.changes == 0
    assert (second.nodes.unchanged, second.relationships.unchanged) == (len(nodes), len(edges))


def test_the_constraints_and_indexes_of_the_schema_are_there(neo4j_server, driver):
    Neo4jWriter(neo4j_server.access).write(fictional_graph())
    indexes = driver.execute_query("SHOW INDEXES YIELD name, state").records
    states = {record["name"]: record["state"] for record in indexes}
    assert {"person_id_unique", "directive_date", "quotes"} <= states.keys()
    assert set(states.values()) == {"ONLINE"}


def test_removals_follow_a_retraction(neo4j_server, driver):
    graph = fictional_graph()
    push(neo4j_server.access, graph)
    less = without_article(graph, "a1")
    pushed = push(neo4j_server.access, less)
    assert content(driver) == wanted(less)
    assert pushed.nodes.removed == len(graph.entities) - len(less.entities) > 0
    assert pushed.relationships.removed > 0
    assert pushed.nodes.created == pushed.nodes.updated == 0


def test_what_changed_is_set_and_what_is_no_longer_said_goes(neo4j_server, driver):
    push(neo4j_server.access, Graph.of([named(Place, "p", "A", kind="tỉnh", code="01")]))
    driver.execute_query("MATCH (n:Place {id: 'p'}) SET n.name = 'spoiled', n.note = 'of a user'")
    graph = Graph.of([named(Place, "p", "A")])
    pushed = push(neo4j_server.access, graph)
    assert pushed.nodes.updated == 1
    nodes, _ = content(driver)
    assert nodes["p"] == (["Place"], {**wanted(graph)[0]["p"][1], "note": "of a user"})


def test_what_others_wrote_is_not_touched(neo4j_server, driver):
    graph = fictional_graph()
    push(neo4j_server.access, graph)
    driver.execute_query("""
        MATCH (a:Person {id: 'person-ha'}), (d:Directive {id: 'd-1'})
        CREATE (:Person {id: 'theirs', name: 'X'})-[:KNOWS]->(a), (:Note {text: 'x'})-[:ON]->(d), (a)-[:ISSUED]->(d)""")
    foreign = "MATCH (a)-[r:KNOWS|ON|ISSUED]->(b) WHERE r.chidao IS NULL RETURN count(*) AS n"
    less = without_article(graph, "a1")
    pushed = push(neo4j_server.access, less)
    assert driver.execute_query(foreign).records[0]["n"] == 3
    assert driver.execute_query("MATCH (n:Person {id: 'theirs'}) RETURN n.name AS n").records[0]["n"] == "X"
    assert pushed.nodes.kept == 1
    kept = driver.execute_query("MATCH (n:ChidaoRemoved) RETURN labels(n) AS l, properties(n) AS p").records
    assert [(r["l"], r["p"]) for r in kept] == [(["ChidaoRemoved"], {"id": "d-1"})]
    assert push(neo4j_server.access, less).changes == 0
    push(neo4j_server.access, graph)
    back = driver.execute_query("MATCH (:Note)-[:ON]->(d:Directive {id: 'd-1'}) WHERE d.chidao RETURN labels(d) AS l")
    assert [r["l"] for r in back.records] == [["Directive"]]
    assert driver.execute_query(foreign).records[0]["n"] == 3


def test_a_node_of_others_with_our_id_is_an_error_and_stays(neo4j_server, driver):
    driver.execute_query("CREATE (:Person {id: 'person-ha', name: 'theirs'})")
    with pytest.raises(StoreError, match="did not write"):
        push(neo4j_server.access, fictional_graph())
    assert driver.execute_query("MATCH (n:Person {id: 'person-ha'}) RETURN n.name AS n").records[0]["n"] == "theirs"


def test_what_the_script_wrote_is_taken_over_on_demand(neo4j_server, driver):
    graph = fictional_graph()
    script = io.BytesIO()
    write_cypher(graph, script)
    for line in script.getvalue().decode().splitlines():
        driver.execute_query(line)
    driver.execute_query("MATCH (n:Person {id: 'person-ha'}) SET n.note = 'of a user' CREATE (n)-[:KNOWS]->(n)")
    with pytest.raises(StoreError, match="kg push --adopt"):
        push(neo4j_server.access, graph)
    before = content(driver)
    pushed = push(neo4j_server.access, graph, adopt=True)
    nodes, edges = wanted(graph)
    assert (pushed.nodes.adopted, pushed.relationships.adopted) == (len(nodes), len(edges))
    assert (pushed.nodes.unchanged, pushed.relationships.unchanged) == (len(nodes), len(edges))
    assert content(driver) == before
    unmarked = driver.execute_query("MATCH ()-[r]->() WHERE r.chidao IS NULL RETURN type(r) AS t").records
    assert [record["t"] for record in unmarked] == ["KNOWS"]
    assert push(neo4j_server.access, graph, adopt=True).changes == 0


def test_a_dry_run_writes_nothing_and_tells_what_a_push_then_does(neo4j_server, driver):
    push(neo4j_server.access, without_article(fictional_graph(), "a1"))
    before = last_commit(driver)
    told = push(neo4j_server.access, fictional_graph(), dry_run=True)
    assert last_commit(driver) == before
    assert told == push(neo4j_server.access, fictional_graph())


def test_relationships_that_are_there_twice_become_one(neo4j_server, driver):
    push(neo4j_server.access, fictional_graph())
    driver.execute_query("MATCH (a)-[r:ISSUED]->(b) WITH a, b LIMIT 1 CREATE (a)-[:ISSUED {chidao: true}]->(b)")
    push(neo4j_server.access, fictional_graph())
    assert content(driver) == wanted(fictional_graph())
    assert push(neo4j_server.access, fictional_graph()).changes == 0


def hub(size):
    """One person who issued everything, in one article."""
    made = [named(Person, "hub", "Trung Tâm"), ArticleNode(id="a")]
    for number in range(size):
        made.append(
            Directive(
                id=f"d{number}", article="a", quote="Giao.", start=0, end=5, rule="t", confidence=1.0, verb="giao",
                act="assign", strength=4, content="Giao.", issuers=("hub",), issuer_resolution="named",
                addressee_resolution="unresolved",
            )
        )  # fmt: skip
    return Graph.of(made)


def test_hubs_do_not_slow_a_push_down(neo4j_server, driver):
    started = time.monotonic()
    push(neo4j_server.access, hub(20_000))
    assert push(neo4j_server.access, hub(10_000)).relationships.removed == 20_000
    assert time.monotonic() - started < 120
    count = driver.execute_query("MATCH (:Person {id: 'hub'})-[:ISSUED]->(d) RETURN count(d) AS n").records[0]["n"]
    assert count == 10_000


@contextmanager
def pushing(access, make):
    """A child that pushes and can be killed."""
    code = f"""
import os, sys
from kg.stores.neo4j_access import access_to
from kg.stores.neo4j_push import push
from tests.neo4j.test_neo4j_push import hub
graph = {make}
print("ready", flush=True)
push(access_to(sys.argv[1]), graph)
print("done", flush=True)
"""
    environ = {**os.environ, "NEO4J_USERNAME": access.user, "NEO4J_PASSWORD": access.password}
    child = subprocess.Popen(
        [sys.executable, "-c", code, access.uri], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
    )
    try:
        child.stdout.readline()
        yield child
    finally:
        child.kill()
        child.communicate()


def test_a_killed_push_is_finished_by_the_next(neo4j_server, driver):
    graph = hub(6_000)
    size = len(graph.entities) + sum(1 for _ in graph_edges(graph))
    held = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) + count(r) AS n"
    for enough in (1, 2_500, 4_000, 6_100):
        with pushing(neo4j_server.access, "hub(6_000)") as child:
            while (count := driver.execute_query(held).records[0]["n"]) < enough:
                assert child.poll() is None
        assert count < size
    push(neo4j_server.access, graph)
    assert content(driver) == wanted(graph)
    assert push(neo4j_server.access, graph).changes == 0


def test_passing_errors_are_tried_again(neo4j_server, driver, monkeypatch):
    failed = []
    run = neo4j.ManagedTransaction.run

    def flaky(self, query, *arguments, **params):
        if "MERGE" in str(query) and len(failed) < 2:
            failed.append(query)
            raise neo4j.exceptions.TransientError._hydrate_neo4j(
                code="Neo.TransientError.Transaction.DeadlockDetected", message="a test"
            )
        return run(self, query, *arguments, **params)

    monkeypatch.setattr(neo4j.ManagedTransaction, "run", flaky)
    push(neo4j_server.access, fictional_graph())
    assert len(failed) == 2
    assert content(driver) == wanted(fictional_graph())


def kg(*arguments, **environ):
    return subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_verb_pushes_and_questions_are_asked_of_the_server(neo4j_server, driver, tmp_path):
    access, home = neo4j_server.access, str(tmp_path / "graph")
    signed = {"NEO4J_USERNAME": access.user, "NEO4J_PASSWORD": access.password}
    assert kg("build", str(ROOT / "examples" / "articles"), "-g", home).returncode == 0
    trial = kg("push", access.uri, "-g", home, "--dry-run", "--json", **signed)
    first = kg("push", "-g", home, "--json", NEO4J_URI=access.uri, **signed)
    told = [json.loads(done.stdout) for done in (trial, first)]
    assert told[0] == told[1] | {"dry_run": True}
    assert "nothing changed" in kg("push", access.uri, "-g", home, **signed).stdout
    for words in (
        ["ask", "--about", "phòng"],
        ["query", "topics"],
        ["query", "--cypher", "MATCH (p:Person) RETURN count(p) AS n"],
    ):
        there = kg(*words, "--json", "--uri", access.uri, "-g", "none", **signed)
        here = kg(*words, "--json", "-g", home)
        assert there.stdout == here.stdout != "[]\n", (words, there.stderr)
        assert there.returncode == 0
    assert kg("retract", "mau-01", "-g", home).returncode == 0
    assert json.loads(kg("push", access.uri, "-g", home, "--json", **signed).stdout)["nodes"]["removed"] > 0
    refused = kg("query", "--cypher", "MATCH (n) DETACH DELETE n", "--uri", access.uri, **signed)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "read access mode" in refused.stderr


def test_the_password_is_in_no_message_and_no_log(neo4j_server, driver, caplog, tmp_path):
    access = neo4j_server.access
    with caplog.at_level(logging.DEBUG):
        push(access, fictional_graph())
    assert "neo4j" in {record.name.partition(".")[0] for record in caplog.records}
    assert access.password not in caplog.text
    home = str(tmp_path / "graph")
    kg("build", str(ROOT / "examples" / "articles" / "bai-mau.jsonl"), "-g", home)
    wrong = kg("push", access.uri, "-g", home, NEO4J_USERNAME=access.user, NEO4J_PASSWORD="wrong-" + access.password)
    assert wrong.returncode == 1
    assert "NEO4J_PASSWORD" in wrong.stderr
    assert access.password not in wrong.stdout + wrong.stderr
    assert len(wrong.stderr.splitlines()) == 1
    logs = list((neo4j_server.folder / "logs").iterdir())
    assert logs
    for file in logs:
        assert access.password not in file.read_text(encoding="utf-8", errors="replace"), file.name
