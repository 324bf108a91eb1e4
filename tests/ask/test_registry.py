"""The reader of question headers is strict and says where it stumbles."""

import re
import runpy
from pathlib import Path

import pytest

from kg.ask.registry import question, questions, read_question, themes
from kg.errors import InputError, UsageError

HEADER = """title.vi: A
title.en: B
help.vi: C
help.en: D
theme: evidence
param: who | name | optional | ai
column: who | text
order: who
example: kg query q -p who x
"""


def write(folder, header, other=None):
    for language, ext, mark, text in (("sparql", "rq", "#", header), ("cypher", "cypher", "//", other or header)):
        (folder / language).mkdir(exist_ok=True)
        lines = [f"{mark} {line}" for line in text.strip().split("\n")]
        (folder / language / f"q.{ext}").write_text("\n".join([*lines, "", "query"]), encoding="utf-8")


def test_there_are_enough_and_each_has_both_languages():
    assert len(questions()) >= 40
    for asked in questions():
        assert set(asked.texts) == {"sparql", "cypher"} - set(asked.header.refusals)
        assert all(asked.header.title[lang] and asked.header.help[lang] for lang in ("vi", "en"))


def test_every_question_has_a_theme_and_no_two_share_a_title():
    assert sorted(asked.name for theme in themes() for asked in theme.questions) == [q.name for q in questions()]
    for lang in ("vi", "en"):
        assert len({asked.header.title[lang] for asked in questions()}) == len(questions())


def test_a_good_header_is_read(tmp_path):
    write(tmp_path, HEADER)
    asked = read_question("q", tmp_path)
    assert (asked.params[0].name, asked.params[0].default, asked.header.order) == ("who", "", (("who", False),))
    assert asked.example_params() == {"who": "x"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title.vi: A\n", "", "title.vi missing"),
        ("title.vi: A", "titel.vi: A", r"q.rq: line 1: 'titel.vi' is unknown"),
        ("title.en: B", "title.vi: B", "line 2: 'title.vi' is unknown or given twice"),
        ("name | optional", "nam | optional", "line 6: a param has"),
        ("| optional |", "| maybe |", "line 6: 'maybe' is not"),
        ("who | text", "who | string", "line 7: a column is"),
        ("order: who", "order: whom", "order names no column: whom"),
        ("order: who", "order: who down", "line 8: 'down'"),
        ("theme: evidence", "theme: nothing", "no such theme: nothing"),
        ("theme: evidence", "not.rdf: why", "line 5: 'not.rdf' is unknown"),
        ("theme: evidence", "theme: evidence\nnot.sparql: why", r"q\.rq: the twin is there"),
        ("kg query q", "kg query r", "the example must start"),
        ("help.en: D", "no colon", "line 4: expected"),
        ("param: who | name | optional | ai", "param: n | int | optional | x", "line 6: an int needs"),
    ],
)
def test_a_bad_header_names_file_and_line(tmp_path, old, new, said):
    assert old in HEADER
    write(tmp_path, HEADER.replace(old, new))
    with pytest.raises(InputError, match=said):
        read_question("q", tmp_path)


def test_twins_must_agree(tmp_path):
    write(tmp_path, HEADER, HEADER.replace("help.en: D", "help.en: E"))
    with pytest.raises(InputError, match="twins differ"):
        read_question("q", tmp_path)


def test_a_missing_twin_is_named(tmp_path):
    write(tmp_path, HEADER)
    (tmp_path / "cypher" / "q.cypher").unlink()
    with pytest.raises(InputError, match=r"q\.cypher: the twin can't be read"):
        read_question("q", tmp_path)


def test_an_unknown_name_suggests_near_ones():
    with pytest.raises(UsageError, match="timeline"):
        question("timelin")
    with pytest.raises(UsageError, match="--list"):
        question("zzzzzz")


def test_a_language_that_the_header_refuses_needs_no_twin(tmp_path):
    write(tmp_path, HEADER.replace("order: who", "order: who\nnot.sparql: why"))
    (tmp_path / "sparql" / "q.rq").unlink()
    assert set(read_question("q", tmp_path).texts) == {"cypher"}


def test_docs_questions_is_what_the_headers_say():
    built = runpy.run_path(str(Path(__file__).with_name("build_questions_doc.py")))
    hint = "run `python tests/ask/build_questions_doc.py`"
    assert built["TARGET"].read_text(encoding="utf-8") == built["page"]() + "\n", hint


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_cypher_keeps_to_what_neo4j_runs_too(asked):
    text = asked.texts["cypher"]
    assert not re.search(
        r"COLLECT\s*\{|\bkeys\(|\bproperties\(|SHORTEST\s+\d|\{\d*,\d*\}|\bHAVING\b", text, re.IGNORECASE
    )
    assert not re.search(r"shortestPath\(", text) or "sparql" in asked.header.refusals
    bound = set(re.findall(r"\$(\w+)", text))
    assert bound <= {name for param in asked.params for name in (param.name, f"{param.name}_folded")}


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_blocks_for_one_parameter_end_and_name_it(asked):
    text = asked.texts.get("sparql", "")
    opened, closed = (sorted(re.findall(rf"^ *# {word} (.*)$", text, re.MULTILINE)) for word in ("if", "end"))
    assert opened == closed
    assert set(opened) <= {param.name for param in asked.params}


@pytest.mark.parametrize("asked", [q for q in questions() if "sparql" in q.texts], ids=lambda asked: asked.name)
def test_sparql_projects_what_it_binds(asked):
    select = asked.texts["sparql"].partition("WHERE {\n")[0]
    for param in asked.params:
        assert re.search(rf"\?p_{param.name}\b", select)
        if param.type == "name":
            assert f"?p_{param.name}_folded" in select
