"""Floors for officials, posts and agencies on the shared gold readings; skipped where they are absent."""

import importlib.util
import json
from pathlib import Path

import pytest

from kg.model.article import Article, Origin
from kg.model.ids import article_id
from kg.read.actors import read_actors
from kg.read.page import Page

GOLD = Path(__file__).parents[3] / "shared" / "gold"
FLOORS = {
    "train": {"officials": 0.97, "posts": 0.91, "agencies": 0.91},
    "ledes": {"officials": 0.95, "posts": 0.92, "agencies": 0.90},
    "dev": {"officials": 0.95, "posts": 0.89, "agencies": 0.90},
}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not GOLD.is_dir(), reason="the gold readings lie in ../shared/gold"),
]


def records(path: Path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def predicted(record):
    origin = Origin(loader="jsonl", source="gold")
    article = Article(id=article_id(record.get("title"), record["text"]), text=record["text"], origin=origin)
    actors = read_actors(Page.of(article))
    officials = [{"name": o.name, "posts": list(o.posts)} for o in actors.officials]
    return {"officials": officials, "agencies": [{"name": a.name} for a in actors.agencies]}


@pytest.fixture(scope="module")
def scorer():
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("part", FLOORS)
def test_scores_stay_above_their_floors(scorer, part):
    gold = {r["id"]: r for r in records(GOLD / f"{part}.gold.jsonl")}
    read = {r["id"]: predicted(r) for r in records(GOLD / f"{part}.articles.jsonl")}
    figures = scorer.score(gold, read)
    reached = {name: figures[name]["f1"] for name in FLOORS[part]}
    assert all(reached[name] >= floor for name, floor in FLOORS[part].items()), reached
