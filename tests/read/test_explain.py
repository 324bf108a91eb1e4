"""Explanations of sentences: they agree with the reading, say why, and can't drive a terminal."""

import json
import subprocess
import sys

import pytest

from kg.errors import UsageError
from kg.model.article import Article, Origin, Zone
from kg.quality.items import items
from kg.read import read
from kg.read.explain import explain, only
from kg.read.explain.text import as_text
from kg.read.explain.weights import family

TEXT = (
    "Sáng 3/4/2019, Chủ tịch UBND tỉnh Trần Văn Mẫu yêu cầu Sở Y tế báo cáo trước ngày 10/4. "
    "Ông Mẫu biểu dương Công an huyện. Trời mưa to."
)


def article(text, **more):
    return Article(id="a0", text=text, origin=Origin(loader="text", source="-"), **more)


@pytest.fixture(scope="module")
def explained():
    return explain(article(TEXT))


def test_every_sentence_is_explained(explained):
    assert [(s.number, s.directive, s.text) for s in explained.sentences] == [
        (1, True, TEXT[:87]),
        (2, False, "Ông Mẫu biểu dương Công an huyện."),
        (3, False, "Trời mưa to."),
    ]


def test_the_order_shows_who_speaks_to_whom(explained):
    first = explained.sentences[0]
    assert first.probability >= first.threshold
    assert next((t.subject, t.verb, t.objects) for t in first.triggers) == ("Trần Văn Mẫu", "yêu cầu", ("Sở Y tế",))
    assert (first.speaker.name, first.speaker.how) == ("Trần Văn Mẫu", "here")
    assert first.weighs_for
    assert all(w.weight > 0 for w in first.weighs_for)
    assert all(w.weight < 0 for w in first.weighs_against)
    assert (first.outcome.who, first.outcome.whom) == (("Trần Văn Mẫu",), ("Sở Y tế",))
    assert first.outcome.rule.startswith("directives.")


def test_no_directive_has_no_rankings_and_a_reason(explained):
    second, third = explained.sentences[1:]
    assert (second.reason, second.verbs, second.outcome.kind) == ("below", (), "praise")
    assert (third.reason, third.outcome) == ("below", None)


def test_explanations_agree_with_the_reading():
    for _, item in list(items())[::12]:
        one = article(item["text"], published=item.get("published"))
        reading, explained = read(one), explain(one)
        directives = {(d.start, d.end): d for d in reading.directives}
        assert {(s.start, s.end) for s in explained.sentences if s.directive} == directives.keys()
        for sentence in explained.sentences:
            if sentence.directive:
                directive = directives[sentence.start, sentence.end]
                chosen = [
                    next((r.value for r in ranked if r.chosen), ()) for ranked in (sentence.verbs, sentence.addressees)
                ]
                assert chosen == [(directive.verb,), directive.addressees]
                assert sentence.probability >= sentence.threshold


def test_an_order_in_the_title_is_none():
    text = "Chủ tịch UBND tỉnh Trần Văn Mẫu yêu cầu Sở Y tế báo cáo\nTrời mưa to."
    explained = explain(article(text, zones=(Zone(start=0, end=55, kind="title"),)))
    assert explained.sentences[0].zone == "title"
    assert not explained.sentences[0].directive
    assert explained.sentences[0].reason in {"zone", "below"}


def test_an_empty_text():
    assert explain(article(" ")).sentences == ()


def test_hostile_text_cannot_drive_the_terminal():
    shown = as_text(explain(article("Chủ tịch UBND tỉnh \x1b[31mTrần Văn Mẫu yêu cầu Sở Y tế báo cáo.")))
    assert "\x1b" not in shown
    assert "yêu cầu" in shown


def test_one_sentence(explained):
    assert [s.number for s in only(explained, 2).sentences] == [2]
    with pytest.raises(UsageError, match="no sentence 4; the article has 3"):
        only(explained, 4)


def test_families_of_neighbours_are_marked():
    assert family("p:T=order:giao") == "câu trước · sentence before: động từ nói · speech verb"
    assert family("to=rà soát").startswith("mở đầu bằng động từ")
    assert family("?unheard of") == ""


def kg(*arguments):
    code = "from kg.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], input=TEXT.encode(), capture_output=True, timeout=60, check=False
    )


def test_the_command_as_text_and_as_json():
    text = kg("read", "--explain", "--sentence", "1", "-").stdout.decode()
    assert "CHỈ ĐẠO · DIRECTIVE" in text
    assert "[2]" not in text
    (line,) = kg("read", "--explain", "--json", "-").stdout.splitlines()
    assert [s["directive"] for s in json.loads(line)["sentences"]] == [True, False, False]


def test_the_command_refuses_what_does_not_fit():
    done = kg("read", "--json", "-")
    assert (done.returncode, done.stdout) == (2, b"")
    done = kg("read", "--explain", "--sentence", "9", "-")
    assert done.returncode == 2
    assert "no sentence 9" in done.stderr.decode()


def test_a_petition_upward_says_that_a_rule_outweighs_the_models():
    text = "Chủ tịch UBND tỉnh Trần Văn Mẫu đề nghị Thủ tướng Chính phủ chỉ đạo các bộ sớm bố trí vốn, không để công trình chậm."
    explained = explain(article(text))
    assert not explained.sentences[0].directive
    assert explained.sentences[0].reason in {"veto", "below"}
    assert explained.sentences[0].probability <= 0.1
