"""Who told whom, with which verb, in sentences of our own: spans are given, so that only the resolution is tested."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.model.article import Article, Origin
from kg.model.ids import article_id
from kg.read.actors import read_actors
from kg.read.directives import load_rankers
from kg.read.directives.analysis import analyse
from kg.read.directives.authority import ranks_of_officials
from kg.read.directives.candidates import Context
from kg.read.directives.host import find_hosts
from kg.read.directives.ranker import Ranker
from kg.read.directives.resolve import Resolved, resolve
from kg.read.directives.speakers import track_speakers
from kg.read.page import Page

_ITEMS = Path(__file__).with_name("directive_resolution.jsonl")


def _items() -> list[Any]:
    return [json.loads(line) for line in _ITEMS.read_text(encoding="utf-8").splitlines()]


def _resolve(text: str, quote: str) -> Resolved:
    """Resolve the sentence that starts with `quote`; every sentence up to it with an order in it counts as a directive."""
    page = Page.of(
        Article(id=article_id(None, text), record_id="r", text=text, origin=Origin(loader="test", source="s"))
    )
    actors = read_actors(page)
    views = analyse(page, actors.mentions)
    wanted = next(view.index for view in views if page.text.startswith(quote, view.start))
    chosen = [v.index for v in views[:wanted] if any(t.kind == "order" for t in v.triggers)] + [wanted]
    ranks = ranks_of_officials(actors.officials)
    context = Context.of(page, views, track_speakers(page, views, ranks), ranks, find_hosts(page, views), chosen)
    return resolve(context, chosen, load_rankers())[-1]


@pytest.mark.parametrize("item", _items(), ids=lambda item: str(item["note"]))
def test_sentence_is_resolved(item: Any) -> None:
    found = _resolve(item["text"], item["quote"])
    issuers = list(found.issuer.value) if found.issuer else []
    assert (issuers, list(found.addressees.value), found.verb) == (item["issuers"], item["addressees"], item["verb"])


def test_all_trees_at_once_give_what_each_gives() -> None:
    trees = [[0, [1, -1.0, 2.0], 0.5], [2, [0, 0.25, -0.5], [1, 1.0, 3.0]], 0.125]
    ranker = Ranker(["a", "b", "c"], trees)

    def walk(node: Any, present: set[int]) -> float:
        return walk(node[2 if node[0] in present else 1], present) if isinstance(node, list) else float(node)

    for number in range(8):
        features = [name for i, name in enumerate("abc") if number >> i & 1]
        expected = sum(walk(tree, {i for i in range(3) if number >> i & 1}) for tree in trees)
        assert ranker.weigh([features])[0] == [pytest.approx(expected)]


def test_no_candidate_is_no_choice() -> None:
    with pytest.raises(ValueError, match="max"):
        Ranker(["a"], [[0, 0.0, 1.0]]).choose([])
