"""Views: read-only, bounded, and with bound parameters."""

import time

import pytest

from kg.errors import QueryError, QueryTimeout, StoreError
from kg.graph.statements import Literal, entity_iri, graph_edges, graph_quads
from kg.stores import Iri, open_view, refresh
from kg.stores.oxigraph import OxigraphView
from tests.graph_factory import HOSTILE, fictional_graph, hostile_graph

NAME = "<http://xmlns.com/foaf/0.1/name>"
PERSON = {
    "oxigraph": f"SELECT ?s ?name WHERE {{ ?s {NAME} ?name FILTER(STR(?name) = ?name_) }}".replace(
        "?name_", "?wanted"
    ).replace("SELECT ?s ?name", "SELECT ?s ?name ?wanted"),
    "kglite": "MATCH (n:Person) WHERE n.name = $wanted RETURN n.id AS s, n.name AS name",
}
SLOW = {
    "oxigraph": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "kglite": "MATCH (a), (b), (c), (d), (e), (f), (g) WHERE a.id + b.id = c.id + d.id + e.id + f.id + g.id RETURN count(*) AS n",
}
ALL = {"oxigraph": "SELECT ?s ?p ?o { ?s ?p ?o }", "kglite": "MATCH (n) RETURN n.id AS id ORDER BY id"}
ENGINES = pytest.mark.parametrize("engine", ["oxigraph", "kglite"])


def test_the_store_holds_exactly_the_statements(home):
    with open_view(home, "oxigraph") as view:
        rows = view.query("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }").rows
    wanted = {
        (q.subject, q.predicate, q.object.lexical if isinstance(q.object, Literal) else q.object, q.graph)
        for q in graph_quads(fictional_graph())
    }
    plain = {(s, p, f"{o:g}" if isinstance(o, float) else str(o), g) for s, p, o, g in rows}
    assert plain == wanted


def test_queries_see_the_union_of_the_graphs(home):
    with open_view(home, "oxigraph") as view:
        count = view.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows
    assert count == ((len(set(graph_quads(fictional_graph()))),),)


def test_relationships_arrive(home):
    with open_view(home, "kglite") as view:
        rows = view.query("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, b.id AS b").rows
    assert sorted(rows) == sorted((edge.source, edge.type, edge.target) for edge in graph_edges(fictional_graph()))


