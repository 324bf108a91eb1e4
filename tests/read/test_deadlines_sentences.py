"""Deadlines as written and in the encoding of DOMAIN.md 5."""

import json
from pathlib import Path

import pytest

from kg.model.article import Article, Origin
from kg.read.deadlines import read_deadline
from kg.read.page import Page

_CASES = [json.loads(line) for line in (Path(__file__).parent / "deadlines_sentences.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("case", _CASES, ids=[f"{case['text'][:50]} {case['published']}" for case in _CASES])
def test_sentence_gives_its_deadline(case):
    origin = Origin(loader="text", source="-")
    page = Page.of(Article(id="a1", text=case["text"], published=case["published"], origin=origin))
    found = read_deadline(page, 0, len(page.text))
    assert (list(found) if found else None) == case["want"]


def test_only_the_given_span_is_read():
    text = "Giao Sở A rà soát. Giao Sở B báo cáo trước ngày 30/9."
    page = Page.of(Article(id="a1", text=text, origin=Origin(loader="text", source="-")))
    assert read_deadline(page, 0, 18) is None
    assert read_deadline(page, 19, len(text)) == ("trước ngày 30/9", "before:--09-30")
