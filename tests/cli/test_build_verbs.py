"""kg build, verify, retract, stats, doctor: what they print, exit codes, and that they fit together."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli, main
from kg.errors import CheckFailed, StoreError
from kg.home import GraphHome
from kg.home.database import FILE
from kg.model.entities import Agency

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "articles.jsonl"


def record(number, place="Bình Thuận"):
    text = (
        f"Ngày {number}/4/2019, Chủ tịch UBND tỉnh {place} Trần Văn Mẫu làm việc với Sở Y tế. "
        "Trần Văn Mẫu yêu cầu Sở Y tế báo cáo trước ngày 10/5."
    )
    return {"id": f"m{number}", "title": f"Bài mẫu {number}", "text": text, "published": f"2019-04-0{number}"}


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(record(n), ensure_ascii=False) + "\n" for n in range(1, 5)), encoding="utf-8")
    return path


def kg(*args, code=0, raises=None):
    result = CliRunner().invoke(cli, [str(a) for a in args])
    if raises:
        assert isinstance(result.exception, raises), result.output
    else:
        assert result.exit_code == code, (result.output, result.stderr, result.exception)
    return result


def test_build_then_nothing_changed(source, tmp_path):
    home = tmp_path / "graph"
    first = kg("build", source, "-g", home)
    assert "4  mới · new" in first.stdout
    assert (home / "stores").is_dir()
    assert kg("build", source, "-g", home).stdout == "không có gì thay đổi · nothing changed (4)\n"
    counts = json.loads(kg("build", source, "-g", home, "--json").stdout)
    assert (counts["unchanged"], counts["new"], counts["failed"]) == (4, 0, 0)


def test_some_inputs_fail_and_the_rest_is_stored(source, tmp_path):
    home = tmp_path / "graph"
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(b"not json\n" + json.dumps(record(5)).encode() + b"\n")
    result = kg("build", source, bad, tmp_path / "none.txt", "-g", home, code=4)
    assert [line.split(": ")[1:3] for line in result.stderr.splitlines()] == [
        [str(bad), "line 1"],
        [str(tmp_path / "none.txt"), "no such file or folder; check the path"],
    ]
    assert "5  mới" in result.stdout
    assert "2  lỗi" in result.stdout
    with GraphHome(home) as truth:
        assert len(list(truth.articles())) == 5


def test_limit_and_dry_run(source, tmp_path):
    home = tmp_path / "graph"
    assert "nothing was written" in kg("build", source, "-g", home, "--dry-run").stdout
    assert not home.exists()
    assert "3  mới" in kg("build", source, "-g", home, "--limit", 3).stdout


def test_place_decides_whose_department_it_is(tmp_path):
    source = tmp_path / "nowhere.jsonl"
    source.write_text("".join(json.dumps(record(n, "nhà"), ensure_ascii=False) + "\n" for n in range(1, 5)), "utf-8")
    kg("build", source, "-g", tmp_path / "with", "--place", "Bình Thuận")
    kg("build", source, "-g", tmp_path / "without")
    found = {}
    for name in ("with", "without"):
        with GraphHome(tmp_path / name) as truth:
            bodies = [e.id for e in truth.graph().entities if isinstance(e, Agency)]
        found[name] = {ident for ident in bodies if ident.startswith("agency/so-y-te")}
    assert found["with"] == {"agency/so-y-te@binh-thuan"}
    assert len(found["without"]) == 4


def test_retract_and_bring_back(source, tmp_path):
    home = tmp_path / "graph"
    kg("build", source, "-g", home)
    assert "đã rút" in kg("retract", "m2", "-g", home).stdout
    rows = json.loads(kg("ask", "-g", home, "--json").stdout)
    assert rows
    assert "m2" not in {row["article"] for row in rows}
    assert "--force" in kg("build", source, "-g", home).stdout
    kg("build", source, "-g", home, "--force")
    assert "m2" in {row["article"] for row in json.loads(kg("ask", "-g", home, "--json").stdout)}


def test_verify_says_ok_then_names_the_fault(source, tmp_path):
    home = tmp_path / "graph"
    kg("build", source, "-g", home)
    assert kg("verify", "-g", home).stdout.count("OK") == 4
    data = (home / FILE).read_bytes()
    assert data.count("báo cáo".encode()) >= 4
    (home / FILE).write_bytes(data.replace("báo cáo trước".encode(), "báo cào trước".encode()))
    result = kg("verify", "-g", home, raises=CheckFailed)
    assert "file: " in result.stderr
    assert result.exception.exit_code == 3


def test_stats_count_and_cover(source, tmp_path):
    home = tmp_path / "graph"
    kg("build", source, "-g", home)
    found = json.loads(kg("stats", "-g", home, "--json").stdout)
    assert found["classes"]["ArticleNode"] == 4
    assert found["months"] == {"2019-04": 4}
    assert found["sources"] == {"read": 4, "retracted": 0}
    assert sum(found["places"].values()) >= found["classes"]["Directive"]
    assert "Số lượng · counts" in kg("stats", "-g", home).stdout


def test_doctor_finds_a_sound_home_and_a_damaged_one(source, tmp_path):
    home = tmp_path / "graph"
    kg("build", source, "-g", home)
    found = {f["check"]: f for f in json.loads(kg("doctor", "-g", home, "--json").stdout)}
    assert found["truth"]["state"] == found["projections"]["state"] == found["engine kglite"]["state"] == "ok"
    (home / FILE).write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    result = kg("doctor", "-g", home, raises=CheckFailed)
    assert "kg restore" in result.stdout


def test_doctor_without_a_home_says_what_to_run(tmp_path):
    assert "kg build SOURCE" in kg("doctor", "-g", tmp_path / "none").stdout


@pytest.mark.parametrize("verb", [("verify",), ("stats",), ("retract", "m1")])
def test_no_home(verb, tmp_path):
    result = kg(*verb, "-g", tmp_path / "none", raises=StoreError)
    assert "run `kg build" in str(result.exception)
    assert not (tmp_path / "none").exists()


def test_errors_are_one_line_and_the_code_of_their_class(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["kg", "verify", "-g", str(tmp_path / "none")])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not here")
def test_real_articles_build_verify_and_survive_a_kill(tmp_path):
    articles = tmp_path / "some.jsonl"
    articles.write_bytes(b"".join(CORPUS.read_bytes().splitlines(keepends=True)[:160]))
    home = tmp_path / "graph"
    command = [
        sys.executable,
        "-c",
        "from kg.cli import main; main()",
        "build",
        str(articles),
        "-g",
        str(home),
        "--workers",
        "1",
    ]
    build = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while not _some_stored(home) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(build.pid, signal.SIGKILL)
    build.wait()
    kg("build", articles, "-g", home, "--workers", 1)
    kg("build", articles, "-g", tmp_path / "undisturbed", "--workers", 1)
    assert kg("verify", "-g", home).stdout.count("OK") == 4
    with GraphHome(home) as killed, GraphHome(tmp_path / "undisturbed") as whole:
        assert killed.stamp() == whole.stamp()
        assert killed.graph() == whole.graph()


def _some_stored(home):
    try:
        with GraphHome(home) as truth:
            return any(True for _ in truth.articles())
    except StoreError:
        return False
