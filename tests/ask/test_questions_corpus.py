"""Named questions over real articles: the same rows from SPARQL and from Cypher."""

from itertools import islice
from pathlib import Path

import pytest

from kg.ask.registry import question, questions
from kg.ask.run import able, run
from kg.stores import open_view, refresh

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "articles.jsonl"
VARIATIONS = {
    "name": ["so", "Thủ tướng", "chủ tịch ubnd", "y te", "CT/TW", "QH13"],
    "date": ["2017", "2016-06", "2020-01-15"],
    "string": ["petition", "assign"],
    "int": ["1", "3"],
    "id": [],
}
FEW = ("conflicting-leads", "document-relations", "on-behalf", "two-way")  # what few articles hold

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CORPUS.is_file(), reason="../shared/corpus is not here")]


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    from kg.home import GraphHome
    from loaders import load

    path = tmp_path_factory.mktemp("corpus")
    with CORPUS.open(encoding="utf-8") as lines:
        (path / "some.jsonl").write_text("".join(islice(lines, 150)), encoding="utf-8")
    home = path / "home"
    home.mkdir()
    with GraphHome(home, create=True) as truth:
        truth.ingest(load([str(path / "some.jsonl")]), workers=1)
        refresh(home, truth.graph, truth.stamp())
    views = {name: open_view(home, name) for name in ("oxigraph", "kglite")}
    yield views
    for view in views.values():
        view.close()


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_rows_are_equal(engines, asked):
    needed = {param.name: asked.example_params()[param.name] for param in asked.params if param.is_required}
    cases = [needed] + [needed | {param.name: value} for param in asked.params for value in VARIATIONS[param.type]]
    if asked.name == "path":
        cases = [{"from": "Bộ Công Thương", "to": "Chính phủ"}]
    if asked.name == "legal-basis":
        cited = run(engines["kglite"], "kglite", question("document-cascade"), {"document": "CT"}).dicts()
        cases = [{"id": row["id"]} for row in cited[:20]]
    if asked.name == "evidence":
        found = run(engines["kglite"], "kglite", question("officials"), {}).dicts()
        cases = [{"id": row["id"]} for row in found[::50]]
    answered = 0
    for params in cases:
        tables = [run(view, name, asked, params) for name, view in engines.items() if name in able(asked)]
        assert all(table == tables[0] for table in tables), params
        answered += len(tables[0].rows)
    assert answered or asked.name in FEW
