"""Named questions: the same rows from SPARQL and from Cypher, and the right ones."""

import pytest

from kg.ask.directives import ASK_COLUMNS, ask
from kg.ask.registry import question, questions
from kg.ask.run import able, run, without_empty_filters
from kg.errors import UsageError
from kg.stores import open_view
from tests.graph_factory import HOSTILE

VARIATIONS = {
    "name": [
        "",
        "Sở Y tế",
        "so y te",
        "bí thư tỉnh ủy",
        "Hùng",
        "hung",
        "99-ct/tw",
        "Nghị quyết mẫu 7",
        "no such",
        *HOSTILE,
    ],
    "string": ["", "praise", "assign", "deadline", "' OR 1=1 --"],
    "date": ["", "2017", "2017-07", "2017-07-24", "2018-06-01"],
    "int": ["1", "3"],
    "id": ["person-ha", "o-1", "d-1", "s-2", "mem-1", "doc-99", "no such", 'a"}> ?x <b'],
}
CASES = [
    (asked.name, param.name, value)
    for asked in questions()
    for param in asked.params
    for value in VARIATIONS[param.type]
    if value or not param.is_required
]


FITTING = {
    "at": "2018-06-01",
    "document": "05-CT/TW",
    "name": "Mẫu",
    "agency": "Tỉnh ủy Vân Giang",
    "post": "Giám đốc",
    "official": "Chi",
    "who": "Lê Mẫu An",
    "whom": "Trạm",
    "meeting": "hội nghị",
    "from": "Lê Mẫu An",
    "to": "Phạm Mẫu Chi",
}
"""Values of required parameters that fit `tests.question_graph`."""
IDS = {"evidence": "mem-chi", "legal-basis": "o-1"}


@pytest.fixture(scope="module")
def engines(home, hostile_home, question_home, samples_home):
    views = [
        {name: open_view(path, name) for name in ("oxigraph", "kglite")}
        for path in (home, hostile_home, question_home, samples_home)
    ]
    yield views
    for pair in views:
        for view in pair.values():
            view.close()


def both(pair, name, params):
    asked = question(name)
    tables = [run(view, engine, asked, params) for engine, view in pair.items() if engine in able(asked)]
    assert all(table.rows == tables[0].rows for table in tables)
    return tables[0]


def required(name):
    """The required parameters, with values that fit the fictional graphs."""
    fitting = FITTING | {"id": IDS.get(name, "")}
    return {param.name: fitting[param.name] for param in question(name).params if param.is_required}


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_the_example_answers_on_the_samples(engines, asked):
    table = both(engines[3], asked.name, asked.example_params())
    assert table.rows
    assert table.columns == tuple(column.name for column in asked.columns)


@pytest.mark.parametrize(("name", "param", "value"), CASES)
def test_variations_are_equal_on_both_engines(engines, name, param, value):
    for pair in engines:
        both(pair, name, required(name) | {param: value})


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_every_question_has_rows_and_fills_every_column_somewhere(engines, asked):
    tables = [both(pair, asked.name, required(asked.name)) for pair in engines]
    assert tables[2].rows
    tables.append(both(engines[3], asked.name, asked.example_params()))
    empty = [
        name
        for name in tables[0].columns
        if not any(row[name] not in (None, [], 0) for table in tables for row in table.dicts())
    ]
    assert set(empty) <= {"exact"}


@pytest.mark.parametrize("name", ["officials"])
def test_a_filter_that_is_left_out_changes_no_rows(engines, monkeypatch, name):
    view, asked = engines[2]["oxigraph"], question(name)
    cases = [{}, *({param.name: "2017" if param.type == "date" else "so y te"} for param in asked.params)]
    trimmed = [run(view, "oxigraph", asked, params) for params in cases]
    assert "# if" not in without_empty_filters(asked.texts["sparql"], {param.name: "" for param in asked.params})
    monkeypatch.setattr("kg.ask.run.without_empty_filters", lambda text, bound: text)
    assert [run(view, "oxigraph", asked, params) for params in cases] == trimmed


def test_no_filter_of_directives_is_left_in_when_its_parameter_is_empty():
    asked = question("directives")
    assert "# if" not in without_empty_filters(asked.texts["sparql"], {param.name: "" for param in asked.params})
    kept = without_empty_filters(asked.texts["sparql"], {"who": "x", "whom": "", "predecessors": ""})
    assert "cd:issuedBy|(cd:issuedInCapacity/cd:post)" in kept
    assert "isReplacedBy" not in kept


def test_a_row_limit_keeps_what_comes_first(engines):
    view, asked, params = engines[2]["oxigraph"], question("directives-to-body"), {"whom": "a"}
    whole = run(view, "oxigraph", asked, params)
    assert len(whole.rows) > 3
    assert not whole.truncated
    for limit in range(1, len(whole.rows) + 1):
        some = run(view, "oxigraph", asked, params, limit=limit)
        assert (some.rows, some.truncated) == (whole.rows[:limit], limit < len(whole.rows))


