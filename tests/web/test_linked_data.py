"""Linked data: redirects, every form, what it says, the dataset, the site map, conditions and ranges."""

import csv
import gzip
import io
import json
import re
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import httpx2
import pyoxigraph
import pytest
import rdflib
from starlette.testclient import TestClient

from kg.export.jsonld import context
from kg.web.app import create_app
from kg.web.machine.linked_data import MEDIA
from kg.web.schema_org import schema_org
from kg.web.site import open_site
from tests.graph_factory import HOSTILE, hostile_graph
from tests.web.live_server import served

BASE = "https://chidao.example/"


@pytest.fixture(scope="module")
def ids(site):
    """One id of each class."""
    return dict(site.pages.index().rows("SELECT label, max(id) FROM node GROUP BY label"))


@pytest.fixture
def data(site):
    return TestClient(
        create_app(site), base_url="http://127.0.0.1:8000", headers={"accept": "*/*"}, follow_redirects=False
    )


def parsed(response):
    media = response.headers["content-type"].partition(";")[0]
    if media == "application/ld+json":
        said = json.loads(response.content)
        said["@context"] = [context(), *(one for one in said["@context"] if isinstance(one, dict))]
        graph = rdflib.Graph().parse(data=json.dumps(said), format="json-ld")
        return {(str(s), str(p), value(str(o), getattr(o, "datatype", None))) for s, p, o in graph}
    triples = pyoxigraph.parse(response.content, pyoxigraph.RdfFormat.from_media_type(media))
    return {
        (
            t.subject.value,
            t.predicate.value,
            value(t.object.value, getattr(getattr(t.object, "datatype", None), "value", None)),
        )
        for t in triples
    }


def value(lexical, datatype):
    """rdflib writes doubles in another way."""
    return float(lexical) if str(datatype).endswith("#double") else lexical


@pytest.mark.parametrize(
    "label", ["Person", "Agency", "Document", "Meeting", "Directive", "Mention", "ArticleNode", "Topic", "Place"]
)
def test_every_form_says_the_same(data, ids, label):
    iri = BASE + "id/" + quote(ids[label], safe="")
    see_other = data.get("/id/" + quote(ids[label], safe=""))
    assert see_other.status_code == 303
    assert unquote(see_other.headers["location"]) == "/doc/" + ids[label]
    where = see_other.headers["location"]
    turtle = data.get(where, headers={"accept": "text/turtle"})
    assert turtle.headers["content-location"] == where + ".ttl"
    assert "Accept" in turtle.headers["vary"]
    assert turtle.content == data.get(where + ".ttl").content
    told = parsed(turtle)
    assert any(subject == iri for subject, _, _ in told)
    assert parsed(data.get(where + ".nt")) == told
    assert parsed(data.get(where + ".jsonld")) == told
    rows = list(csv.DictReader(io.StringIO(data.get(where + ".csv").content.decode(), newline="")))
    assert len(rows) >= len(told)
    assert {(row["subject"], row["predicate"]) for row in rows} == {(s, p) for s, p, _ in told}
    plain = data.get(where + ".json").json()
    assert (plain["iri"], plain["class"], plain["id"]) == (iri, label, ids[label])


def test_a_document_is_described_and_its_links_are_named(data, ids):
    where = "/doc/" + quote(ids["Agency"], safe="")
    told = parsed(data.get(where + ".ttl"))
    of_document = {p: o for s, p, o in told if "/doc/" in s}
    assert of_document["http://xmlns.com/foaf/0.1/primaryTopic"].startswith(BASE + "id/")
    assert of_document["http://purl.org/dc/terms/license"].startswith("https://")
    assert any(p == "http://www.w3.org/2000/01/rdf-schema#label" for _, p, _ in told)
    assert any(p == "http://www.w3.org/ns/oa#exact" for _, p, _ in told)
    links = data.get(where + ".ttl").headers["link"]
    assert 'rel="alternate"; type="application/ld+json"' in links


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/id/no-such", "text/turtle", 404),
        ("/doc/no-such.ttl", "*/*", 404),
        ("/doc/no-such", "text/turtle", 404),
        ("/doc/{id}", "image/png", 406),
        ("/id/" + quote("<script>alert(1)</script> \"'", safe=""), "*/*", 404),
        ("/doc/" + "x" * 10_000 + ".ttl", "*/*", 404),
        ("/id/%00%0a%ff", "*/*", 404),
        ("/annotations/no-such", "*/*", 404),
        ("/annotations/{id}?page=-1", "*/*", 400),
        ("/sitemap-99.xml", "*/*", 404),
    ],
)
def test_statuses(data, ids, path, accept, status):
    response = data.get(path.replace("{id}", quote(ids["Agency"], safe="")), headers={"accept": accept})
    assert response.status_code == status
    assert "<script>" not in response.text


