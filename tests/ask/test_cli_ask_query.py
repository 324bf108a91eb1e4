"""`kg ask`, `kg query` and `kg export`, as a user calls them."""

import csv
import io
import json
import re
import subprocess
import sys
import types

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from kg.ask.directives import ASK_COLUMNS
from kg.cli import cli
from kg.cli.ask import command as ask
from kg.cli.export import command as export
from kg.cli.query import command as query
from kg.errors import QueryError, QueryTimeout, StoreError, UsageError
from tests.graph_factory import fictional_graph


class FictionalHome:
    """Stands in for `kg.home.GraphHome`, so that these tests need no build."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def graph(self):
        return fictional_graph()

    def stamp(self):
        return "1"


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "kg.home", types.SimpleNamespace(GraphHome=FictionalHome))

    def call(command, *arguments):
        result = CliRunner().invoke(command, ["-g", str(tmp_path), *arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.mark.parametrize("engine", ["kglite", "oxigraph"])
def test_ask_json_is_one_array_of_rows(run, engine):
    rows = json.loads(run(ask, "--whom", "Sở Y tế", "--json", "--engine", engine).stdout)
    assert [tuple(row) for row in rows] == [ASK_COLUMNS] * 3
    assert rows[0]["quote"] == "Đề nghị Giám đốc Sở Y tế rà soát."


def test_ask_csv_has_a_header_and_the_rows(run):
    rows = list(csv.DictReader(io.StringIO(run(ask, "--csv").stdout, newline="")))
    assert len(rows) == 5
    assert tuple(rows[0]) == ASK_COLUMNS


def test_ask_prints_a_table(run):
    text = run(ask, "--who", "Hùng").stdout
    assert "Lê Văn Hùng" in text
    assert "2 chỉ đạo" in text


@pytest.mark.parametrize("date", ["hôm qua", "2021-02-31", "2021-13", "0000", "31/1/2021", "2021-1-1"])
def test_ask_refuses_a_wrong_date(run, date):
    with pytest.raises(UsageError, match="--since"):
        run(ask, "--since", date)


@pytest.mark.parametrize("date", ["2020", "2020-02", "2020-02-29"])
def test_ask_takes_a_date_cut_to_what_is_known(run, date):
    assert run(ask, "--since", date).exit_code == 0


def test_ask_says_when_rows_are_cut(run):
    result = run(ask, "--limit", "2", "--json")
    assert len(json.loads(result.stdout)) == 2
    assert "first 2 rows" in result.stderr


def test_query_runs_a_named_question(run):
    rows = json.loads(run(query, "post-holders", "-p", "post", "Bí thư", "--json").stdout)
    assert [row["name"] for row in rows] == ["Lê Văn Hùng", "Trần Thị Hà Vân"]


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (["oficials"], UsageError, "officials"),
        (["post-holders"], UsageError, "post NAME"),
        (["topics", "-p", "tpoic", "x"], UsageError, "-p topic"),
        ([], UsageError, "give one of"),
        (["topics", "--cypher", "RETURN 1"], UsageError, "give one of"),
        (["--cypher", "MATCH (n) DETACH DELETE n"], QueryError, "CREATE/SET/DELETE"),
        (["--sparql", "INSERT DATA { <http://a> <http://a> 1 }"], QueryError, "error at"),
        (["--sparql", "ASK {}", "--engine", "kglite"], UsageError, "language"),
        (["--sparql", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "--timeout", "0.2", "--limit", "1000000"], QueryTimeout, "time limit"),
    ],
)  # fmt: skip
def test_query_refuses_and_says_why(run, arguments, error, said):
    with pytest.raises(error, match=said):
        run(query, *arguments)


def test_query_runs_own_queries_with_parameters(run, tmp_path):
    text = "MATCH (n:Person) WHERE n.name = $name RETURN n.id AS id"
    assert json.loads(run(query, "--cypher", text, "-p", "name", "Lê Văn Hưng", "--json").stdout) == [
        {"id": "person-hung2"}
    ]
    file = tmp_path / "own.rq"
    file.write_text("SELECT (COUNT(*) AS ?n) { ?s a <http://xmlns.com/foaf/0.1/Person> }")
    assert json.loads(run(query, "--file", str(file), "--json").stdout) == [{"n": 3}]
    assert (
        json.loads(run(query, "--cypher", "MATCH (n) RETURN n.id AS id", "--limit", "2", "--json").stdout).__len__()
        == 2
    )


def test_query_lists_the_questions(run):
    text = run(query, "--list").stdout
    assert re.search(r"^Cán bộ và chức vụ · Officials and posts$", text, re.MULTILINE)
    assert re.search(r"^  timeline +Dòng thời gian của một cán bộ · Timeline", text, re.MULTILINE)
    assert len(text.splitlines()) < 100
    assert "-p official NAME (required)" in run(query, "timeline", "--list").stdout
    assert "not on sparql: " in run(query, "path", "--list").stdout


def test_the_shell_completes_the_names_of_questions():
    found = ShellComplete(cli, {}, "kg", "_KG_COMPLETE").get_completions(["query"], "top")
    assert [item.value for item in found] == ["top-addressees", "top-issuers", "topics", "topics-by-year"]
    assert " · " in found[0].help


def test_damage_that_shows_in_a_query_is_mended(run, tmp_path):
    run(ask)
    for file in (tmp_path / "stores").rglob("*.sst"):
        file.write_bytes(b"\x00" * file.stat().st_size)
    result = run(ask, "--engine", "oxigraph", "--json")
    assert len(json.loads(result.stdout)) == 5
    assert "rebuilding" in result.stderr


def test_without_a_graph_home_the_error_says_what_to_do(run, tmp_path):
    with pytest.raises(StoreError, match="kg build"):
        run(ask, "-g", str(tmp_path / "none"))


@pytest.mark.parametrize("form", ["ttl", "nq", "graphml", "html", "cypher"])
def test_export_writes_a_file_and_standard_output_alike(run, tmp_path, form):
    target = tmp_path / f"out.{form}"
    run(export, "-f", form, "-o", str(target))
    assert target.read_bytes() == run(export, "-f", form).stdout_bytes
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_export_writes_csv_as_folder_or_archive(run, tmp_path):
    run(export, "-f", "csv", "-o", str(tmp_path / "tables"))
    assert (tmp_path / "tables" / "nodes_Person.csv").is_file()
    run(export, "-f", "csv", "-o", str(tmp_path / "tables.zip"))
    assert (tmp_path / "tables.zip").read_bytes()[:2] == b"PK"


def test_export_to_a_missing_folder_is_an_error(run, tmp_path):
    with pytest.raises(StoreError, match="can't be written"):
        run(export, "-f", "ttl", "-o", str(tmp_path / "no" / "x.ttl"))


def test_heavy_libraries_are_not_imported_for_help():
    heavy = ("pyoxigraph", "kglite", "networkx", "rich", "jinja2")
    code = (
        f"import sys, kg.cli.ask, kg.cli.query, kg.cli.export; print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