def told(engines, **filters):
    tables = [ask(engines[0][engine], engine, filters) for engine in ("oxigraph", "kglite")]
    assert tables[0] == tables[1]
    return [(row["who"], tuple(row["whom"])) for row in tables[0].dicts()]


def test_one_row_a_directive_with_the_promised_keys(engines):
    rows = ask(engines[0]["kglite"], "kglite", {}).dicts()
    assert len(rows) == 5
    first = next(row for row in rows if row["deadline"] == "trước ngày 30/9")
    assert tuple(first) == ASK_COLUMNS
    quote = "Yêu cầu Sở Y tế thực hiện Chỉ thị 99-CT/TW trước ngày 30/9."
    assert first == {
        "who": "Lê Văn Hùng",
        "post": "Bí thư Tỉnh ủy",
        "verb": "yêu cầu",
        "strength": 4,
        "whom": ["Sở Y tế tỉnh Lâm Giang", "các sở, ban, ngành"],
        "about": "Y tế",
        "content": quote,
        "cites": ["99-CT/TW", "Nghị quyết Hội nghị mẫu lần thứ 7"],
        "deadline": "trước ngày 30/9",
        "date": "2017-07-24",
        "meeting": "buổi làm việc",
        "article": "bao-1",
        "quote": quote,
        "start": 10,
        "end": 10 + len(quote),
        "article_id": "a1",
        "whom_ids": ["agency-soyte", "group-so-nganh"],
    }


def test_the_latest_come_first_and_undated_last(engines):
    dates = [row["date"] for row in ask(engines[0]["oxigraph"], "oxigraph", {}).dicts()]
    assert dates == ["2018-02-03", "2018", "2017-07-24", "2017-07", None]


def test_exact_names_come_before_folded_ones(engines):
    rows = both(engines[0], "officials", {"name": "Lê Văn Hưng"}).dicts()
    assert [row["name"] for row in rows] == ["Lê Văn Hưng", "Lê Văn Hùng"]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"who": "Hùng"}, 2),
        ({"who": "hùng lê"}, 0),
        ({"who": "Hùng Lê"}, 2),
        ({"who": "bí thư"}, 2),
        ({"whom": "giám đốc"}, 1),
        ({"whom": "SYT"}, 2),
        ({"about": "bố trí vốn"}, 1),
        ({"about": "xay dung dang"}, 2),
        ({"cites": "99-ct"}, 2),
        ({"place": "Lâm Giang"}, 4),
        ({"place": "Tây Giang"}, 1),
        ({"since": "2018"}, 2),
        ({"until": "2017"}, 2),
        ({"since": "2017-07-24", "until": "2017-12"}, 1),
        ({"who": "Hùng", "about": "hằng quý"}, 1),
        ({"act": "assign"}, 1),
    ],
)
def test_filters(engines, filters, count):
    assert len(told(engines, **filters)) == count


def test_deadlines_need_a_year_to_be_before_a_date(engines):
    assert [row["due"] for row in both(engines[0], "deadlines", {}).dicts()] == ["2017-09-30", "2018-03-31"]
    assert len(both(engines[0], "deadlines", {"before": "2017"}).rows) == 1


def test_lead_and_helping_bodies_have_their_roles(engines):
    rows = both(engines[0], "directives-to-body", {"whom": "Sở"}).dicts()
    assert {(row["addressee"], row["role"]) for row in rows if row["id"] == "d-1"} == {
        ("Sở Y tế tỉnh Lâm Giang", "lead"),
        ("Sở Tài chính", "coordinate"),
        ("các sở, ban, ngành", "addressee"),
    }


def test_evidence_names_the_place(engines):
    rows = both(engines[0], "officials", {"name": "Lê Văn Hùng", "post": "Bí thư"}).dicts()
    assert rows[0]["evidence"] == ["a1:0-11"]
    assert both(engines[0], "evidence", {"id": "mem-1"}).dicts()[0]["quote"] == "Lê Văn Hùng"


@pytest.mark.parametrize(
    ("name", "params", "said"),
    [
        ("directives", {"wen": "x"}, "no parameter wen"),
        ("directives", {"since": "24/7/2017"}, "since"),
        ("directives", {"since": "2017-13"}, "no date"),
        ("post-holders", {}, "post is missing"),
        ("post-holders", {"post": "  "}, "post is missing"),
    ],
)
def test_wrong_parameters_list_the_right_ones(engines, name, params, said):
    with pytest.raises(UsageError, match=said) as error:
        run(engines[0]["kglite"], "kglite", question(name), params)
    assert "-p" in str(error.value) or "write YYYY" in str(error.value)


def test_a_question_that_an_engine_cannot_ask_names_one_that_can(engines):
    with pytest.raises(UsageError, match=r"path: .* on oxigraph: .*no paths; --engine kglite"):
        run(engines[2]["oxigraph"], "oxigraph", question("path"), required("path"))


def test_named_questions_do_not_run_on_networkx(engines):
    with pytest.raises(UsageError, match="not on networkx"):
        run(engines[0]["kglite"], "networkx", question("topics"), {})