def test_a_page_is_left_to_the_pages(data, ids):
    where = "/doc/" + quote(ids["Agency"], safe="")
    for accept in ("text/html,application/xhtml+xml,*/*;q=0.8", "*/*"):
        response = data.get(where, headers={"accept": accept})
        assert "content-location" not in response.headers


def test_old_ids_lead_to_those_of_today(site, data):
    old = site.pages.index().rows("SELECT id FROM node WHERE label = 'Redirect' ORDER BY id LIMIT 1")
    if not old:
        pytest.skip("the samples have no redirect")
    response = data.get("/id/" + quote(old[0][0], safe=""))
    assert response.status_code == 303
    assert unquote(response.headers["location"]) != "/doc/" + old[0][0]
    moved = data.get(f"/doc/{quote(old[0][0], safe='')}.ttl")
    assert moved.status_code == 301
    assert moved.headers["location"].endswith(".ttl")


def test_conditional_requests(data, ids):
    for path in (
        f"/doc/{quote(ids['Agency'], safe='')}.ttl",
        "/context.jsonld",
        "/.well-known/void",
        "/sitemap.xml",
        "/ns",
    ):
        first = data.get(path)
        again = data.get(path, headers={"if-none-match": f'W/"x", {first.headers["etag"]}'})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert data.get(path, headers={"if-none-match": '"other"'}).status_code == 200
        assert first.headers["access-control-allow-origin"] == "*"


def test_the_context_is_the_generated_one(data):
    response = data.get("/context.jsonld", headers={"origin": "https://elsewhere.example"})
    assert response.headers["content-type"] == "application/ld+json"
    assert response.json()["@context"] == context()


def test_the_dataset(data, ids):
    graph = rdflib.Graph().parse(data=data.get("/.well-known/void").content, format="turtle")
    void, dcat = rdflib.Namespace("http://rdfs.org/ns/void#"), rdflib.Namespace("http://www.w3.org/ns/dcat#")
    dataset = rdflib.URIRef(BASE + "dataset")
    assert (dataset, rdflib.RDF.type, void.Dataset) in graph
    assert (dataset, rdflib.RDF.type, dcat.Dataset) in graph
    assert graph.value(dataset, rdflib.DCTERMS.license)
    assert str(graph.value(dataset, void.sparqlEndpoint)) == BASE + "sparql"
    assert graph.value(dataset, dcat.distribution)
    example = str(graph.value(dataset, void.exampleResource))
    assert data.get(example.removeprefix(BASE.rstrip("/"))).status_code == 303
    for media in ("application/rdf+xml", "application/ld+json", "application/n-triples"):
        response = data.get("/dataset", headers={"accept": media})
        assert response.headers["content-type"].startswith(media)


