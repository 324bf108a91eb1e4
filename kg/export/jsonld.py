"""JSON-LD 1.1: one named graph an article, nodes keyed by the names that the fields have in Python.

`schema/generated/context.jsonld` gives the names their meaning and is embedded, so that nothing is fetched. What it has no name for (selectors,
search text) has a CURIE as its key.
"""

import json
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import IO, Any

from kg.export.rdf import sorted_quads
from kg.graph.records import Graph
from kg.graph.statements import Literal, Quad, entity_iri
from kg.graph.terms import FieldTerm, fields_of
from kg.model.base import Entity
from kg.model.namespaces import PREFIXES, expand
from kg.resources import data_folder

_TYPE = expand("rdf:type")


def write(graph: Graph, out: IO[bytes]) -> None:
    """Write one document; each node stands on a line of its own."""
    classes = {entity_iri(entity.id): type(entity) for entity in graph.entities}
    out.write(b'{"@context": ' + _dump(context()) + b',\n"@graph": [')
    for number, (name, quads) in enumerate(groupby(sorted_quads(graph), key=attrgetter("graph"))):
        out.write((b"," if number else b"") + b'\n{"@id": ' + _dump(name) + b', "@graph": [')
        for place, (subject, statements) in enumerate(groupby(quads, key=attrgetter("subject"))):
            node = node_object(subject, classes.get(subject), list(statements))
            out.write((b"," if place else b"") + b"\n" + _dump(node))
        out.write(b"\n]}")
    out.write(b"\n]}\n")


def context() -> dict[str, Any]:
    """Return the generated context, without what stands around it."""
    file = data_folder("schema") / "generated" / "context.jsonld"
    found = json.loads(file.read_bytes())["@context"]
    assert isinstance(found, dict)
    return found


def node_object(subject: str, cls: type[Entity] | None, statements: list[Quad]) -> dict[str, Any]:
    """Return the statements of one subject as a node object; `cls` is its class where its fields are to have their Python names."""
    fields = _fields(cls) if cls else {}
    types = [_curie(str(quad.object)) for quad in statements if quad.predicate == _TYPE]
    if cls:  # the name of the class brings the context of its fields
        types = [cls.__name__, *(one for one in types if one != cls.rdf_types[0])]
    node: dict[str, Any] = {"id": _relative(subject)}
    if types:
        node["type"] = types if len(types) > 1 else types[0]
    for quad in statements:
        field = fields.get(quad.predicate)
        if field and not field.is_many:
            node[field.name] = _plain(quad.object)
        elif field:
            node.setdefault(field.name, []).append(_plain(quad.object))
        elif quad.predicate != _TYPE:
            node.setdefault(_curie(quad.predicate), []).append(_full(quad.object))
    return node


@cache
def _fields(cls: type[Entity]) -> Mapping[str, FieldTerm]:
    return {expand(field.term.curie): field for field in fields_of(cls)}


def _plain(value: str | Literal) -> object:
    """A value as the context of its class reads it; a date says its type, which depends on its precision."""
    if isinstance(value, str):
        return _relative(value)
    if value.datatype == expand("xsd:integer"):
        return int(value.lexical)
    # a JSON number would become 9.0E-1: the string keeps the lexical form of the store
    return value.lexical if value.lang or value.datatype in (None, expand("xsd:double")) else _full(value)


def _full(value: str | Literal) -> dict[str, str]:
    if isinstance(value, str):
        return {"id": _relative(value)}
    if value.lang:
        return {"@value": value.lexical, "@language": value.lang}
    return {"@value": value.lexical} | ({"@type": _curie(value.datatype)} if value.datatype else {})


def _relative(iri: str) -> str:
    return iri.removeprefix(entity_iri(""))


def _curie(iri: str) -> str:
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
