"""Prefixes of the vocabularies that the graph uses, and expansion of a CURIE.

Sources: the namespace documents of W3C ORG, PROV-O, SKOS, OWL-Time, Web Annotation; ELI; FOAF; DCMI; schema.org.
"""

from types import MappingProxyType

BASE = "https://chidao.example/"
"""Base of the IRIs that chidao mints when no other is configured (RFC 6761 reserves .example)."""

PREFIXES = MappingProxyType(
    {
        "cd": BASE + "ns#",
        "dct": "http://purl.org/dc/terms/",
        "eli": "http://data.europa.eu/eli/ontology#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "time": "http://www.w3.org/2006/time#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)


def expand(curie: str) -> str:
    """Return the IRI of a CURIE.

    >>> expand("org:Post")
    'http://www.w3.org/ns/org#Post'
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local
