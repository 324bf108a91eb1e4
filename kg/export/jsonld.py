"""JSON-LD 1.1: one named graph an article, nodes with CURIE keys.

The context is embedded, so that nothing is fetched: `schema/generated/context.jsonld` where it is there, else the prefixes alone. Keys are CURIEs
and values are written out with language and type, so both mean the same.
"""

import json
from itertools import groupby
from operator import attrgetter
from typing import IO, Any

from kg.export.rdf import sorted_quads
from kg.graph.records import Graph
from kg.graph.statements import Literal, Quad
from kg.model.namespaces import PREFIXES, expand
from kg.resources import data_folder


def write(graph: Graph, out: IO[bytes]) -> None:
    """Write one document; each node stands on a line of its own."""
    out.write(b'{"@context": ' + _dump(_context()) + b',\n"@graph": [')
    for number, (name, quads) in enumerate(groupby(sorted_quads(graph), key=attrgetter("graph"))):
        out.write((b"," if number else b"") + b'\n{"@id": ' + _dump(name) + b', "@graph": [')
        for place, (_, statements) in enumerate(groupby(quads, key=attrgetter("subject"))):
            out.write((b"," if place else b"") + b"\n" + _dump(_node(list(statements))))
        out.write(b"\n]}")
    out.write(b"\n]}\n")


def _context() -> dict[str, Any]:
    file = data_folder("schema") / "generated" / "context.jsonld"
    prefixes: dict[str, Any] = dict(sorted(PREFIXES.items()))
    if not file.is_file():
        return prefixes
    context = json.loads(file.read_bytes())["@context"]
    return {**context, **prefixes}


def _node(statements: list[Quad]) -> dict[str, Any]:
    values: dict[str, list[Any]] = {}
    for quad in statements:
        if quad.predicate == expand("rdf:type"):
            values.setdefault("@type", []).append(_curie(str(quad.object)))
        else:
            values.setdefault(_curie(quad.predicate), []).append(_value(quad.object))
    node: dict[str, Any] = {"@id": statements[0].subject}
    return node | {key: found[0] if len(found) == 1 else found for key, found in values.items()}


def _value(value: str | Literal) -> dict[str, str]:
    if isinstance(value, str):
        return {"@id": value}
    if value.lang:
        return {"@value": value.lexical, "@language": value.lang}
    return {"@value": value.lexical} | ({"@type": _curie(value.datatype)} if value.datatype else {})


def _curie(iri: str) -> str:
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
