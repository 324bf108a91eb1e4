"""Questions in plain words: each sentence asks the named question that it should, or is refused."""

import json
import re
import shlex
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.ask.params import bind
from kg.ask.registry import question
from kg.ask.words import _forms, known_sentences, understand
from kg.cli.ask import command as ask
from kg.cli.query import command as query
from kg.errors import UsageError
from kg.text.fold import strip_marks

SENTENCES = [
    json.loads(line) for line in Path(__file__).with_name("words.jsonl").read_text(encoding="utf-8").splitlines()
]
ASKED = [item for item in SENTENCES if "question" in item]
REFUSED = [item for item in SENTENCES if "refused" in item]


def words_of(item):
    return item["words"]


@pytest.mark.parametrize(("name", "sentence"), known_sentences(), ids=lambda part: part)
def test_every_sentence_that_is_shown_to_users_is_understood(name, sentence):
    values = {"DOCUMENT": "05-CT/TW", "CITES": "05-CT/TW"}
    assert understand(re.sub(r"\b[A-Z]{3,}\b", lambda m: values.get(m[0], "Phú Lâm"), sentence)).question == name


def test_there_are_enough_in_both_languages_and_some_to_refuse():
    assert len(ASKED) >= 60
    assert len(REFUSED) >= 12
    english = [item for item in ASKED if item["words"].lower().startswith(("who", "what", "which", "how"))]
    assert 15 <= len(english) <= len(ASKED) - 30


@pytest.mark.parametrize("item", ASKED, ids=words_of)
def test_a_sentence_asks_its_question(item):
    understood = understand(item["words"])
    assert (understood.question, dict(understood.params)) == (item["question"], item["params"])
    bind(question(understood.question), understood.params, "cypher")


@pytest.mark.parametrize("item", ASKED, ids=words_of)
def test_accents_case_and_composition_make_no_difference(item):
    for written in (
        strip_marks(item["words"]),
        item["words"].upper(),
        unicodedata.normalize("NFD", item["words"]),
        f"  {item['words']} ?! ",
    ):
        understood = understand(written)
        assert understood.question == item["question"], written
        assert {key: strip_marks(value) for key, value in understood.params.items()} == {
            key: strip_marks(value) for key, value in item["params"].items()
        }


@pytest.mark.parametrize("item", REFUSED, ids=words_of)
def test_what_no_form_fits_is_refused_with_the_nearest(item):
    with pytest.raises(UsageError, match="no date" if item["refused"] == "calendar" else "nearest") as error:
        understand(item["words"])
    if item["refused"] != "calendar":
        assert str(error.value).count("?\n") == 3


def test_every_form_is_asked_by_a_sentence_and_names_parameters_that_there_are():
    assert {form.question for form in _forms()} == {item["question"] for item in ASKED}
    for form in _forms():
        known = {param.name for param in question(form.question).params}
        given_ = {*form.pattern.groupindex, *form.time, *form.fixed}
        assert given_ <= known, form.sentence
        assert {p.name for p in question(form.question).params if p.is_required} <= given_, form.sentence


@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused(text):
    for words in (text, f"ai chỉ đạo {text}", f"who told {text} about {text}"):
        try:
            understood = understand(words)
        except UsageError:
            continue
        assert shlex.split(understood.command)[:3] == ["kg", "query", understood.question]


def test_a_long_text_is_refused_at_once():
    with pytest.raises(UsageError, match="not understood"):
        understand("ai chỉ đạo " + "a " * 100_000)


@pytest.mark.parametrize("item", ASKED[::6], ids=words_of)
def test_the_command_that_it_names_gives_the_same_rows(samples_home, item):
    told = CliRunner().invoke(ask, [item["words"], "--json", "-g", str(samples_home)], catch_exceptions=False)
    said = json.loads(told.stdout)
    assert (said["question"], said["params"]) == (item["question"], item["params"])
    assert f"understood as: {said['command']}\n" in told.stderr
    same = CliRunner().invoke(
        query, [*shlex.split(said["command"])[2:], "--json", "-g", str(samples_home)], catch_exceptions=False
    )
    assert said["rows"] == json.loads(same.stdout)


def test_the_table_and_csv_of_a_question_in_words(samples_home):
    text = CliRunner().invoke(ask, ["ai chỉ đạo Sở Y tế về tiêm chủng?", "-g", str(samples_home)]).stdout
    assert "Hoàng Trọng Nhiên" in text
    words = ["những", "ai", "giữ", "chức", "Giám đốc", "--csv", "-g", str(samples_home)]
    assert CliRunner().invoke(ask, words).stdout.startswith("post,agency,name")


def test_words_and_options_do_not_mix(samples_home):
    result = CliRunner().invoke(ask, ["ai chỉ đạo Sở Y tế?", "--who", "x", "-g", str(samples_home)])
    assert isinstance(result.exception, UsageError)
    assert "not both" in str(result.exception)
