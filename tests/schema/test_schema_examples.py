"""Valid and invalid examples, each through pydantic, JSON Schema, SHACL and the rules on Oxigraph: all must say the same.

`violates` names the fault: `CLASS-FIELD` is a shape that is generated from the model, anything else a rule of `schema/rules.ttl`.
`found_by` says who sees it: a reference to a wrong class is no fault of one entity, so pydantic can't.
"""

import json
from pathlib import Path

import jsonschema
import pydantic
import pyshacl
import pytest
import rdflib

from kg.graph.records import Graph
from kg.graph.rules import broken, rules
from kg.graph.terms import fields_of
from kg.identify import resolve
from kg.model.article import Article
from kg.model.entities import ENTITY_CLASSES
from kg.read import read
from kg.resources import data_folder
from loaders import load

HERE = Path(__file__).parent
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
CLASSES = {cls.__name__: cls for cls in ENTITY_CLASSES}
STRUCTURE = {f"{cls.__name__}-{field.name}" for cls in ENTITY_CLASSES for field in fields_of(cls)}


def made(record):
    return CLASSES[record["type"]].model_validate({k: v for k, v in record.items() if k != "type"})


@pytest.fixture(scope="session")
def validator():
    schema = json.loads((data_folder("schema") / "generated" / "schema.json").read_bytes())
    return lambda name: jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})


@pytest.fixture(scope="session")
def faults(shapes, rules_graph):
    """Return a function: the names of the shapes that a graph breaks, by pyshacl."""

    def names(data: rdflib.Graph) -> set[str]:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes + rules_graph, advanced=False, inference="none")
        assert isinstance(report, rdflib.Graph), report.message
        return {str(shape).partition("#")[2] for shape in report.objects(None, SH.sourceShape)}

    return names


def pydantic_faults(example):
    found = []
    for record in example["entities"]:
        try:
            made(record)
        except pydantic.ValidationError as error:
            # a check of the whole record is about its offsets
            found += [f"{record['type']}-{e['loc'][0] if e['loc'] else 'start'}" for e in error.errors()]
    return found


def json_schema_faults(example, validator):
    return [
        f"{record['type']}-{error.path[0] if error.path else error.message.split(chr(39))[1]}"
        for record in example["entities"]
        for error in validator(record["type"]).iter_errors(record)
    ]


def test_valid_examples_are_valid_for_all(valid, validator, faults, as_rdf):
    entities = [made(record) for record in valid["entities"]]
    assert json_schema_faults(valid, validator) == []
    assert faults(as_rdf(entities)) == set()
    assert list(broken(Graph.of(entities))) == []


def test_invalid_examples_are_found_by_those_who_can(invalid, validator, faults, as_rdf, unchecked):
    expected, found_by = invalid["violates"], invalid["found_by"]
    assert pydantic_faults(invalid) == ([expected] if "pydantic" in found_by else [])
    assert json_schema_faults(invalid, validator) == ([expected] if "json-schema" in found_by else [])
    found = faults(as_rdf(unchecked(invalid)))
    assert expected in found
    if "pydantic" in found_by:
        assert found & STRUCTURE == {expected}


def test_shacl_and_oxigraph_break_the_same_rules(invalid, faults, as_rdf, unchecked):
    if "pydantic" in invalid["found_by"]:
        pytest.skip("not a rule")
    entities = unchecked(invalid)
    found = {fault.rule for fault in broken(Graph.of(entities))}
    assert found == faults(as_rdf(entities)) - STRUCTURE
    if "rules" in invalid["found_by"]:
        assert found == {invalid["violates"]}


@pytest.mark.parametrize("part", ["start", "end", "exact", "hasSource"])
def test_the_target_of_a_mention_repeats_it(part, unchecked, as_rdf, faults):
    data = as_rdf(unchecked(json.loads((HERE / "valid" / "one-article.json").read_bytes())))
    term = rdflib.URIRef(f"http://www.w3.org/ns/oa#{part}")
    subject = next(s for s in data.subjects(term) if "#" in s)
    old = data.value(subject, term)
    data.set((subject, term, rdflib.Literal("khác", lang="vi") if part == "exact" else rdflib.Literal(7)))
    assert old != data.value(subject, term)
    assert faults(data) == {"mention-target"}


def test_every_rule_has_an_example_that_breaks_it():
    named = {json.loads(path.read_bytes())["violates"] for path in (HERE / "invalid").glob("*.json")}
    assert {rule.name for rule in rules()} - named == {"mention-target"}


def test_the_sample_articles_break_no_rule():
    loaded = list(load([str(HERE.parents[1] / "examples" / "articles")]))
    articles = [article for article in loaded if isinstance(article, Article)]
    assert len(articles) >= 15
    assert list(broken(resolve((article, read(article)) for article in articles))) == []
