"""`kg build` tells of itself: the page of --report, the lines of --log-json, stores by need."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.build import command as build
from kg.cli.query import command as query
from kg.stores import has_engine


@pytest.fixture
def folder(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    line = {
        "id": "x1",
        "published": "2019-03-04",
        "text": "Ngày 3/3/2019, Chủ tịch UBND tỉnh Trần Văn Mẫu yêu cầu Sở Y tế báo cáo.",
    }
    (source / "good.jsonl").write_text(json.dumps(line) + "\n" + json.dumps(line) + "\n", encoding="utf-8")
    (source / "bad.jsonl").write_text("{no json\n", encoding="utf-8")
    return source


def run(*arguments):
    return CliRunner().invoke(build, [str(a) for a in arguments])


def test_the_report_tells_what_was_read_and_what_failed(folder, tmp_path):
    page = tmp_path / "out.html"
    (folder / "bad.jsonl").rename(folder / "b&d.jsonl")
    result = run(folder, "-g", tmp_path / "graph", "--report", page, "--workers", 1)
    assert result.exit_code == 4
    text = page.read_text(encoding="utf-8")
    for told in ("Failed", "not JSON", "b&amp;d.jsonl", "duplicate", "2019-03", "Slowest articles", "Directive"):
        assert told in text
    assert "b&d" not in text
    assert "http" not in text.replace("http-equiv", "")


def test_the_log_is_json_lines(folder, tmp_path):
    result = run(folder, "-g", tmp_path / "graph", "--log-json", "--workers", 1)
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    events = [line["event"] for line in lines]
    assert events[-1] == "summary"
    assert {"batch", "phase", "failed"} <= set(events)
    assert {line["phase"] for line in lines if line["event"] == "phase"} >= {"local", "facts", "entities", "stores"}
    assert (lines[-1]["new"], lines[-1]["duplicates"], lines[-1]["failed"]) == (1, 1, 1)
    failed = next(line for line in lines if line["event"] == "failed")
    assert failed["place"] == "line 1"
    batch = next(line for line in lines if line["event"] == "batch")
    assert batch["total"] == 3
    assert batch["rate"] > 0


def test_other_stores_are_filled_when_they_are_asked(folder, tmp_path):
    home = tmp_path / "graph"
    run(folder, "-g", home, "--engine", "oxigraph", "--workers", 1)
    assert has_engine(home, "oxigraph")
    assert not has_engine(home, "kglite")
    arguments = ["--cypher", "MATCH (p:Person) RETURN p.name AS name", "-g", str(home), "--json"]
    result = CliRunner().invoke(query, arguments)
    assert "Trần Văn Mẫu" in result.stdout
    assert has_engine(home, "kglite")
    assert not Path(home / "stores" / "added").exists()
    assert run(folder, "-g", home, "--workers", 1).exit_code == 4
