"""Floors for documents and meetings on the shared gold readings; skipped where they are absent."""

import pytest

from kg.read.actors import read_actors
from kg.read.dates import read_dates
from kg.read.documents import read_documents
from kg.read.meetings import read_meetings
from kg.read.page import Page
from kg.train.names import GOLD
from loaders.jsonl import article_of_record
from tests.read.gold_floors import assert_floors

FLOORS = {
    "train": {"documents": 0.93, "meetings": 0.84},
    "ledes": {"documents": 0.92, "meetings": 0.92},
    "dev": {"documents": 0.93, "meetings": 0.82},
}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not GOLD.is_dir(), reason="the gold readings lie in ../shared/gold"),
]


def predicted(record):
    page = Page.of(article_of_record(record, source="gold", locator=None))
    dates = read_dates(page)
    documents = read_documents(page, dates)
    meetings = read_meetings(page, read_actors(page), dates)
    for item in (*documents, *meetings):
        assert all(page.text[m.start : m.end] == m.quote for m in item.mentions)
    return {"documents": [d.model_dump() for d in documents], "meetings": [m.model_dump() for m in meetings]}


@pytest.mark.parametrize("part", FLOORS)
def test_scores_stay_above_their_floors(part):
    assert_floors(part, FLOORS[part], predicted)
