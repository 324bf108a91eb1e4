"""The W3C suites: SPARQL 1.1 Protocol (34) and Service Description (3), run from ../shared/suites."""

import json

import pyoxigraph
import pytest
import rdflib
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kg.stores.sparql import SparqlRunner
from kg.web.machine.open_access import machine_route
from kg.web.machine.runners import Runners
from kg.web.machine.sparql import MEDIA, Endpoint
from tests.web.w3c import SUITES, WritableStore, entries, exchanges, filled, manifest

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")

if not (SUITES / "sparql-protocol" / "manifest.ttl").exists():
    pytest.skip("../shared/suites is not there", allow_module_level=True)

MANIFEST = manifest("sparql-protocol")
ENTRIES = entries(MANIFEST)
UPDATES = [entry for entry in ENTRIES if str(entry).rpartition("#")[2].startswith("update_")]


class SuiteRunners(Runners):
    """Processes over the suite's data, which updates change: each query has a new one."""

    def __init__(self, site, folder):
        super().__init__(site)
        self.folder = folder

    def _free(self):
        return (0, 0), SparqlRunner(self.folder)

    async def run(self, query, request=None, limit=None):
        answer = await super().run(query, request, limit)
        self.close()
        return answer


@pytest.fixture
def writable(site, tmp_path):
    filled(tmp_path / "store")
    endpoint = Endpoint(site, SuiteRunners(site, tmp_path / "store"), WritableStore(tmp_path / "store"))
    return TestClient(Starlette(routes=[machine_route("/sparql/", endpoint, ("GET", "POST"))]))


@pytest.fixture
def read_only(site, tmp_path):
    filled(tmp_path / "store")
    endpoint = Endpoint(site, SuiteRunners(site, tmp_path / "store"))
    return TestClient(Starlette(routes=[machine_route("/sparql/", endpoint, ("GET", "POST"))]))


def send(client, one):
    # the suite sends no Accept, and a POST without a type where it says none
    return client.request(one.method, one.path, headers=[*one.headers, ("accept", "")], content=one.body or None)


def check(response, one):
    assert str(response.status_code)[0] in one.statuses, (response.status_code, response.text)
    media = response.headers.get("content-type", "").partition(";")[0]
    if one.form:
        assert media in MEDIA[{"boolean": "boolean", "tabular": "rows", "RDF": "graph"}[one.form]]
    if one.boolean is not None:
        assert json.loads(response.content)["boolean"] is one.boolean
    if one.form == "RDF":
        list(pyoxigraph.parse(response.content, pyoxigraph.RdfFormat.from_media_type(media)))


def test_the_suite_is_whole():
    assert len(ENTRIES) == 34
    assert len(UPDATES) == 7


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry).rpartition("#")[2])
def test_protocol_on_a_writable_endpoint(writable, entry):
    for one in exchanges(MANIFEST, entry):
        check(send(writable, one), one)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry).rpartition("#")[2])
def test_protocol_on_our_endpoint_which_refuses_updates(read_only, entry):
    first, *_ = exchanges(MANIFEST, entry)
    response = send(read_only, first)
    if entry in UPDATES:
        assert response.status_code == 403
    else:
        check(response, first)


def test_the_service_describes_itself(client):
    entries_ = {str(one).rpartition("#")[2] for one in entries(manifest("sparql-service-description"))}
    assert entries_ == {"has-endpoint-triple", "returns-rdf", "conforms-to-schema"}
    response = client.get("/sparql", headers={"accept": "*/*"})
    assert response.headers["content-type"].startswith("text/turtle")
    graph = rdflib.Graph().parse(data=response.content, format="turtle")  # returns-rdf
    (service,) = graph.subjects(SD.endpoint, rdflib.URIRef("http://127.0.0.1:8000/sparql"))  # has-endpoint-triple
    conforms(graph, service)


def conforms(graph, service):
    """The classes and properties of the vocabulary, used as SPARQL 1.1 Service Description section 3 says."""
    type_ = rdflib.RDF.type
    assert (service, type_, SD.Service) in graph
    classes = {
        SD.defaultDataset: SD.Dataset,
        SD.defaultGraph: SD.Graph,
        SD.namedGraph: SD.NamedGraph,
    }
    allowed = {
        SD.endpoint, SD.supportedLanguage, SD.feature, SD.resultFormat, SD.name, *classes,
    }  # fmt: skip
    for subject, predicate, value in graph:
        if str(predicate).startswith(str(SD)):
            assert predicate in allowed, predicate
            if predicate in classes:
                assert (value, type_, classes[predicate]) in graph
            if predicate in (SD.supportedLanguage, SD.feature, SD.resultFormat, SD.endpoint, SD.name):
                assert isinstance(value, rdflib.URIRef)
            if predicate in (SD.supportedLanguage, SD.feature, SD.resultFormat, SD.endpoint, SD.defaultDataset):
                assert subject == service
    assert set(graph.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
