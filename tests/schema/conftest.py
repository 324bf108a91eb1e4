"""The examples of this folder, and the graphs that the tests of the schema share."""

import json
from pathlib import Path

import pytest
import rdflib

from kg.graph.statements import Literal, quads
from kg.graph.terms import fields_of
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES
from kg.resources import data_folder

HERE = Path(__file__).parent
CLASSES = {cls.__name__: cls for cls in ENTITY_CLASSES}


def examples(kind: str) -> list[Path]:
    """Return the files of `valid/` or `invalid/`; an empty folder would make every test of it pass."""
    found = sorted((HERE / kind).glob("*.json"))
    assert found
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc):
    """Give each test that asks for one the `valid` or `invalid` examples, by name."""
    for kind in ("valid", "invalid"):
        if kind in metafunc.fixturenames:
            files = examples(kind)
            metafunc.parametrize(
                kind, [json.loads(f.read_text(encoding="utf-8")) for f in files], ids=[f.stem for f in files]
            )


@pytest.fixture(scope="session")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data_folder("schema") / "ontology.ttl")


@pytest.fixture(scope="session")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data_folder("schema") / "generated" / "shapes.ttl")


@pytest.fixture(scope="session")
def rules_graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data_folder("schema") / "rules.ttl")


@pytest.fixture(scope="session")
def unchecked():
    """Return a function that makes the entities of an example without any check."""
    return lambda example: [_unchecked(record) for record in example["entities"]]


def _unchecked(record: dict[str, object]) -> Entity:
    cls = CLASSES[str(record["type"])]
    fields = {name: tuple(v) if isinstance(v, list) else v for name, v in record.items() if name != "type"}
    # a required field that is missing has no default: None says nothing
    absent = {field.name: None for field in fields_of(cls) if field.required and field.name not in fields}
    return cls.model_construct(**absent, **fields)


@pytest.fixture(scope="session")
def as_rdf():
    """Return a function that turns entities into an rdflib graph, all named graphs in one."""
    return _as_rdf


def _as_rdf(entities: list[Entity]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for entity in entities:
        for subject, predicate, value, _ in quads(entity):
            graph.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), _object(value)))
    return graph


def _object(value: str | Literal) -> rdflib.term.Node:
    if isinstance(value, str):
        return rdflib.URIRef(value)
    # a plain literal is how rdflib's own parsers give an xsd:string
    datatype = rdflib.URIRef(value.datatype) if value.datatype else None
    return rdflib.Literal(value.lexical, lang=value.lang, datatype=datatype, normalize=False)
