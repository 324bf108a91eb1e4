"""Floors for officials, posts and agencies on the shared gold readings; skipped where they are absent."""

import pytest

from kg.model.article import Article, Origin
from kg.model.ids import article_id
from kg.read.actors import read_actors
from kg.read.page import Page
from kg.train.names import GOLD
from tests.read.gold_floors import assert_floors

FLOORS = {
    "train": {"officials": 0.97, "posts": 0.91, "agencies": 0.91},
    "ledes": {"officials": 0.95, "posts": 0.92, "agencies": 0.90},
    "dev": {"officials": 0.95, "posts": 0.89, "agencies": 0.90},
}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not GOLD.is_dir(), reason="the gold readings lie in ../shared/gold"),
]


def predicted(record):
    origin = Origin(loader="jsonl", source="gold")
    article = Article(id=article_id(record.get("title"), record["text"]), text=record["text"], origin=origin)
    actors = read_actors(Page.of(article))
    officials = [{"name": o.name, "posts": list(o.posts)} for o in actors.officials]
    return {"officials": officials, "agencies": [{"name": a.name} for a in actors.agencies]}


@pytest.mark.parametrize("part", FLOORS)
def test_scores_stay_above_their_floors(part):
    assert_floors(part, FLOORS[part], predicted)
