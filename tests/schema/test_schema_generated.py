"""`schema/generated/` is what the model says, byte for byte; and each file means what the graph has."""

import json
import subprocess
import sys
from urllib.parse import quote

import jsonschema
import pyoxigraph
import pytest
import rdflib

from kg.graph.terms import fields_of
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES
from kg.model.namespaces import expand
from kg.resources import data_folder
from kg.schema_gen.write import OUTPUTS, stale, write_all

GENERATED = data_folder("schema") / "generated"
CLASSES = {cls.__name__: cls for cls in ENTITY_CLASSES}


@pytest.mark.parametrize("name", OUTPUTS)
def test_generated_files_are_what_the_model_says(name):
    assert (GENERATED / name).read_text(encoding="utf-8") == OUTPUTS[name](), "run `make schema`"


def test_nothing_else_is_in_the_folder():
    assert {path.name for path in GENERATED.iterdir()} == set(OUTPUTS)


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_order_of_sets_changes_nothing(seed):
    command = [sys.executable, "-m", "kg.schema_gen", "--check"]
    run = subprocess.run(command, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_stale_files_are_named_and_written(tmp_path):
    assert {path.name for path in stale(tmp_path)} == set(OUTPUTS)
    assert {path.name for path in write_all(tmp_path)} == set(OUTPUTS)
    (tmp_path / "shapes.ttl").write_text("# edited\n", encoding="utf-8")
    assert [path.name for path in write_all(tmp_path)] == ["shapes.ttl"]
    assert stale(tmp_path) == ()


@pytest.mark.parametrize("folder", ["schema", "queries"])
def test_no_python_in_data_folders(folder):
    assert list(data_folder(folder).rglob("*.py*")) == []


def test_turtle_is_read_alike_by_two_parsers(shapes, ontology, rules_graph):
    for graph, path in (
        (shapes, GENERATED / "shapes.ttl"),
        (ontology, data_folder("schema") / "ontology.ttl"),
        (rules_graph, data_folder("schema") / "rules.ttl"),
    ):
        assert len(list(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))) == len(graph)


def test_shapes_are_named_but_for_lists(shapes):
    blank = {node for node in shapes.subjects() if isinstance(node, rdflib.BNode)}
    assert all((node, rdflib.RDF.first, None) in shapes for node in blank)


def test_json_schema_is_one_and_has_every_class():
    schema = json.loads((GENERATED / "schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    assert {"Article", "Reading", *CLASSES} <= schema["$defs"].keys()


def test_constraints_are_one_a_label_and_repeatable():
    lines = (GENERATED / "constraints.cypher").read_text(encoding="utf-8").splitlines()[1:]
    assert all(" IF NOT EXISTS FOR " in line and line.endswith(";") for line in lines)
    names = [line.partition(" IF NOT")[0].split()[-1] for line in lines]
    assert len(set(names)) == len(names)
    for label in CLASSES:
        assert (
            f"CREATE CONSTRAINT {label.lower()}_id_unique IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;"
            in lines
        )


def test_long_texts_have_no_range_index():
    text = (GENERATED / "constraints.cypher").read_text(encoding="utf-8")
    assert "CREATE INDEX directive_folded" not in text
    assert "CREATE INDEX document_key" in text


def test_context_gives_the_triples_of_the_graph(valid, as_rdf, unchecked):
    entities = unchecked(valid)
    context = json.loads((GENERATED / "context.jsonld").read_bytes())["@context"]
    document = {"@context": context, "@graph": [_json_ld(entity) for entity in entities]}
    found = set(rdflib.Graph().parse(data=json.dumps(document), format="json-ld"))
    expected = set(as_rdf(entities))
    assert _comparable(found) <= _comparable(expected)
    # what no field says: further types, the selectors, the folded quote
    rest = {(s, p) for s, p, _ in _comparable(expected) - _comparable(found)}
    assert {p for s, p in rest if "#" not in s} <= {
        rdflib.URIRef(expand(c)) for c in ("rdf:type", "oa:hasTarget", "cd:foldedText")
    }


def _json_ld(entity: Entity) -> dict[str, object]:
    node: dict[str, object] = {"type": type(entity).__name__, "id": quote(entity.id, safe="")}
    for field in fields_of(type(entity)):
        value = getattr(entity, field.name)
        if value is None or value == ():
            continue
        if field.term.ref:
            value = [quote(v, safe="") for v in value] if field.is_many else quote(value, safe="")
        elif field.is_date:
            kind = {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(value))
            value = {"@value": value, "@type": f"xsd:{kind}"} if kind else _instant(value)
        node[field.name] = list(value) if isinstance(value, tuple) else value
    return node


def _instant(value: str) -> dict[str, str]:
    return {"@value": value.replace("+07:00", ":00+07:00"), "@type": "xsd:dateTime"}


def _comparable(triples):
    """Numbers by value: JSON has one way of writing them and RDF many; a plain string is an xsd:string."""
    return {(s, p, _plain(o) if isinstance(o, rdflib.Literal) else o) for s, p, o in triples}


def _plain(literal: rdflib.Literal) -> tuple[object, ...]:
    datatype = literal.datatype or (None if literal.language else rdflib.XSD.string)
    number = datatype in (rdflib.XSD.integer, rdflib.XSD.double)
    return (float(literal) if number else str(literal), literal.language, datatype)
