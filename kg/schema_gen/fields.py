"""What the generators read off the model: each class with its fields, and the limits that pydantic puts on a value."""

from functools import cache
from typing import Any, Final, NamedTuple

from kg.graph.terms import FieldTerm
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES
from kg.model.namespaces import BASE

NOTICE: Final = "Generated from kg/model by `python -m kg.schema_gen`; do not edit."
SHAPES: Final = BASE + "shapes#"
"""Namespace of the shapes, generated and hand-written."""

BY_NAME: Final = {cls.__name__: cls for cls in ENTITY_CLASSES}


class Limits(NamedTuple):
    """The limits on one value of a field; None and empty where there is none."""

    minimum: int | float | None = None
    maximum: int | float | None = None
    min_length: int | None = None
    pattern: str | None = None
    choices: tuple[str, ...] = ()


@cache
def _properties(cls: type[Entity]) -> dict[str, Any]:
    properties = cls.model_json_schema()["properties"]
    assert isinstance(properties, dict)
    return properties


def limits_of(cls: type[Entity], field: FieldTerm) -> Limits:
    """Return the limits that pydantic states for one value of `field`.

    >>> from kg.graph.terms import fields_of
    >>> from kg.model.entities import Directive
    >>> limits_of(Directive, next(f for f in fields_of(Directive) if f.name == "strength"))
    Limits(minimum=1, maximum=5, min_length=None, pattern=None, choices=())
    """
    stated = _properties(cls)[field.name]
    stated = next((option for option in stated.get("anyOf", ()) if option.get("type") != "null"), stated)
    if field.is_many:
        stated = stated["items"]
    return Limits(
        stated.get("minimum"),
        stated.get("maximum"),
        stated.get("minLength"),
        None if field.is_date else stated.get("pattern"),
        tuple(stated.get("enum", ())),
    )


def value_type(field: FieldTerm) -> str:
    """Return the datatype of a literal as a CURIE; a date's depends on its precision and is not told here.

    >>> from kg.graph.terms import fields_of
    >>> from kg.model.entities import Directive
    >>> [value_type(f) for f in fields_of(Directive)][:3]
    ['xsd:integer', 'xsd:integer', 'rdf:langString']
    """
    if field.term.lang:
        return "rdf:langString"
    if field.term.datatype:
        return field.term.datatype
    return {str: "xsd:string", int: "xsd:integer", float: "xsd:double"}[field.python]
