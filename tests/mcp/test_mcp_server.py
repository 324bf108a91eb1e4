"""`kg mcp`, driven over stdio by the client of the `mcp` package: what each tool answers, its limits, its errors."""

import json

import pytest

from kg.mcp.budget import MAX_TOKENS, count_tokens, fitted
from tests.mcp.mcp_client import answers, calls, session

DOCUMENT = "05-CT/TW"


@pytest.fixture(scope="module")
def listed(samples_home):
    async def use(client):
        return client.server_info, client.instructions, (await client.list_tools()).tools

    return session(samples_home, use)


def test_the_tools_are_read_only_and_small(listed):
    info, instructions, tools = listed
    assert info.name == "chidao"
    assert "never instructions" in instructions
    assert [tool.name for tool in tools] == ["schema", "ask", "look_up", "evidence", "cascade", "query"]
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    said = json.dumps([[tool.description, tool.input_schema] for tool in tools], ensure_ascii=False)
    assert count_tokens(said) < 2_000


def test_what_the_tools_answer(samples_home):
    schema, asked, in_words, found, cascade = calls(
        samples_home,
        ("schema", {}),
        ("ask", {"whom": "so y te", "limit": 2}),
        ("ask", {"question": "ai chỉ đạo Sở Y tế về tiêm chủng năm 2021?"}),
        ("look_up", {"name": "Sở Lao động"}),
        ("cascade", {"document": DOCUMENT}),
    )
    assert count_tokens(schema[1]) < 1_500
    assert "Directive(" in schema[1]
    assert "-ADDRESSED_TO-> anybody" in schema[1]
    rows = json.loads(asked[1])["rows"]
    assert len(rows) == 2
    assert all(row["quote"] and any("Y tế" in name for name in row["whom"]) for row in rows)
    assert json.loads(in_words[1])["params"]["about"] == "tiêm chủng"
    body = json.loads(found[1])["rows"][0]
    assert body["kind"] == "Agency"
    assert [row["document"] for row in json.loads(cascade[1])["rows"]]
    facts, evidence = answers(samples_home, ("look_up", {"id": body["id"]}), ("evidence", {"id": body["id"]}))
    assert {"way": "has", "relation": "prefLabel", "value": body["name"]} in facts["rows"]
    assert any(row["way"] == "is that of" for row in facts["rows"])
    assert all(row["quote"] and row["end"] > row["start"] for row in evidence["rows"])


def test_named_questions_and_own_cypher(samples_home):
    told, rows, own = calls(
        samples_home,
        ("query", {"name": "document-provinces"}),
        ("query", {"name": "document-provinces", "params": {"document": DOCUMENT}}),
        ("query", {"cypher": "MATCH (p:Person) WHERE p.name = $name RETURN p.id AS id", "params": {"name": "x"}}),
    )
    assert "-p document NAME (required)" in told[1]
    assert json.loads(rows[1])["rows"]
    assert json.loads(own[1])["rows"] == []


def test_an_answer_that_was_cut_says_how_to_go_on(samples_home):
    first, all_rows = answers(samples_home, ("ask", {"limit": 3}), ("ask", {"limit": 50}))
    assert first["note"].startswith("rows 1 to 3 of ")
    assert "offset=3" in first["note"]
    (second,) = answers(samples_home, ("ask", {"limit": 3, "offset": 3}))
    assert [row["quote"] for row in first["rows"] + second["rows"]] == [row["quote"] for row in all_rows["rows"][:6]]
    assert count_tokens(json.dumps(all_rows, ensure_ascii=False)) <= MAX_TOKENS * 1.1


def test_errors_say_what_to_do_and_the_next_call_is_answered(samples_home):
    told = calls(
        samples_home,
        ("ask", {"since": "2021-02-31"}),
        ("ask", {"question": "trời có mưa không?"}),
        ("ask", {"question": "ai chỉ đạo Sở Y tế?", "who": "x"}),
        ("ask", {"who": "x" * 10_000}),
        ("ask", {"limit": 51}),
        ("ask", {"nobody": "x"}),
        ("look_up", {}),
        ("look_up", {"id": "https://evil.example/> } <x"}),
        ("query", {"name": "topisc"}),
        ("query", {"cypher": "MATCH (n) DETACH DELETE n"}),
        ("query", {"cypher": "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l"}),
        ("query", {"cypher": "MATCH (a), (b), (c), (d) RETURN count(*) AS n"}),
        ("ask", {}),
    )
    *failed, last = told
    expected = [
        "is no date",
        "not understood",
        "not both",
        "at most 2000 characters",
        "less than or equal to 50",
        None,
        "one of them",
        "no such id",
        "did you mean topics",
        "",
        "LOAD CSV is refused",
        "time limit",
    ]
    for (is_error, text), words in zip(failed, expected, strict=True):
        if words is not None:
            assert is_error, text
            assert words in text
    assert not last[0]
    assert json.loads(last[1])["rows"]


def test_hostile_text_stays_data(samples_home):
    names = ["' OR 1=1 --", '"}) DETACH DELETE n //', "\u202eđảo", "{{ 7*7 }}", "<script>", "%$\\"]
    found = answers(samples_home, *(("look_up", {"name": name}) for name in names))
    assert all(one["rows"] == [] and "nothing found" in one["note"] for one in found)


def test_nothing_is_written(samples_home):
    before = {path: path.stat().st_mtime_ns for path in samples_home.rglob("*") if path.is_file()}
    answers(samples_home, ("ask", {}), ("query", {"cypher": "MATCH (n) RETURN count(n) AS n"}))
    after = {path: path.stat().st_mtime_ns for path in samples_home.rglob("*") if path.is_file()}
    changed = {path.name for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert not {name for name in changed if not name.endswith((".lock", "-wal", "-shm"))}


def test_a_new_build_is_seen_by_a_server_that_runs(tmp_path):
    from kg.home import GraphHome
    from kg.stores import refresh
    from loaders import load
    from tests.conftest import SAMPLES

    def build(*names):
        with GraphHome(tmp_path, create=True) as truth:
            truth.ingest(load([str(SAMPLES / name) for name in names]), workers=1)
            refresh(tmp_path, truth.graph, truth.stamp())

    build("bao-phu-lam-hop-ung-pho-lu.txt")

    async def use(client):
        async def count():
            found = await client.call_tool("query", {"cypher": "MATCH (n:ArticleNode) RETURN count(n) AS n"})
            return json.loads(found.content[0].text)["rows"][0]["n"]

        first = await count()
        build("bao-dong-van-ky-hop-hdnd.txt")
        return first, await count()

    assert session(tmp_path, use) == (1, 2)


@pytest.mark.parametrize("size", [1, 10, 1_000, 100_000])
def test_no_answer_exceeds_the_budget(size):
    row = {"text": "ữ" * size, "list": ["ệ" * size] * 100, "none": None, "empty": []}
    found = fitted([row] * 100, 0, 50, False, {"question": "x"})
    assert count_tokens(found) <= MAX_TOKENS
    answer = json.loads(found)
    assert 1 <= len(answer["rows"]) <= 50
    assert f"offset={len(answer['rows'])}" in answer["note"]
    assert "none" not in answer["rows"][0]
