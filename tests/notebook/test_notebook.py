"""`import kg`: answers as rows, frames, HTML and pictures; hostile text is text; what is missing is told."""

import importlib
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import kg
from kg.errors import QueryError, StoreError, UsageError
from kg.home import GraphHome
from kg.notebook import Answer
from kg.stores.base import Table
from tests.graph_factory import HOSTILE
from tests.reading_factory import READER, article, read_by_hand

MIXED = Table(("n", "who", "whom", "x"), ((1, "A; B", ["C", "D"], 1), (None, None, [], "một"), (3, "A", ["C"], None)))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    path = tmp_path_factory.mktemp("notebook") / "graph"
    texts = ["Lê Thị Thử là Bí thư của Tỉnh ủy.\nBài một.", "Mạc Văn Ví là Giám đốc của Sở Y tế.\nBài hai."]
    with GraphHome(path, create=True) as truth:
        truth.ingest([article(text) for text in texts], read_by_hand, reader=READER, workers=1)
    return kg.open(path)


def test_rows(home):
    answer = home.query("officials", name="Thử")
    assert len(answer) == 1
    assert answer[0]["name"] == "Lê Thị Thử"
    assert [row["name"] for row in answer] == ["Lê Thị Thử"]
    assert "name" in answer.columns
    assert repr(answer).startswith("<Answer: 1 rows of name")
    assert str(home.path) in repr(home)


def test_both_engines_and_both_languages(home):
    assert list(kg.open(home.path, engine="oxigraph").query("officials")) == list(home.query("officials"))
    assert home.cypher("MATCH (p:Person {name: $name}) RETURN count(p) AS n", name="Mạc Văn Ví")[0] == {"n": 1}
    text = "SELECT ?p ?name { ?p <http://xmlns.com/foaf/0.1/name> ?name }"
    assert {row["name"] for row in home.sparql(text)} == {"Lê Thị Thử", "Mạc Văn Ví"}
    assert home.questions()[0]["en"]
    assert home.network().number_of_edges() == len(home.query("who-instructs-whom"))


def test_limits(home):
    few = kg.open(home.path, limit=1)
    assert few.query("officials").truncated
    assert "truncated" in repr(few.query("officials"))


def test_wrong_use_is_told(home, tmp_path):
    for wrong in (
        lambda: home.query("no such question"),
        lambda: home.query("officials", no_such="x"),
        lambda: home.ask("Sở Y tế?", who="x"),
        lambda: home.ask(nobody="x"),
        lambda: home.network(level="galaxy"),
        lambda: kg.open(home.path, engine="neo4j"),
    ):
        with pytest.raises(UsageError):
            wrong()
    with pytest.raises(QueryError):
        home.cypher("MATCH (n) DETACH DELETE n")
    with pytest.raises(StoreError, match="kg build"):
        kg.open(tmp_path / "nowhere")


def test_frames():
    answer = Answer(MIXED)
    frame = answer.to_pandas()
    assert list(frame.columns) == ["n", "who", "whom", "x"]
    assert frame["whom"][0] == ["C", "D"]
    assert answer.to_polars()["x"].to_list() == ["1", "một", None]
    arrow = answer.to_arrow()
    assert arrow["n"].to_pylist() == [1, None, 3]
    assert arrow["whom"].to_pylist() == [["C", "D"], [], ["C"]]
    for empty in (Answer(Table(("a", "b"), ())), Answer(Table((), ()))):
        assert len(empty.to_pandas()) == len(empty.to_polars()) == len(empty.to_arrow()) == 0


@pytest.mark.parametrize("package", ["pandas", "polars", "pyarrow"])
def test_a_library_that_is_missing_is_named(monkeypatch, package):
    def missing(name):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr("kg.notebook.answer.import_module", missing)
    with pytest.raises(UsageError, match=f"pip install {package}"):
        getattr(Answer(MIXED), {"pyarrow": "to_arrow"}.get(package, f"to_{package}"))()


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text.append(data)


def test_html_is_escaped():
    rows = tuple((text, [text], text) for text in HOSTILE)
    html = Answer(Table(("who", "whom", "<b>"), rows), "<script>")._repr_html_()
    reader = Reader()
    reader.feed(html)
    assert not reader.tags & {"script", "b", "a", "img"}
    assert not [name for name, _ in reader.attributes if name.startswith("on") or name in ("href", "src")]
    text = "".join(reader.text)
    assert "<script>alert(1)</script>" in text
    assert "svg" in reader.tags


def test_the_picture_has_who_and_whom():
    drawn = Answer(MIXED, "ví dụ").picture()
    for edge in ("A → C: 2", "A → D: 1", "B → C: 1", "B → D: 1"):
        assert edge in drawn
    assert Answer(MIXED).picture() == Answer(MIXED).picture()
    assert Answer(Table(("name",), (("x",),))).picture() == ""
    assert "<svg" not in Answer(Table(("name",), (("x",),)))._repr_html_()


def test_long_answers_are_cut_in_html_only():
    html = Answer(Table(("n",), tuple((n,) for n in range(80))))._repr_html_()
    assert html.count("<tr>") == 51
    assert "50 dòng đầu" in html


def test_importing_it_loads_nothing_heavy():
    code = "import kg, sys; print(sorted({m.partition('.')[0] for m in sys.modules} & set('pydantic kglite pyoxigraph networkx click'.split())))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(kg.__file__).parents[1]
    )
    assert done.stdout.strip() == "[]"
    assert importlib.import_module("kg").open is kg.open
