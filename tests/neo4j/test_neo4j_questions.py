"""Every named question gives the same rows on a real Neo4j as on the embedded engines, whatever the parameters."""

import re
from itertools import islice
from pathlib import Path

import pytest

from kg.ask.registry import question, questions
from kg.ask.run import able, followed, run
from kg.graph.records import Graph
from kg.graph.terms import fields_of
from kg.model.entities import Agency, ArticleNode, Mention, Person
from kg.stores import open_view, refresh
from tests.ask.test_questions import VARIATIONS
from tests.ask.test_questions_corpus import FEW
from tests.ask.test_questions_corpus import VARIATIONS as CORPUS_VARIATIONS
from tests.graph_factory import directive, fictional_graph, hostile_graph, named
from tests.question_graph import question_graph

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "articles.jsonl"
CONTENT = "MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN labels(n), n, type(r) AS t, m.id AS m ORDER BY n.id, t, m"
EMBEDDED = ("oxigraph", "kglite")
GRAPHS = {"fictional": fictional_graph, "hostile": hostile_graph, "questions": question_graph}


class Engines:
    """The embedded engines and Neo4j over one graph."""

    def __init__(self, home, graph, neo4j_holding):
        refresh(home, graph, "1")
        self.views = {name: open_view(home, name) for name in EMBEDDED}
        self._graph, self._holding = graph, neo4j_holding

    def rows(self, asked, params, names=("oxigraph", "kglite", "neo4j")):
        """The rows of the engines, which are equal."""
        self.views["neo4j"] = self._holding(self._graph)
        tables = {name: run(self.views[name], name, asked, params) for name in names if name in able(asked)}
        first = tables["kglite"]
        for name, table in tables.items():
            assert table == first, (name, params)
        return first

    def close(self):
        for name in EMBEDDED:
            self.views[name].close()


@pytest.fixture(scope="module", params=GRAPHS)
def engines(request, tmp_path_factory, neo4j_holding):
    made = Engines(tmp_path_factory.mktemp(request.param), GRAPHS[request.param](), neo4j_holding)
    yield made
    made.close()


def required(asked):
    return {param.name: asked.example_params()[param.name] for param in asked.params if param.is_required}


def cases(asked, variations):
    yield required(asked)
    for param in asked.params:
        for value in variations[param.type]:
            if value or not param.is_required:
                yield required(asked) | {param.name: value}


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_rows_are_equal_whatever_the_parameters(engines, asked):
    engines.rows(asked, asked.example_params())
    before = engines.views["neo4j"].query(CONTENT)
    for params in cases(asked, VARIATIONS):
        engines.rows(asked, params)
    assert engines.views["neo4j"].query(CONTENT) == before


def test_an_id_of_before_is_followed(neo4j_holding):
    view = neo4j_holding(fictional_graph())
    assert followed(view, "neo4j", "agency-old") == "agency-tinhuy"
    assert followed(view, "neo4j", "}) DETACH DELETE n //") == "}) DETACH DELETE n //"


def told_often(count):
    """A person who told one body so often: as many paths of two steps."""
    ends = [named(Person, "an", "Lê Mẫu An"), named(Agency, "so", "Sở Mẫu"), ArticleNode(id="a")]
    return Graph.of(
        [*ends, *(directive(f"d{n}", "a", f"Giao {n}.", issuers=("an",), addressees=("so",)) for n in range(count))]
    )


@pytest.mark.parametrize(("count", "lengths"), [(255, {3}), (256, {0}), (257, {0})])
def test_paths_are_listed_up_to_as_many_as_kglite_finds(tmp_path, neo4j_holding, count, lengths):
    engines = Engines(tmp_path, told_often(count), neo4j_holding)
    table = engines.rows(question("path"), {"from": "Lê Mẫu An", "to": "Sở Mẫu"})
    engines.close()
    assert {len(row["steps"]) for row in table.dicts()} == lengths
    assert {row["length"] for row in table.dicts()} == {2}
    assert len(table.rows) == (count if lengths == {3} else 1)


def test_evidence_is_found_for_every_class_that_a_mention_may_be_of():
    named_classes = re.findall(r"MATCH \(:(\w+) \{id: \$id\}\)", question("evidence").texts["cypher"])
    body = next(field for field in fields_of(Mention) if field.name == "body")
    assert sorted(named_classes) == sorted(body.term.ref)


def built(folder, sources):
    """The graph of articles, as `kg build` makes it."""
    from kg.home import GraphHome
    from loaders import load

    with GraphHome(folder, create=True) as truth:
        truth.ingest(load(sources), workers=1)
        return truth.graph()


@pytest.fixture(scope="module")
def samples(tmp_path_factory, neo4j_holding):
    folder = tmp_path_factory.mktemp("samples")
    made = Engines(folder, built(folder, [str(ROOT / "examples" / "articles")]), neo4j_holding)
    yield made
    made.close()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory, neo4j_holding):
    folder = tmp_path_factory.mktemp("corpus")
    made = Engines(folder, built(folder, [str(CORPUS)]), neo4j_holding)
    yield made
    made.close()


def compared(engines, asked, few):
    """Compare all engines on `few` cases; on the rest Neo4j with kglite, as SPARQL takes seconds where these take milliseconds."""
    found = list(cases(asked, CORPUS_VARIATIONS))
    if any(param.type == "id" and param.is_required for param in asked.params):
        listing = ("document-cascade", {"document": "CT"}) if asked.name == "legal-basis" else ("officials", {})
        ids = [row["id"] for row in engines.rows(question(listing[0]), listing[1], ("kglite", "neo4j")).dicts()]
        found = [
            {**required(asked), param.name: ident}
            for param in asked.params
            if param.type == "id"
            for ident in islice(ids, 0, None, len(ids) // 10 + 1)
        ]
    return sum(
        len(engines.rows(asked, params, ("oxigraph", "kglite", "neo4j") if number < few else ("kglite", "neo4j")).rows)
        for number, params in enumerate(found)
    )


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_the_example_answers_on_the_samples(samples, asked):
    assert samples.rows(asked, asked.example_params()).rows


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_rows_are_equal_over_the_samples(samples, asked):
    compared(samples, asked, few=1000)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_file(), reason="../shared/corpus is not here")
@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_rows_are_equal_over_real_articles(corpus, asked):
    assert compared(corpus, asked, few=2) or asked.name in (*FEW, "path")
