"""A name is found however the asker or the article abbreviates it."""

from pathlib import Path

import pytest

from kg.ask.directives import ask
from kg.graph.records import Graph
from kg.graph.search import search_form
from kg.model.entities import Agency, ArticleNode, Person
from kg.stores import open_view, refresh
from tests.graph_factory import directive, named


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("UBND huyện", "uy ban nhan dan huyen"),
        ("UBMTTQVN", "uy ban mat tran to quoc viet nam"),
        ("Chỉ thị 12-NQ/BCSĐ", "chi thi 12-nq/bcsd"),
        ("05-CT/TW", "05-ct/tw"),
        ("Ca Dn Tp", "ca dn tp"),
        ("UBNDX", "ubndx"),
    ],
)
def test_abbreviations_are_spelled_out_and_numbers_stay(text, form):
    assert search_form(text) == form
    assert search_form(form) == form


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("search")
    names = ("UBND xã Mẫu", "Ủy ban nhân dân xã Thử")
    bodies = [Agency(id=f"b{n}", name=name, folded=search_form(name)) for n, name in enumerate(names)]
    said = [
        directive(f"d{n}", "a", f"Giao {name} báo cáo HĐND.", issuers=("p",), addressees=(f"b{n}",), start=n)
        for n, name in enumerate(names)
    ]
    refresh(path, Graph.of([*bodies, *said, named(Person, "p", "Lê Mẫu"), ArticleNode(id="a")]), "1")
    return path


@pytest.mark.parametrize("engine", ["kglite", "oxigraph"])
@pytest.mark.parametrize(
    "filters",
    [
        {"whom": "UBND xã"},
        {"whom": "ubnd xa"},
        {"whom": "Ủy ban nhân dân xã"},
        {"about": "HĐND"},
        {"about": "hội đồng nhân dân"},
    ],
    ids=str,
)
def test_either_spelling_finds_either(home, engine, filters):
    with open_view(home, engine) as view:
        assert len(ask(view, engine, filters).rows) == 2
