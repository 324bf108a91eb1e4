"""The reader as a whole: offsets on any text, purity, and the page the project was born from."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loaders
from kg.model.article import Article, Origin
from kg.model.ids import article_id
from kg.model.reading import Reading
from kg.read import read

SHARED = Path(__file__).resolve().parents[3] / "shared"

_SALAD = """
Chủ tịch UBND tỉnh|Trần Văn Mẫu|Sở Y tế|yêu cầu|đề nghị|các sở, ban, ngành|cần|phải|trước ngày 30/9|Chỉ thị 05-CT/TW|ông Mẫu|.|;|:|“|”|"|(|)|,
|Một là,|Ngày 3/4/2019|làm việc với|giao|chủ trì|UỶ BAN|khoá XII|đồng chí|và|Ảnh: X|\u00a0|\u200b|😀|e\u0301
"""
_WORDS = st.sampled_from(_SALAD.split("|"))
_TEXTS = st.one_of(st.text(max_size=400), st.lists(_WORDS, max_size=60).map(" ".join))


def _article(text: str) -> Article:
    return Article(id=article_id(None, text), text=text, origin=Origin(loader="test", source="-"))


def _evidence(reading: Reading):
    for official in reading.officials:
        yield from official.mentions
        yield from (membership.evidence for membership in official.memberships)
    for named in (*reading.agencies, *reading.documents, *reading.meetings):
        yield from named.mentions
    yield from reading.directives
    yield from reading.statements


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_quote_stands_at_its_offsets(text):
    reading = read(_article(text))
    for evidence in _evidence(reading):
        assert 0 <= evidence.start < evidence.end <= len(text)
        assert evidence.quote == text[evidence.start : evidence.end]
        assert 0 <= evidence.confidence <= 1


@given(_TEXTS)
@settings(max_examples=50, deadline=None)
def test_reading_twice_gives_the_same(text):
    assert read(_article(text)) == read(_article(text))


@pytest.mark.corpus
def test_the_seed_page():
    """The figures that the issue "1 · One page in" states for the seed."""
    page = SHARED / "corpus" / "pages" / "seed.txt"
    if not page.exists():
        pytest.skip(f"{page} is absent")
    gold = next(
        json.loads(line)
        for line in (SHARED / "gold" / "dev.gold.jsonl").read_text(encoding="utf-8").splitlines()
        if '"id": "seed"' in line
    )
    (article,) = loaders.load([str(page)])
    assert isinstance(article, Article)
    reading = read(article)
    assert reading.published == "2017-07-24T11:17+07:00"
    assert [(o.name, list(o.posts)) for o in reading.officials] == [(o["name"], o["posts"]) for o in gold["officials"]]
    assert [d.key for d in reading.documents] == ["04-NQ/TW@XII", "05-CT/TW@XII"]
    assert reading.documents[1].date == "2016-05-15"
    assert [m.date for m in reading.meetings] == ["2017-07-24"]
    assert reading.place is None
    wanted = [(d["start"], d["end"], d["issuers"], d["addressees"], d["verb"]) for d in gold["directives"]]
    assert [(d.start, d.end, list(d.issuers), list(d.addressees), d.verb) for d in reading.directives] == wanted
