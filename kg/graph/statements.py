"""Entities as statements: RDF quads and property-graph nodes and edges, both read off the `Term` of each field.

Rules: RDF 1.1 Concepts (literals, datatypes), W3C Web Annotation section 4.2 (selectors), `kg.graph.records.named_graph` (graphs).
Nothing here knows an engine: stores and exports turn these records into their own form.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote

from kg.errors import StoreError
from kg.graph.records import Graph, named_graph
from kg.graph.search import search_form
from kg.graph.terms import FieldTerm, fields_of
from kg.model.base import Entity
from kg.model.entities import Directive, Mention, Statement
from kg.model.namespaces import BASE, expand

Scalar = str | int | float
Value = Scalar | list[str]

_XSD = expand("xsd:")
_INTEGER = expand("xsd:integer")
_RDF_TYPE = expand("rdf:type")
_PLAIN = re.compile(r"[A-Za-z0-9_.~/-]*", re.ASCII)
_DATE_KINDS = MappingProxyType({4: "gYear", 7: "gYearMonth", 10: "date"})
_TIME = re.compile(r"(?P<minutes>[\d-]{10}T\d\d:\d\d)(?P<seconds>:\d\d)?(?P<fraction>\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)?")


class Literal(NamedTuple):
    """An RDF literal: lexical form, and either a language or the IRI of a datatype (none: xsd:string)."""

    lexical: str
    lang: str | None = None
    datatype: str | None = None


class Quad(NamedTuple):
    """An RDF statement in a named graph; an object that is a plain str is an IRI."""

    subject: str
    predicate: str
    object: str | Literal
    graph: str


class Node(NamedTuple):
    """A property-graph node: `label` is the class name, `properties` hold `id` and all fields that are not edges and not None."""

    id: str
    label: str
    properties: dict[str, Value]


class Edge(NamedTuple):
    """A property-graph relationship between two nodes, by id and label."""

    source: str
    source_label: str
    type: str
    target: str
    target_label: str


@lru_cache(maxsize=1 << 16)
def entity_iri(entity_id: str) -> str:
    """Return the IRI of an entity.

    >>> entity_iri("doc:04-NQ/TW@XII")
    'https://chidao.example/id/doc%3A04-NQ%2FTW%40XII'
    """
    return f"{BASE}id/{_quoted(entity_id)}"


@lru_cache(maxsize=1 << 10)
def graph_iri(name: str) -> str:
    """Return the IRI of a named graph.

    >>> graph_iri("article/a1")
    'https://chidao.example/graph/article/a1'
    """
    return f"{BASE}graph/{quote(name, safe='/')}"


def _quoted(text: str) -> str:
    """Escape a segment of an IRI (RFC 3986); most ids have nothing to escape but `/`."""
    return text.replace("/", "%2F") if _PLAIN.fullmatch(text) else quote(text, safe="")


def quads(entity: Entity) -> Iterator[Quad]:
    """Yield the statements of one entity, in the order of its fields."""
    subject, graph = entity_iri(entity.id), graph_iri(named_graph(entity))
    for rdf_type in type(entity).rdf_types:
        yield Quad(subject, _RDF_TYPE, expand(rdf_type), graph)
    for field, predicate in predicates_of(type(entity)):
        for value in _values(entity, field):
            yield Quad(subject, predicate, _object(value, field), graph)
    if isinstance(entity, Directive | Statement):
        yield Quad(subject, expand("cd:foldedText"), Literal(search_text(entity)), graph)
    if isinstance(entity, Mention):
        yield from selectors(entity)


def graph_quads(graph: Graph) -> Iterator[Quad]:
    """Yield the statements of every entity."""
    for entity in graph.entities:
        yield from quads(entity)


def node(entity: Entity) -> Node:
    """Return the property-graph node of one entity; dates are strings in the form that the RDF literal has."""
    properties: dict[str, Value] = {"id": entity.id}
    for field in fields_of(type(entity)):
        if field.term.ref:
            continue
        values = [_property(value, field) for value in _values(entity, field)]
        if field.is_many:
            properties[field.name] = [str(value) for value in values]
        elif values:
            properties[field.name] = values[0]
    if isinstance(entity, Directive | Statement):
        properties["folded"] = search_text(entity)
    return Node(entity.id, type(entity).__name__, properties)


def graph_nodes(graph: Graph) -> Iterator[Node]:
    """Yield the node of every entity."""
    return map(node, graph.entities)


def graph_edges(graph: Graph) -> Iterator[Edge]:
    """Yield every relationship, in the order of the entities that state them. Raises StoreError for an id that the graph lacks."""
    labels = {entity.id: type(entity).__name__ for entity in graph.entities}
    for entity in graph.entities:
        for field in fields_of(type(entity)):
            if field.term.edge:
                for other in _values(entity, field):
                    yield _edge(entity, field, str(other), labels)


def relations(entity: Entity) -> Iterator[tuple[str, str, str]]:
    """Yield type, source and target of each relationship that an entity states, by id; whether the graph has both is for the caller."""
    for field in fields_of(type(entity)):
        if field.term.edge:
            for other in _values(entity, field):
                source, target = (str(other), entity.id) if field.term.reverse else (entity.id, str(other))
                yield field.term.edge, source, target


def search_text(entity: Directive | Statement) -> str:
    """Return what full-text filters look at, without diacritics: the quote, and the content where it is not a part of it."""
    quoted = search_form(entity.quote)
    content = search_form(entity.content) if isinstance(entity, Directive) else ""
    return quoted if content in quoted else f"{quoted}\n{content}"


@cache
def predicates_of(cls: type[Entity]) -> tuple[tuple[FieldTerm, str], ...]:
    """Return the fields of `cls` with the IRI of the property that each is."""
    return tuple((field, expand(field.term.curie)) for field in fields_of(cls))


def _edge(entity: Entity, field: FieldTerm, other: str, labels: dict[str, str]) -> Edge:
    if other not in labels:
        raise StoreError(f"{type(entity).__name__} {entity.id}: {field.name} points at {other}, which the graph lacks")
    assert field.term.edge
    here, there = (entity.id, labels[entity.id]), (other, labels[other])
    source, target = (there, here) if field.term.reverse else (here, there)
    return Edge(*source, field.term.edge, *target)


def _values(entity: Entity, field: FieldTerm) -> tuple[Scalar, ...]:
    value = getattr(entity, field.name)
    if value is None:
        return ()
    # a set in RDF: the property graph must not count a repeated value twice either
    return tuple(dict.fromkeys(value)) if field.is_many else (value,)


def _object(value: Scalar, field: FieldTerm) -> str | Literal:
    if field.term.ref:
        return entity_iri(str(value))
    return literal_of(value, field)


def literal_of(value: Scalar, field: FieldTerm) -> Literal:
    """Return one value of `field` as the literal that its term demands. Raises StoreError for a date that is none."""
    if field.term.lang:
        return Literal(str(value), lang=field.term.lang)
    return Literal(*_lexical(value, field))


def _lexical(value: Scalar, field: FieldTerm) -> tuple[str, None, str | None]:
    if isinstance(value, int):
        return str(value), None, _INTEGER
    if isinstance(value, float):
        return double(value), None, _XSD + "double"
    if field.is_date:
        lexical, kind = _date(value)
        return lexical, None, _XSD + kind
    return value, None, expand(field.term.datatype) if field.term.datatype else None


def _property(value: Scalar, field: FieldTerm) -> Scalar:
    return _date(str(value))[0] if field.is_date else value


def double(value: float) -> str:
    """Return the lexical form of an xsd:double, as Oxigraph writes it, so that its dump and an export are equal.

    >>> double(0.9), double(1.0), double(1e-7)
    ('0.9', '1', '0.0000001')
    """
    plain = format(Decimal(repr(value)), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _date(value: str) -> tuple[str, str]:
    """`2017-07` -> gYearMonth; a time gets the seconds that xsd:dateTime demands."""
    kind = _DATE_KINDS.get(len(value))
    if kind:
        return value, kind
    match = _TIME.fullmatch(value)
    if not match:
        raise StoreError(f"not an ISO date: {value}")
    fraction = (match["fraction"] or "").rstrip("0").rstrip(".")
    zone = "Z" if match["zone"] in ("+00:00", "-00:00") else match["zone"] or ""
    return f"{match['minutes']}{match['seconds'] or ':00'}{fraction}{zone}", "dateTime"


def selectors(mention: Mention) -> Iterator[Quad]:
    """Yield the target and the two selectors of a mention (W3C Web Annotation section 4.2)."""
    subject, graph = entity_iri(mention.id), graph_iri(named_graph(mention))
    target, position, exact = f"{subject}#target", f"{subject}#position", f"{subject}#quote"
    for node_iri, predicate, value in (
        (subject, "oa:hasTarget", target),
        (target, "rdf:type", expand("oa:SpecificResource")),
        (target, "oa:hasSource", entity_iri(mention.article)),
        (target, "oa:hasSelector", position),
        (target, "oa:hasSelector", exact),
        (position, "rdf:type", expand("oa:TextPositionSelector")),
        (position, "oa:start", Literal(str(mention.start), datatype=_INTEGER)),
        (position, "oa:end", Literal(str(mention.end), datatype=_INTEGER)),
        (exact, "rdf:type", expand("oa:TextQuoteSelector")),
        (exact, "oa:exact", Literal(mention.quote, lang="vi")),
    ):
        yield Quad(node_iri, expand(predicate), value, graph)