@pytest.mark.parametrize(
    ("engine", "text"),
    [
        ("oxigraph", "INSERT DATA { <http://a> <http://b> 1 }"),
        ("oxigraph", "DELETE WHERE { ?s ?p ?o }"),
        ("oxigraph", "DROP ALL"),
        ("oxigraph", "LOAD <file:///etc/passwd>"),
        ("oxigraph", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"),
        ("oxigraph", "SELECT * { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }"),
        ("oxigraph", "SELECT * { ?a ?b ?c.SERVICE ?c { ?s ?p ?o } }"),
        ("oxigraph", 'PREFIX : <http://a/> SELECT * { ?a ?b "#".SERVICE:x { ?s ?p ?o } }'),
        ("kglite", "CREATE (:X {id: '1'})"),
        ("kglite", "MATCH (n) DETACH DELETE n"),
        ("kglite", "MATCH (n) SET n.name = 'x' RETURN n"),
        ("kglite", "MERGE (:X {id: '1'})"),
        ("kglite", "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line"),
        ("kglite", "LOAD /* '*/ CSV FROM 'file:///etc/passwd' AS line RETURN line"),
        ("kglite", "CREATE INDEX FOR (n:Person) ON (n.name)"),
    ],
)
def test_what_writes_or_reaches_outside_is_refused(home, engine, text):
    with open_view(home, engine) as view:
        before = view.query(ALL[engine])
        with pytest.raises(QueryError):
            view.query(text)
        assert sorted(view.query(ALL[engine]).rows, key=repr) == sorted(before.rows, key=repr)


def test_words_that_only_look_like_it_pass(home):
    with open_view(home, "oxigraph") as view:
        assert view.query(
            'PREFIX s: <http://service/> SELECT ?service { VALUES ?service { "SERVICE" s:SERVICE } } # SERVICE'
        ).rows
    with open_view(home, "kglite") as view:
        assert view.query("RETURN 'LOAD CSV' AS `LOAD CSV` // LOAD CSV").rows == (("LOAD CSV",),)


@ENGINES
def test_a_slow_query_is_cut_off_and_the_next_one_runs(home, engine):
    with open_view(home, engine) as view:
        started = time.monotonic()
        with pytest.raises(QueryTimeout):
            view.query(SLOW[engine], timeout=0.5)
        assert time.monotonic() - started < 5
        assert view.query(ALL[engine], limit=3).rows


def test_a_cut_off_sparql_query_leaves_no_process(home):
    view = OxigraphView(next((home / "stores").rglob("oxigraph")))
    view.query("ASK {}")
    worker = view._worker
    with pytest.raises(QueryTimeout):
        view.query(SLOW["oxigraph"], timeout=0.3)
    assert worker.poll() is not None
    assert view._worker is None


@ENGINES
def test_rows_are_limited(home, engine):
    with open_view(home, engine) as view:
        whole = view.query(ALL[engine])
        assert not whole.truncated
        few = view.query(ALL[engine], limit=4)
        assert (len(few.rows), few.truncated) == (4, True)
        assert not view.query(ALL[engine], limit=len(whole.rows)).truncated


@ENGINES
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_parameters_are_values(hostile_home, engine, text):
    with open_view(hostile_home, engine) as view:
        table = view.query(PERSON[engine], {"wanted": text})
        assert [row[1] for row in table.rows] == [text]
        assert view.query(ALL[engine]).rows


@ENGINES
def test_a_wrong_query_says_why(home, engine):
    with open_view(home, engine) as view, pytest.raises(QueryError, match=r"\w"):
        view.query("SELEKT nothing")


def test_sparql_terms_become_plain_values(home):
    with open_view(home, "oxigraph") as view:
        text = "SELECT ?a ?b ?c ?d ?e { VALUES (?a ?b ?c ?d ?e) { (1 2.5 true 'x'@vi UNDEF) } }"
        assert view.query(text).rows == ((1, 2.5, True, "x", None),)
        assert view.query("ASK { ?s ?p ?o }").dicts() == [{"answer": True}]
        built = view.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1")
        assert built.columns == ("subject", "predicate", "object")
        found = view.query("SELECT ?s ?p { ?s a ?type ; ?p ?o }", {"s": Iri(entity_iri("person-ha"))})
        assert {row[0] for row in found.rows} == {entity_iri("person-ha")}


def test_a_parameter_that_is_not_projected_is_an_error(home):
    with open_view(home, "oxigraph") as view, pytest.raises(QueryError, match="projection"):
        view.query("SELECT ?s { ?s ?p ?o FILTER(?o = ?x) }", {"x": "1"})


def test_a_damaged_store_is_a_store_error(tmp_path):
    refresh(tmp_path, hostile_graph(), "1")
    for file in (tmp_path / "stores").rglob("*.sst"):
        file.write_bytes(b"\x00" * file.stat().st_size)
    with open_view(tmp_path, "oxigraph") as view, pytest.raises(StoreError):
        view.query("SELECT * { ?s ?p ?o }")


def test_networkx_answers_its_three_operations(home):
    with open_view(home, "networkx") as view:
        assert ("d-1", "ISSUED", "out") in view.query("neighbours", {"id": "person-hung"}).rows
        assert view.query("degree", limit=1).truncated
        path = view.query("shortest_path", {"source": "person-hung", "target": "agency-soyte"})
        assert [row[1] for row in path.rows][0::2][0] == "person-hung"
        assert len(path.rows) == 3
        with pytest.raises(QueryError, match="shortest_path"):
            view.query("drop everything")
