"""The actor grammar on sentences of our own, one construction each; all persons are invented."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model.article import Article, Origin
from kg.model.ids import article_id
from kg.read.actors import Actors, read_actors
from kg.read.page import Page

HERE = Path(__file__).parent
WORDS = (
    "Ông", "Bà", "Chủ", "tịch", "UBND", "tỉnh", "các", "Sở", "Y", "tế", ",", ";", ":", "(",
    ")", "-", ".", "và", "Nguyễn", "Văn", "Bốn", "Bộ", "trưởng", "đồng", "chí", "của", "thuộc", "TP.",
    "Hà", "Nội", "huyện", "Phó", "Trưởng", "ban", "Chỉ", "đạo", "nguyên", "Quốc", "hội", "Đảng", "ủy", "Cục",
    "Việt", "Nam", "Lào", "12", "Đoàn", "đại", "biểu", "này", "\n",
)  # fmt: skip


def read(text: str) -> Actors:
    origin = Origin(loader="test", source="-")
    return read_actors(Page.of(Article(id=article_id(None, text), text=text, origin=origin)))


def cases(name: str):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["text"][:40]) for case in map(json.loads, lines)]


@pytest.mark.parametrize("case", cases("actors_sentences.jsonl"))
def test_sentence_names_its_officials_and_agencies(case):
    actors = read(case["text"])
    assert {o.name: list(o.posts) for o in actors.officials} == case["officials"]
    assert [agency.name for agency in actors.agencies] == case["agencies"]


@pytest.mark.parametrize("case", cases("actors_mentions.jsonl"))
def test_mentions_are_named_as_a_reading_names_them(case):
    text = case["text"]
    found = [[text[m.start : m.end], m.kind, m.name, m.how] for m in read(text).mentions]
    assert found == case["mentions"]


def test_evidence_quotes_the_text_and_names_its_rule():
    text = "Hôm qua, bà Trịnh Thị Hằng Nga, Giám đốc Sở Y tế tỉnh Kon Tum, kiểm tra. Bà Nga làm việc với UBND tỉnh."
    actors = read(text)
    evidence = [e for o in actors.officials for e in o.mentions]
    evidence += [m.evidence for o in actors.officials for m in o.memberships]
    evidence += [e for a in actors.agencies for e in a.mentions]
    assert len(evidence) >= 5
    assert all(text[e.start : e.end] == e.quote and e.rule.startswith("actors.") for e in evidence)


def test_former_and_acting_holders_keep_their_mark_and_status():
    actors = read("Nguyên Chủ tịch UBND huyện Mù Cang Phạm Đức Sỏi và quyền Cục trưởng Cục Hóa chất Lã Thị Mùi dự.")
    status = {o.name: [(m.post, m.status) for m in o.memberships] for o in actors.officials}
    assert status["Phạm Đức Sỏi"] == [("Nguyên Chủ tịch UBND huyện Mù Cang", "former")]
    assert status["Lã Thị Mùi"] == [("quyền Cục trưởng Cục Hóa chất", "acting")]


def test_register_id_is_given_only_where_the_name_is_certain():
    ids = {a.name: a.register_id for a in read("Bộ Chính trị và Sở Y tế họp; Bộ Tài chính dự.").agencies}
    assert ids["Bộ Chính trị"] == "bo-chinh-tri"
    assert ids["Bộ Tài chính"] is None  # two bodies bore the name before and after March 2025


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_order_of_words_is_read_without_overlap(words):
    text = " ".join(words)
    end = 0
    for mention in read(text).mentions:
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


def test_same_text_gives_the_same_reading():
    text = "Giám đốc Sở Nội vụ Kiều Văn Ất và Phó Bí thư Tỉnh ủy Lò Thị Pâng làm việc với HĐND, UBND tỉnh Sơn La."
    assert read(text) == read(text)
