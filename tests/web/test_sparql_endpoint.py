"""The SPARQL endpoint beyond the W3C suite: formats, limits, cancellation, CORS, hostile text."""

import csv
import dataclasses
import io
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import httpx2
import pyoxigraph
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kg.home import GraphHome
from kg.stores import has_engine, refresh
from kg.stores.sparql import SparqlQuery, SparqlRunner
from kg.web.app import create_app
from kg.web.machine import runners as pool
from kg.web.machine.open_access import machine_route
from kg.web.machine.runners import Runners
from kg.web.machine.sparql import MEDIA, Endpoint
from kg.web.site import Limits, open_site
from tests.graph_factory import HOSTILE, fictional_graph
from tests.web.live_server import served

BOMB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ROWS = "SELECT ?s ?name { ?s a <http://xmlns.com/foaf/0.1/Person> ; <http://xmlns.com/foaf/0.1/name> ?name } ORDER BY ?s LIMIT 3"


def ask(client, query, accept="*/*", **more):
    return client.get("/sparql", params={"query": query, **more}, headers={"accept": accept})


@pytest.mark.parametrize("media", list(MEDIA["rows"]))
def test_rows_in_every_format(client, media):
    response = ask(client, ROWS, media)
    assert response.headers["content-type"].partition(";")[0] == media
    assert "Accept" in response.headers["vary"]
    if MEDIA["rows"][media] == "csv":
        rows = list(csv.reader(io.StringIO(response.text)))[1:]
    else:
        form = {"json": "JSON", "xml": "XML", "tsv": "TSV"}[MEDIA["rows"][media]]
        parsed = pyoxigraph.parse_query_results(response.content, getattr(pyoxigraph.QueryResultsFormat, form))
        rows = [[row["s"].value, row["name"].value] for row in parsed]
    assert len(rows) == 3
    assert all(iri.startswith("https://chidao.example/id/") and name for iri, name in rows)


@pytest.mark.parametrize("media", list(MEDIA["graph"]))
def test_graphs_in_every_format(client, media):
    response = ask(client, "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 5", media)
    assert response.headers["content-type"].partition(";")[0] == media
    assert len(list(pyoxigraph.parse(response.content, pyoxigraph.RdfFormat.from_media_type(media)))) == 5


@pytest.mark.parametrize(
    ("query", "accept", "status"),
    [
        ("ASK {}", "text/csv", 406),  # SPARQL has no CSV for a boolean
        ("ASK {}", "image/png", 406),
        (ROWS, "text/turtle", 406),
        (ROWS, "text/turtle, application/sparql-results+xml;q=0.1", 200),
        (ROWS, "*/*;q=0", 406),
        (ROWS, "nonsense", 406),
        ("SELECT * {", "*/*", 400),
        ("CLEAR ALL", "*/*", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "*/*", 400),
        ("SELECT * FROM <not an iri> { ?s ?p ?o }", "*/*", 400),
        ("SELECT * { ?s ?p ?o FILTER(?o = \ud83d) }".encode("utf-8", "replace").decode(), "*/*", 400),
    ],
)
def test_statuses(client, query, accept, status):
    response = ask(client, query, accept)
    assert response.status_code == status
    if status != 200:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["title"]
        assert response.headers["access-control-allow-origin"] == "*"


def test_datasets(client):
    reference = "https://chidao.example/graph/reference"
    everything = ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()
    of_query = ask(client, f"SELECT (COUNT(*) AS ?n) FROM <{reference}> {{ ?s ?p ?o }}").json()
    of_protocol = ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", **{"default-graph-uri": reference}).json()

    def count(answer):
        return int(answer["results"]["bindings"][0]["n"]["value"])

    assert 0 < count(of_query) == count(of_protocol) < count(everything)
    assert ask(client, "ASK { ?s ?p ?o }", **{"named-graph-uri": reference}).json()["boolean"] is False
    assert ask(client, "ASK { ?s ?p ?o }", **{"default-graph-uri": "no iri"}).status_code == 400


def test_cors_and_preflight(client):
    origin = {"origin": "https://elsewhere.example"}
    preflight = client.options(
        "/sparql",
        headers={**origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type"},
    )
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    answer = client.post("/sparql", headers={**origin, "content-type": "application/sparql-query"}, content="ASK {}")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-credentials" not in answer.headers
    assert client.options("/sparql").headers["allow"] == "GET, POST, HEAD, OPTIONS"


def test_a_browser_is_led_to_the_console(client):
    response = client.get("/sparql", headers={"accept": "text/html,*/*;q=0.8"}, follow_redirects=False)
    assert response.status_code == 303


def test_a_huge_body_is_refused(client, site):
    headers = {"content-type": "application/sparql-query"}
    response = client.post("/sparql", headers=headers, content="#" * (site.limits.body + 1))
    assert response.status_code == 413


@pytest.fixture
def hasty(site):
    quick = dataclasses.replace(site, limits=Limits(timeout=1.0, rows=50))
    runners = Runners(quick)
    app = Starlette(routes=[machine_route("/sparql", Endpoint(quick, runners), ("GET", "POST"))])
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client
    runners.close()


def test_a_query_bomb_is_cut_off_and_the_next_request_is_served(hasty):
    started = time.monotonic()
    response = ask(hasty, BOMB)
    assert response.status_code == 504
    assert "1 s" in response.text
    assert time.monotonic() - started < 4
    assert ask(hasty, "ASK {}").json()["boolean"] is True


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a",
        "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT * { ?a (<urn:p>|!<urn:p>)* ?b }",
        "ASK { FILTER(REGEX('" + "a" * 5_000 + "!', '(a+)+$')) }",
    ],
)
def test_other_bombs_end_in_time(hasty, query):
    started = time.monotonic()
    assert ask(hasty, query).status_code in (200, 400, 504)
    assert time.monotonic() - started < 5
    assert ask(hasty, "ASK {}").json()["boolean"] is True


