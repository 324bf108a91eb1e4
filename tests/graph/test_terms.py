"""`fields_of`: every field of every entity is read off its annotation."""

from typing import Annotated

import pytest

from kg.graph.terms import fields_of
from kg.model.article import IsoDate
from kg.model.base import Entity, Term
from kg.model.entities import ENTITY_CLASSES, Directive, Membership, Place


def field(cls: type[Entity], name: str):
    return next(f for f in fields_of(cls) if f.name == name)


def test_every_field_but_id_has_a_term_in_order():
    for cls in ENTITY_CLASSES:
        assert [f.name for f in fields_of(cls)] == [name for name in cls.model_fields if name != "id"]


def test_types_and_cardinality():
    assert field(Directive, "strength").python is int
    assert field(Directive, "confidence").python is float
    assert field(Directive, "issuers").is_many
    assert not field(Directive, "issuers").required
    assert field(Directive, "quote").required
    assert not field(Membership, "status").required


def test_dates_are_known_optional_required_and_many():
    class Dated(Entity):
        day: Annotated[IsoDate, Term("dct:date")]
        days: Annotated[tuple[IsoDate, ...], Term("dct:date")] = ()

    assert field(Dated, "day").is_date
    assert field(Dated, "days").is_date
    assert field(Place, "valid_from").is_date
    assert not field(Directive, "deadline_iso").is_date
    assert not field(Place, "code").is_date


def test_a_field_without_term_is_refused():
    class Bare(Entity):
        name: str

    with pytest.raises(TypeError, match=r"Bare\.name has no Term"):
        fields_of(Bare)


def test_a_field_of_another_type_is_refused():
    class Odd(Entity):
        parts: Annotated[dict[str, str], Term("cd:parts")]

    with pytest.raises(TypeError, match=r"Odd\.parts holds"):
        fields_of(Odd)
