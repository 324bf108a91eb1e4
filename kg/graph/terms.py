"""Reads off an entity class what each of its fields is: name, RDF term, how many values, Python type."""

import types
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from kg.model.base import Entity, Term
from kg.model.dates import IsoDate

_DATE_PATTERN = get_args(IsoDate)[1]


class FieldTerm(NamedTuple):
    """A field of an entity. `python` is the type of one value (str, int or float); `is_date` says that it is an ISO 8601 date of any precision.

    `required` is true where the field has no default; a field with many values is never required, and may be empty.
    """

    name: str
    term: Term
    is_many: bool
    required: bool
    python: type[str | int | float]
    is_date: bool


@cache
def fields_of(cls: type[Entity]) -> tuple[FieldTerm, ...]:
    """Return the fields of `cls` in the order of its definition, without `id`. Raises TypeError for a field that has no `Term`.

    >>> from kg.model.entities import Membership
    >>> [(f.name, f.term.curie, f.is_many, f.required, f.is_date) for f in fields_of(Membership)][:2]
    [('person', 'org:member', False, True, False), ('post', 'cd:post', False, True, False)]
    """
    return tuple(_field(cls, name, info) for name, info in cls.model_fields.items() if name != "id")


def _field(cls: type[Entity], name: str, info: FieldInfo) -> FieldTerm:
    term = next((mark for mark in info.metadata if isinstance(mark, Term)), None)
    if term is None:
        raise TypeError(f"{cls.__name__}.{name} has no Term")
    inner, marks = _unwrap(info.annotation)
    is_many = get_origin(inner) is tuple
    if is_many:
        inner, more = _unwrap(get_args(inner)[0])
        marks += more
    if get_origin(inner) is Literal:
        inner = str
    if inner not in (str, int, float):
        raise TypeError(f"{cls.__name__}.{name} holds {inner}, not str, int or float")
    is_date = any(mark == _DATE_PATTERN for mark in (*marks, *info.metadata))
    return FieldTerm(name, term, is_many, info.is_required(), inner, is_date)


def _unwrap(annotation: Any) -> tuple[Any, tuple[object, ...]]:  # noqa: ANN401 (type forms have no type)
    """Take `Annotated` and `| None` off a type; return what is inside and the marks met on the way."""
    marks: tuple[object, ...] = ()
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *found = get_args(annotation)
            marks += tuple(found)
        elif origin in (Union, types.UnionType):
            (annotation,) = (arg for arg in get_args(annotation) if arg is not type(None))
        else:
            return annotation, marks
