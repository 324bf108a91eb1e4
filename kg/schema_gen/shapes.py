"""SHACL shapes of the structure: node kinds, datatypes, languages, cardinality, classes of what is pointed at, limits of values.

Rules: W3C SHACL (2017), core constraints. Every shape has a name, so that a change of the model changes the lines that it means.
"""

import json
from collections.abc import Iterator
from typing import Final

from kg.graph.terms import FieldTerm, fields_of
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES, Quoted
from kg.model.namespaces import PREFIXES
from kg.schema_gen.fields import BY_NAME, NOTICE, SHAPES, limits_of, value_type

_DATES: Final = (
    ("Instant", "xsd:dateTime", r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"),
    ("Day", "xsd:date", r"^\d{4}-\d\d-\d\d$"),
    ("Month", "xsd:gYearMonth", r"^\d{4}-(0[1-9]|1[0-2])$"),
    ("Year", "xsd:gYear", r"^\d{4}$"),
)
"""Precisions of a date. The patterns, since not every engine looks into a literal: rdflib takes a month 13."""

_Pairs = list[tuple[str, str]]


def shapes_ttl() -> str:
    """Return `shapes.ttl`."""
    prefixes = sorted({**PREFIXES, "cdsh": SHAPES}.items())
    blocks = [
        f"# {NOTICE}\n",
        "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes),
        *(
            _block(f"cdsh:{name}", "sh:NodeShape", [("sh:datatype", datatype), ("sh:pattern", _string(pattern))])
            for name, datatype, pattern in _DATES
        ),
        *(_block(f"cdsh:Is{cls.__name__}", "sh:NodeShape", [("sh:class", cls.rdf_types[0])]) for cls in ENTITY_CLASSES),
        *(block for cls in ENTITY_CLASSES for block in _class_blocks(cls)),
    ]
    return "\n".join(blocks)


def shape_name(cls: type[Entity], field: FieldTerm) -> str:
    """Return the local name of the shape of a field, as a report of faults gives it."""
    return f"{cls.__name__}-{field.name}"


def _class_blocks(cls: type[Entity]) -> Iterator[str]:
    fields = fields_of(cls)
    names = [f"cdsh:{shape_name(cls, field)}" for field in fields]
    yield _block(
        f"cdsh:{cls.__name__}",
        "sh:NodeShape",
        [
            ("sh:targetClass", cls.rdf_types[0]),
            *(("sh:class", rdf_type) for rdf_type in cls.rdf_types[1:]),
            ("sh:nodeKind", "sh:IRI"),
            *(("sh:property", name) for name in names),
        ],
    )
    for name, field in zip(names, fields, strict=True):
        yield _block(name, "sh:PropertyShape", _constraints(cls, field))


def _constraints(cls: type[Entity], field: FieldTerm) -> _Pairs:
    pairs = [("sh:path", field.term.curie), ("sh:name", _string(field.name))]
    if not field.is_many and cls.model_fields[field.name].default is not None:
        pairs.append(("sh:minCount", "1"))
    if not field.is_many:
        pairs.append(("sh:maxCount", "1"))
    return pairs + (_reference(field) if field.term.ref else _literal(cls, field))


def _reference(field: FieldTerm) -> _Pairs:
    pairs = [("sh:nodeKind", "sh:IRI")]
    if len(field.term.ref) == 1:
        return [*pairs, ("sh:class", BY_NAME[field.term.ref[0]].rdf_types[0])]
    return [*pairs, ("sh:or", "( " + " ".join(f"cdsh:Is{name}" for name in sorted(field.term.ref)) + " )")]


def _literal(cls: type[Entity], field: FieldTerm) -> _Pairs:
    if field.is_date:
        return [("sh:or", "( " + " ".join(f"cdsh:{name}" for name, *_ in _DATES) + " )")]
    pairs = [("sh:datatype", value_type(field))]
    if field.term.lang:
        pairs.append(("sh:languageIn", f"( {_string(field.term.lang)} )"))
    limits = limits_of(cls, field)
    if limits.minimum is not None:
        pairs.append(("sh:minInclusive", str(limits.minimum)))
    if limits.maximum is not None:
        pairs.append(("sh:maxInclusive", str(limits.maximum)))
    if limits.min_length:
        pairs.append(("sh:minLength", str(limits.min_length)))
    if limits.pattern:
        pairs.append(("sh:pattern", _string(limits.pattern)))
    if limits.choices:
        pairs.append(("sh:in", "( " + " ".join(map(_string, limits.choices)) + " )"))
    if field.name == "start" and issubclass(cls, Quoted):
        pairs.append(("sh:lessThan", "oa:end"))
    return pairs


def _block(subject: str, rdf_type: str, pairs: _Pairs) -> str:
    lines = [f"{subject} a {rdf_type}", *(f"  {predicate} {value}" for predicate, value in pairs)]
    return " ;\n".join(lines) + " .\n"


def _string(text: str) -> str:
    # JSON's escapes are a subset of those of Turtle
    return json.dumps(text, ensure_ascii=False)
