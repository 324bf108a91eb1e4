"""Dates: each shape of DOMAIN.md 5 in a sentence of our own, with the year that publication or text gives."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.article import Article, Origin
from kg.read.dates import read_dates, reference_date
from kg.read.page import Page

_CASES = [json.loads(line) for line in (Path(__file__).parent / "dates_sentences.jsonl").read_text().splitlines()]


def page_of(text: str, published: str | None = None) -> Page:
    return Page.of(Article(id="a1", text=text, published=published, origin=Origin(loader="text", source="-")))


@pytest.mark.parametrize("case", _CASES, ids=[f"{case['text'][:40]} {case['published']}" for case in _CASES])
def test_sentence_gives_its_dates(case):
    page = page_of(case["text"], case["published"])
    found = [[page.text[d.start : d.end], d.iso, d.end_iso, d.kind] for d in read_dates(page)]
    assert found == case["want"]


@pytest.mark.parametrize(
    ("text", "published", "want"),
    [
        ("Sở họp.", "2017-07-24T11:17+07:00", "2017-07-24T11:17+07:00"),
        ("Sở họp.", None, None),
        ("Sáng 4/3, Sở tổng kết công tác năm 2018.", None, "2018"),
        ("Ngày 8/4, Bộ nhắc văn bản ngày 20/2/2019.", None, "2019"),
        ("Ngày 2/11, Sở họp; từ nay đến tháng 1/2017 sẽ xong.", None, "2016"),
        ("Mục tiêu đến năm 2030 là giảm nghèo.", None, None),
    ],
)
def test_reference_date(text, published, want):
    assert reference_date(page_of(text, published)) == want


@given(st.text(alphabet="0123456789/.- ngàytháămqu,()", max_size=80), st.sampled_from([None, "2017", "2017-02-06"]))
def test_any_text_gives_ordered_dates_that_exist(text, published):
    dates = read_dates(page_of(text, published))
    assert all(a.end <= b.start for a, b in pairwise(dates))
    assert all(d.iso is None or 4 <= len(d.iso) <= 10 for d in dates)
