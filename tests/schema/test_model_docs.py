"""`docs/model.md` tells the truth: its example is the graph of `valid/one-article.json`, its questions run, every class is in it."""

import json
import re
from pathlib import Path

import pytest
import rdflib

from kg.graph.records import Graph
from kg.graph.terms import fields_of
from kg.model.entities import ENTITY_CLASSES
from kg.stores.kglite import KgliteView, KgliteWriter
from kg.stores.oxigraph import OxigraphView, OxigraphWriter

HERE = Path(__file__).parent
TEXT = (HERE.parents[1] / "docs" / "model.md").read_text(encoding="utf-8")
ANSWER = (
    "Trần Thị Hà Vân",
    "Bí thư Tỉnh ủy",
    "Sở Y tế",
    "Y tế",
    "Yêu cầu Sở Y tế thực hiện Chỉ thị 99-CT/TW trước ngày 30/9.",
)


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    return found


@pytest.fixture(scope="module")
def entities(unchecked):
    return unchecked(json.loads((HERE / "valid" / "one-article.json").read_bytes()))


def test_the_turtle_is_part_of_the_graph(entities, as_rdf):
    shown = set(rdflib.Graph().parse(data=block("turtle"), format="turtle"))
    assert len(shown) > 50
    assert shown - set(as_rdf(entities)) == set()


def test_the_sparql_gives_the_row(entities, tmp_path):
    OxigraphWriter(tmp_path / "store").write(Graph.of(entities))
    with OxigraphView(tmp_path / "store") as view:
        assert view.query(block("sparql")).rows == (ANSWER,)


def test_the_cypher_gives_the_row(entities, tmp_path):
    KgliteWriter(tmp_path / "graph.kgl").write(Graph.of(entities))
    with KgliteView(tmp_path / "graph.kgl") as view:
        assert view.query(block("cypher")).rows == (ANSWER,)


@pytest.mark.parametrize("cls", ENTITY_CLASSES)
def test_every_class_and_relationship_is_in_the_table(cls):
    rows = [line for line in TEXT.splitlines() if line.startswith("| `")]
    (row,) = (line for line in rows if line.startswith(f"| `{cls.__name__}` | `{cls.rdf_types[0]}` |"))
    edges = {f"`{field.term.edge}`" for field in fields_of(cls) if field.term.edge}
    assert {edge for edge in edges if edge not in row} - {"`MENTIONS`"} == set()
    assert "`MENTIONS`" in TEXT