def test_an_answer_is_whole_or_refused(hasty):
    whole = ask(hasty, "SELECT * { ?s ?p ?o } LIMIT 50").json()
    assert len(whole["results"]["bindings"]) == 50
    for query in ("SELECT * { ?s ?p ?o } LIMIT 51", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 60"):
        response = ask(hasty, query)
        assert response.status_code == 400
        assert "more than 50" in response.text


def test_a_query_whose_client_has_gone_is_cancelled(site):
    slow = dataclasses.replace(site, limits=Limits(timeout=60.0))
    with served(slow) as port:
        request = f"GET /sparql?{urlencode({'query': BOMB})} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        for _ in range(pool.PROCESSES):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(request)
                time.sleep(0.5)
        started = time.monotonic()
        answer = httpx2.get(f"http://127.0.0.1:{port}/sparql", params={"query": "ASK {}"}, timeout=30)
        assert answer.json()["boolean"] is True
        assert time.monotonic() - started < 10


def test_many_bombs_at_once_leave_the_endpoint_and_the_pages_answering(site):
    quick = dataclasses.replace(site, limits=Limits(timeout=1.0))
    with served(quick) as port, ThreadPoolExecutor(12) as threads:
        address = f"http://127.0.0.1:{port}"

        def get(path, **params):
            return httpx2.get(address + path, params=params, timeout=60).status_code

        bombs = [threads.submit(get, "/sparql", query=BOMB) for _ in range(8)]
        time.sleep(0.3)
        started = time.monotonic()
        assert get("/context.jsonld") == 200  # no page or file waits for a query
        assert time.monotonic() - started < 3
        assert {one.result() for one in bombs} <= {503, 504}
        assert get("/sparql", query="ASK {}") == 200


def test_hostile_names_in_every_format(hostile_home):
    from kg.stores import store_place

    query = "SELECT ?n { ?s <http://www.w3.org/2004/02/skos/core#prefLabel>|<http://xmlns.com/foaf/0.1/name> ?n }"
    runner = SparqlRunner(store_place(hostile_home, "oxigraph"))

    def body(form):
        formats = {"rows": form, "boolean": None, "graph": None}
        return runner.run(SparqlQuery(query, formats=formats), timeout=10, limit=1000).body

    try:
        names = {row["n"]["value"] for row in json.loads(body("json"))["results"]["bindings"]}
        assert names >= {name for name in HOSTILE if name in names}
        assert len(names & set(HOSTILE)) >= 8
        cells = [row[0] for row in csv.reader(io.StringIO(body("csv"), newline=""))][1:]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
        tsv = pyoxigraph.parse_query_results(body("tsv"), pyoxigraph.QueryResultsFormat.TSV)
        assert {row["n"].value for row in tsv} == names
        pyoxigraph.parse_query_results(body("xml"), pyoxigraph.QueryResultsFormat.XML)
    finally:
        runner.close()


def test_iris_are_shown_under_the_configured_base(samples_home):
    from kg.stores import store_place

    runner = SparqlRunner(store_place(samples_home, "oxigraph"), "https://data.example.vn/")
    try:
        found = runner.run(SparqlQuery(ROWS), timeout=10, limit=10)
        iris = [row["s"]["value"] for row in json.loads(found.body)["results"]["bindings"]]
        assert all(iri.startswith("https://data.example.vn/id/") for iri in iris)
        again = runner.run(SparqlQuery(f"ASK {{ <{iris[0]}> ?p ?o }}"), timeout=10, limit=10)
        assert json.loads(again.body)["boolean"] is True
        own = runner.run(SparqlQuery("DESCRIBE " + f"<{iris[0]}>"), timeout=10, limit=100)
        assert "chidao.example/id/" not in own.body
    finally:
        runner.close()


def test_a_home_without_oxigraph_gets_it_when_somebody_asks(tmp_path):
    with GraphHome(tmp_path, create=True) as truth:
        refresh(tmp_path, fictional_graph(), truth.stamp(), engines=("kglite", "networkx"), only=True)
        assert not has_engine(tmp_path, "oxigraph")
    with open_site(tmp_path) as site:
        client = TestClient(create_app(site), base_url="http://127.0.0.1")
        assert ask(client, "ASK {}").json()["boolean"] is True
        assert client.get("/dump/chidao.nq.gz").status_code == 200
    assert has_engine(tmp_path, "oxigraph")
