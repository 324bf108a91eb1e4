"""What the endpoint says of itself. Source: SPARQL 1.1 Service Description."""

from typing import Final

import rdflib
from rdflib.namespace import RDF, VOID

from kg.graph.statements import graph_iri

_SD: Final = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS: Final = rdflib.Namespace("http://www.w3.org/ns/formats/")
_RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
DESCRIBED: Final = {
    "text/turtle": "turtle",
    "application/rdf+xml": "xml",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
}
"""Media types of the description, and what rdflib calls them; the first is the default."""


def service_description(endpoint: str, dataset: str, media: str) -> bytes:
    """Return the description of the endpoint at `endpoint`, over the dataset with the IRI `dataset`, in one of `DESCRIBED`."""
    graph = rdflib.Graph()
    graph.bind("sd", _SD)
    service, data, default = rdflib.URIRef(endpoint), rdflib.URIRef(dataset), rdflib.URIRef(dataset + "/default")
    graph.add((service, RDF.type, _SD.Service))
    graph.add((service, _SD.endpoint, service))
    graph.add((service, _SD.supportedLanguage, _SD.SPARQL11Query))
    graph.add((service, _SD.feature, _SD.UnionDefaultGraph))
    for name in _RESULTS:
        graph.add((service, _SD.resultFormat, _FORMATS[name]))
    graph.add((service, _SD.defaultDataset, data))
    graph.add((data, RDF.type, _SD.Dataset))
    graph.add((data, RDF.type, VOID.Dataset))
    graph.add((data, _SD.defaultGraph, default))
    graph.add((default, RDF.type, _SD.Graph))
    for name in ("entities", "reference", "derived"):
        named = rdflib.URIRef(f"{dataset}/named/{name}")
        graph.add((data, _SD.namedGraph, named))
        graph.add((named, RDF.type, _SD.NamedGraph))
        graph.add((named, _SD.name, rdflib.URIRef(graph_iri(name))))
    return graph.serialize(format=DESCRIBED[media], encoding="utf-8")
