"""What `kg build --engine spark` refuses, before Spark is started."""

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import UsageError
from kg.home import GraphHome
from kg.spark.session import why_not


def refused(*args):
    error = CliRunner().invoke(cli, ["build", *map(str, args)]).exception
    assert isinstance(error, UsageError)
    return str(error)


@pytest.mark.parametrize("option", [["--workers", "1"], ["--encoding", "vni"], ["--engine", "kglite"]])
def test_options_of_one_machine(tmp_path, option):
    assert option[0] in refused("--engine", "spark", "a.jsonl", "-g", tmp_path, *option)


@pytest.mark.parametrize("option", [["--master", "local[2]"], ["--conf", "spark.x=1"]])
def test_options_of_the_cluster(tmp_path, option):
    assert "--engine spark" in refused("a.jsonl", "-g", tmp_path / "graph", *option)
    assert not (tmp_path / "graph").exists()


def test_without_a_source(tmp_path):
    assert "SOURCE" in refused("--engine", "spark", "-g", tmp_path)


def test_a_graph_home_is_left_alone(tmp_path):
    GraphHome(tmp_path, create=True).close()
    assert "graph home" in refused("--engine", "spark", "a.jsonl", "-g", tmp_path)


def test_a_setting_without_a_value(tmp_path):
    pytest.importorskip("pyspark", reason="pyspark is not installed: make setup-spark")
    assert "KEY=VALUE" in refused("--engine", "spark", "a.jsonl", "-g", tmp_path, "--conf", "spark.x")


def test_what_is_missing_is_said(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert "Java" in why_not() or "chidao[spark]" in why_not()
