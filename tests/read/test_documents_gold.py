"""Floors for documents and meetings on the shared gold readings; skipped where they are absent."""

import importlib.util
import json
from pathlib import Path

import pytest

from kg.read.actors import read_actors
from kg.read.dates import read_dates
from kg.read.documents import read_documents
from kg.read.meetings import read_meetings
from kg.read.page import Page
from loaders.jsonl import article_of_record

GOLD = Path(__file__).parents[3] / "shared" / "gold"
FLOORS = {
    "train": {"documents": 0.93, "meetings": 0.84},
    "ledes": {"documents": 0.92, "meetings": 0.92},
    "dev": {"documents": 0.93, "meetings": 0.82},
}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not GOLD.is_dir(), reason="the gold readings lie in ../shared/gold"),
]


def records(path: Path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def predicted(record):
    page = Page.of(article_of_record(record, source="gold", locator=None))
    dates = read_dates(page)
    documents = read_documents(page, dates)
    meetings = read_meetings(page, read_actors(page), dates)
    for item in (*documents, *meetings):
        assert all(page.text[m.start : m.end] == m.quote for m in item.mentions)
    return {"documents": [d.model_dump() for d in documents], "meetings": [m.model_dump() for m in meetings]}


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
