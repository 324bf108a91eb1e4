"""`kg schema` and `kg queries` give out the data folders, byte for byte."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.folders import file_names
from kg.cli.queries import command as queries
from kg.cli.schema import command as schema
from kg.errors import StoreError, UsageError
from kg.resources import data_folder


def run(command, *arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "command"), [("schema", schema), ("queries", queries)])
def test_copies_are_equal_and_may_be_repeated(name, command, tmp_path):
    for _ in range(2):
        result = run(command, "--to", tmp_path / "out")
        assert result.exit_code == 0
    copied = tree(tmp_path / "out")
    assert copied == {file: (data_folder(name) / file).read_bytes() for file in file_names(name)}
    assert sorted(result.stdout.splitlines()) == sorted(str(tmp_path / "out" / file) for file in copied)


def test_a_copy_leaves_other_files_alone(tmp_path):
    (tmp_path / "own.ttl").write_text("# mine", encoding="utf-8")
    assert run(schema, "--to", tmp_path).exit_code == 0
    assert (tmp_path / "own.ttl").read_text(encoding="utf-8") == "# mine"


@pytest.mark.parametrize(("name", "command"), [("schema", schema), ("queries", queries)])
def test_without_arguments_files_are_listed(name, command):
    listed = run(command).stdout.splitlines()
    assert listed == list(file_names(name))
    assert {"schema": "generated/shapes.ttl", "queries": "sparql/directives.rq"}[name] in listed


@pytest.mark.parametrize("name", ["generated/shapes.ttl", "shapes.ttl"])
def test_one_file_is_printed(name):
    expected = (data_folder("schema") / "generated" / "shapes.ttl").read_bytes()
    assert run(schema, name).stdout_bytes == expected


@pytest.mark.parametrize(
    "arguments", [("shape.ttl",), ("../pyproject.toml",), ("shapes.ttl", "--to", "x")], ids=["unknown", "above", "both"]
)
def test_what_is_not_there_is_a_usage_error(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert isinstance(run(schema, *arguments).exception, UsageError)
    assert list(tmp_path.iterdir()) == []


def test_a_near_name_is_offered():
    assert "generated/shapes.ttl" in str(run(schema, "shape.ttl").exception)


def test_a_target_that_cannot_be_is_an_error(tmp_path):
    (tmp_path / "generated").write_text("in the way", encoding="utf-8")
    assert isinstance(run(schema, "--to", tmp_path).exception, StoreError)