def test_the_site_map_names_pages_that_are_there(site, data):
    root = ElementTree.fromstring(data.get("/sitemap.xml").content)
    addresses = [one.text for one in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(addresses) == len(set(addresses)) > 50
    for address in addresses[:3] + addresses[-3:]:
        assert data.get(address.removeprefix(BASE.rstrip("/")), headers={"accept": "text/turtle"}).status_code == 200
    assert f"Sitemap: {BASE}sitemap.xml" in data.get("/robots.txt").text


def test_evidence_as_web_annotations(site, data, ids):
    page = data.get("/annotations/" + quote(ids["ArticleNode"], safe="")).json()
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert len(page["items"]) == page["partOf"]["total"] > 0
    from kg.home import GraphHome

    with GraphHome(site.home) as home:
        text = next(home.articles(ids["ArticleNode"])).text
    for one in page["items"]:
        position, words = one["target"]["selector"]
        assert one["target"]["source"] == BASE + "id/" + ids["ArticleNode"]
        assert text[position["start"] : position["end"]] == words["exact"]
    of_body = data.get("/annotations/" + quote(ids["Agency"], safe="")).json()
    assert {one["body"] for one in of_body["items"]} == {BASE + "id/" + quote(ids["Agency"], safe="")}


def test_the_dump_and_its_ranges(site):
    with served(site) as port, httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
        whole = client.get("/dump/chidao.nq.gz", headers={"accept-encoding": "identity"})
        assert whole.status_code == 200
        quads = list(pyoxigraph.parse(gzip.decompress(whole.content), pyoxigraph.RdfFormat.N_QUADS))
        count = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"}).json()
        assert len(quads) == int(count["results"]["bindings"][0]["n"]["value"])
        part = client.get("/dump/chidao.nq.gz", headers={"range": "bytes=10-19"})
        assert part.status_code == 206
        assert part.content == whole.content[10:20]
        assert part.headers["content-range"] == f"bytes 10-19/{len(whole.content)}"
        beyond = client.get("/dump/chidao.nq.gz", headers={"range": f"bytes={len(whole.content)}-"})
        assert beyond.status_code == 416
        changed = client.get("/dump/chidao.nq.gz", headers={"range": "bytes=0-1", "if-range": '"other"'})
        assert (changed.status_code, len(changed.content)) == (200, len(whole.content))
        assert client.get("/dump/chidao.nq.gz").headers["etag"] == whole.headers["etag"]


def test_another_base(samples_home):
    base = "https://data.example.vn/kg/"
    with open_site(samples_home, base_iri=base, licence="https://licence.example/") as site:
        client = TestClient(create_app(site), base_url="http://127.0.0.1")
        ident = site.pages.index().rows("SELECT max(id) FROM node WHERE label = 'Agency'")[0][0]
        for form in MEDIA:
            text = client.get(f"/doc/{quote(ident, safe='')}.{form}").text
            assert BASE + "id/" not in text
            assert base in text
        assert parsed(client.get(f"/doc/{quote(ident, safe='')}.jsonld")) == parsed(
            client.get(f"/doc/{quote(ident, safe='')}.ttl")
        )
        assert "https://licence.example/" in client.get("/.well-known/void").text
        dump = gzip.decompress(client.get("/dump/chidao.nq.gz").content).decode()
        assert f"<{base}id/" in dump
        assert f"<{base}graph/" in dump
        assert f"<{BASE}id/" not in dump


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory):
    """A site over the hostile graph, whose home holds an empty truth beside it."""
    from kg.home import GraphHome
    from kg.stores import refresh

    home = tmp_path_factory.mktemp("hostile-site")
    with GraphHome(home, create=True) as truth:
        refresh(home, hostile_graph(), truth.stamp())
    with open_site(home) as site:
        yield site


def test_hostile_names_and_ids_in_every_form(hostile_site):
    index = hostile_site.pages.index()
    names = set()
    with served(hostile_site) as port, httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
        some = "label IN ('Person', 'Agency', 'Directive', 'Mention')"
        for (ident,) in index.rows(f"SELECT id FROM node WHERE {some} ORDER BY id"):
            where = client.get(f"/id/{quote(ident, safe='')}").headers["location"]
            for form in MEDIA:
                response = client.get(f"{where}.{form}")
                assert response.status_code == 200, (ident, form)
                assert response.headers["x-content-type-options"] == "nosniff"
                assert not response.headers["content-type"].startswith("text/html")
                if form == "csv":
                    for row in csv.reader(io.StringIO(response.content.decode(), newline="")):
                        assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r", "\n"))]
                elif form != "json":
                    parsed(response)
                else:
                    names.add(response.json().get("name"))
        assert ElementTree.fromstring(client.get("/sitemap.xml").content) is not None
    assert len(names & set(HOSTILE)) >= 8


def test_schema_org_can_not_leave_its_element(hostile_site):
    index = hostile_site.pages.index()
    seen = 0
    for (ident,) in index.rows("SELECT id FROM node ORDER BY id"):
        fact = index.node(ident)
        html = str(schema_org(hostile_site, index, fact))
        if not html:
            continue
        seen += 1
        inner = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', html, re.DOTALL)[1]
        assert not re.search("[<>&\u2028\u2029]", inner)
        said = json.loads(inner)
        assert said["@context"] == "https://schema.org"
        assert str(said.get("sameAs", "https://")).startswith("http")
    assert seen > 10


def test_schema_org_says_what_is_known(site, ids):
    index = site.pages.index()
    article = index.rows(
        "SELECT id FROM node WHERE label = 'ArticleNode' AND json_extract(data, '$.title') IS NOT NULL LIMIT 1"
    )
    said = json.loads(str(schema_org(site, index, index.node(article[0][0]))).partition(">")[2].rpartition("<")[0])
    assert said["@type"] == "NewsArticle"
    assert said["headline"]
    assert schema_org(site, index, index.node(ids["Mention"])) == ""


@pytest.mark.parametrize("label", ["Agency", "ArticleNode"])
def test_pages_hold_schema_org_and_name_their_other_forms(client, ids, label):
    page = client.get("/doc/" + quote(ids[label], safe=""))
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    assert [json.loads(one)["@id"] for one in found] == [BASE + "id/" + quote(ids[label], safe="")]
    assert re.search(r'<link rel="alternate" type="text/turtle" href="/doc/[^"]+\.ttl">', page.text)
