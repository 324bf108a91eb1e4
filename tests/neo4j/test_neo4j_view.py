"""The read-only view of a real Neo4j: it can't write, is bounded, binds parameters, and its errors say what to do."""

import socket
import threading
import time

import pytest

from kg.errors import QueryError, QueryTimeout, StoreError
from kg.graph.statements import graph_edges, graph_nodes
from kg.stores.guard import refuse_outside_neo4j
from kg.stores.neo4j import Neo4jView
from kg.stores.neo4j_access import MARK, Neo4jAccess
from tests.graph_factory import HOSTILE, fictional_graph, hostile_graph

SLOW = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n"
CONTENT = "MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN labels(n), n, type(r) AS t, m.id AS m ORDER BY n.id, t, m"


@pytest.fixture
def view(neo4j_holding):
    return neo4j_holding(fictional_graph())


@pytest.fixture(params=[fictional_graph, hostile_graph], ids=["fictional", "hostile"])
def graph(request):
    return request.param()


def test_nodes_and_relationships_arrive_whole(neo4j_holding, graph):
    view = neo4j_holding(graph)
    found = view.query("MATCH (n) RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties").rows
    assert {ident: (labels, properties) for ident, labels, properties in found} == {
        node.id: ([node.label], {**node.properties, MARK: True}) for node in graph_nodes(graph)
    }
    assert len(found) == len(graph.entities)
    edges = view.query("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, b.id AS b").rows
    assert sorted(edges) == sorted((edge.source, edge.type, edge.target) for edge in graph_edges(graph))


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:X {id: '1'})",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) SET n.name = 'x' RETURN n",
        "MERGE (:X {id: '1'})",
        "FOREACH (x IN [1] | CREATE (:X))",
        "CALL { CREATE (:X) } IN TRANSACTIONS",
        "CALL db.createLabel('X')",
        "CREATE INDEX x FOR (n:Person) ON (n.name)",
        "DROP CONSTRAINT person_id_unique",
        "CREATE USER x SET PASSWORD 'abcdefgh1'",
        "ALTER USER neo4j SET PASSWORD 'abcdefgh1'",
        "DROP USER neo4j",
        "CREATE DATABASE x",
        "STOP DATABASE neo4j",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "LOAD /* '*/ CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "LOAD \\u0043SV FROM 'file:///etc/passwd' AS line RETURN line",
        "RETURN '\\u0027 LOAD CSV FROM \\u0027file:///etc/passwd' AS x",
        "CALL dbms.listConfig()",
        "CALL `dbms`.`listConfig`()",
        "CALL\n dbms . listConfig()",
        "UNWIND [1] AS call CALL dbms.listConfig() YIELD name RETURN call",
        "CALL`as`.listConfig()",
        "CALL apoc.load.json('http://127.0.0.1/')",
        "RETURN apoc.load.json('x')",
        "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    ],
)
def test_what_writes_or_reaches_outside_is_refused(view, text):
    before = view.query(CONTENT)
    with pytest.raises(QueryError):
        view.query(text)
    assert view.query(CONTENT) == before


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:X)",
        "CALL db.createLabel('X')",
        "DROP USER neo4j",
        "MATCH (n) DETACH DELETE n",
    ],
)
def test_the_server_itself_refuses_to_write(view, text):
    refuse_outside_neo4j(text)
    with pytest.raises(QueryError, match="read access mode"):
        view.query(text)


@pytest.mark.parametrize(
    "text",
    [
        "RETURN 'LOAD CSV' AS `LOAD CSV` // LOAD CSV",
        "CALL db.labels() YIELD label RETURN label",
        "CALL { MATCH (n:Person) RETURN n.id AS i } RETURN i AS caller",
        "MATCH (call:Person) WITH call WHERE call IS NOT NULL RETURN call AS c ORDER BY call DESC",
        "UNWIND [1] AS call CALL db.labels() YIELD label RETURN [call IN [call] WHERE call IN [1] | call] AS x, label",
        "MATCH (n:Person) CALL (n) { RETURN n.name AS name } RETURN name",
        "RETURN 'CALL dbms.x() apoc.y()' AS x, {call: 1}.call AS y",
    ],
)
def test_words_that_only_look_like_it_pass(view, text):
    assert view.query(text).rows


def test_a_slow_query_ends_on_the_server_and_the_next_one_runs(view):
    started = time.monotonic()
    with pytest.raises(QueryTimeout):
        view.query(SLOW, timeout=0.5)
    assert time.monotonic() - started < 10
    running = "SHOW TRANSACTIONS YIELD currentQuery, status RETURN currentQuery AS q"
    assert not [q for (q,) in view.query(running).rows if "range(1, 100000)" in q]


def test_rows_are_limited_and_the_rest_is_not_fetched(view):
    everything = "MATCH (n) RETURN n.id AS id"
    whole = view.query(everything)
    assert not whole.truncated
    few = view.query(everything, limit=4)
    assert (len(few.rows), few.truncated) == (4, True)
    assert not view.query(everything, limit=len(whole.rows)).truncated
    started = time.monotonic()
    assert view.query("UNWIND range(1, 1000000000) AS x RETURN x", limit=3).truncated
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_parameters_are_values(neo4j_holding, text):
    view = neo4j_holding(hostile_graph())
    before = view.query(CONTENT)
    rows = view.query("MATCH (n:Person) WHERE n.name = $wanted RETURN n.name AS name", {"wanted": text}).rows
    assert rows == ((text,),)
    assert view.query("RETURN $wanted AS x", {"wanted": [text, {text.replace("\x00", ""): 1}]}).rows
    assert view.query(CONTENT) == before


def test_values_become_plain(view):
    text = """RETURN 1 AS a, 2.5 AS b, true AS c, null AS d, ['x', [1]] AS e, {k: date('2020-01-02')} AS f, duration('P1D') AS g"""
    assert view.query(text).rows == ((1, 2.5, True, None, ["x", [1]], {"k": "2020-01-02"}, "P1D"),)
    ((node, edge, path),) = view.query(
        "MATCH p = (n:Person {id: 'person-hung'})-[r:ISSUED]->(d {id: 'd-1'}) RETURN n, r, p"
    ).rows
    assert node["labels"] == ["Person"]
    assert node["properties"]["name"] == "Lê Văn Hùng"
    assert edge == {"type": "ISSUED", "properties": {}}
    assert [step["properties"]["id"] for step in path["nodes"]] == ["person-hung", "d-1"]


@pytest.mark.parametrize("params", [{"x": "\ud800"}, {"x": 1 << 70}, {"x": object()}, {}])
def test_what_can_not_be_bound_is_a_query_error(view, params):
    with pytest.raises(QueryError):
        view.query("RETURN $x AS x", params)


def test_a_wrong_query_says_why_on_one_line(view):
    with pytest.raises(QueryError, match="SELEKT") as error:
        view.query("SELEKT nothing")
    assert "\n" not in str(error.value)


def test_threads_share_a_view(view):
    found = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(view.query("RETURN $n AS n", {"n": n}).rows[0][0]))
        for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(20))


def test_a_wrong_password_is_told_without_it(neo4j_server):
    access = neo4j_server.access
    for password in ("wrong-" + access.password, None):
        with pytest.raises(StoreError, match="NEO4J_PASSWORD") as error:
            Neo4jView(Neo4jAccess(access.uri, access.user, password))
        assert access.password not in str(error.value)


def test_an_unknown_database_is_told(neo4j_server):
    access = neo4j_server.access
    with pytest.raises(StoreError, match="nowhere"):
        Neo4jView(Neo4jAccess(access.uri, access.user, access.password, "nowhere"))


def test_nobody_there_is_told():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(StoreError, match=rf"{port}.*no Neo4j answers there \(Connection refused\)"):
        Neo4jView(Neo4jAccess(f"bolt://127.0.0.1:{port}", password="x"))
