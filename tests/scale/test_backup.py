"""Backups, restores, and what damage and refusals of the disk lead to: a clear error, and nothing acknowledged lost."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from kg.errors import StoreError, UsageError
from kg.home import GraphHome
from kg.home.backup import backup, restore
from kg.home.database import FILE, open_database
from kg.home.health import graph_home
from kg.identify.decisions import Decision
from kg.stores import refresh
from tests.reading_factory import READER, article, read_by_hand

ROOT = Path(__file__).parents[2]
NUMBER = 90


def corpus(number=NUMBER):
    return [article(f"Lê Thị Thử là Bí thư của Tỉnh ủy.\nBài {i}.", published="2019-01-02") for i in range(number)]


def put(home, items):
    return home.ingest(items, read_by_hand, reader=READER, workers=1)


@pytest.fixture
def home(tmp_path):
    path = tmp_path / "graph"
    with GraphHome(path, create=True) as truth:
        put(truth, corpus())
        truth.decide(Decision(verdict="different", a="person/a/1", b="person/b/2"))
    return path


def state(path):
    with GraphHome(path) as truth:
        assert truth.faults() == []
        return truth.stamp(), list(truth.articles()), truth.decisions()


def test_a_backup_is_a_graph_home_and_comes_back(home, tmp_path):
    before = state(home)
    assert backup(home, tmp_path / "saved") == NUMBER
    assert state(tmp_path / "saved") == before
    assert not list(tmp_path.glob("*.part"))
    with GraphHome(home) as truth:
        truth.retract(corpus()[0].id)
    with pytest.raises(UsageError, match="--force"):
        restore(tmp_path / "saved", home)
    assert restore(tmp_path / "saved", home, force=True) == NUMBER
    assert state(home) == before
    assert (home / f"{FILE}.before-restore").exists()
    assert restore(tmp_path / "saved", tmp_path / "elsewhere") == NUMBER
    assert state(tmp_path / "elsewhere") == before


def test_a_backup_during_a_build_is_one_state_of_the_truth(home, tmp_path):
    taken = []

    def between(summary):
        if not taken:
            taken.append(backup(home, tmp_path / "saved"))

    with GraphHome(home) as truth:
        truth.ingest(corpus(NUMBER + 80), read_by_hand, reader=READER, workers=1, on_batch=between)
    assert NUMBER <= taken[0] < NUMBER + 80
    assert len(state(tmp_path / "saved")[1]) == taken[0]


def test_what_is_no_sound_backup_is_refused_and_changes_nothing(home, tmp_path):
    before = state(home)
    with pytest.raises(UsageError, match="already"):
        backup(home, home)
    with pytest.raises(UsageError, match="no backup"):
        restore(tmp_path, home, force=True)
    with pytest.raises(UsageError, match="itself"):
        restore(home, home, force=True)
    backup(home, tmp_path / "saved")
    data = bytearray((tmp_path / "saved" / FILE).read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096] = bytes(4096)
    (tmp_path / "saved" / FILE).write_bytes(data)
    with pytest.raises(StoreError, match="kg doctor"):
        restore(tmp_path / "saved", home, force=True)
    assert state(home) == before


def test_a_backup_on_a_full_disk_leaves_nothing_behind(home, tmp_path):
    code = "import sys; from pathlib import Path; from kg.home.backup import backup; backup(Path(sys.argv[1]), Path(sys.argv[2]))"
    found = limited(code, 40_000, home, tmp_path / "saved")
    assert "StoreError" in found.stderr
    assert "disk full" in found.stderr
    assert not (tmp_path / "saved").exists()


def limited(code, most, *arguments):
    """Run code in a process that can write no file of more than `most` bytes: what a full disk does to SQLite."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    given = [sys.executable, "-c", f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n{code}"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*given, *map(str, arguments)], env=env, capture_output=True, text=True, preexec_fn=limit, check=False
    )


def test_a_full_disk_stops_a_build_and_loses_nothing_acknowledged(home, tmp_path):
    code = (
        "import sys; from pathlib import Path; from kg.home import GraphHome; from tests.reading_factory import READER, read_by_hand\n"
        "from tests.scale.test_backup import corpus\n"
        "with GraphHome(Path(sys.argv[1])) as truth:\n"
        "    truth.ingest(corpus(2000), read_by_hand, reader=READER, workers=1, on_item=lambda item: print(item.article))"
    )
    found = limited(code, (home / FILE).stat().st_size + 400_000, home)
    assert "disk full" in found.stderr
    with GraphHome(home) as truth:
        assert truth.faults() == []
        there = {one.id for one in truth.articles()}
        assert NUMBER <= len(there) < 2000
        assert set(found.stdout.split()) <= there
        assert put(truth, corpus(2000)).new == 2000 - len(there)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(home):
    home.chmod(0o500)
    try:
        with GraphHome(home) as truth, pytest.raises(StoreError, match="can't be"):
            put(truth, corpus(NUMBER + 1))
    finally:
        home.chmod(0o700)


def test_former_versions_are_migrated_with_what_they_hold(home, tmp_path):
    scripts = sorted((files("kg.home") / "migrations").iterdir(), key=lambda f: f.name)
    for version in range(1, len([s for s in scripts if s.name.endswith(".sql")])):
        old = tmp_path / f"v{version}"
        old.mkdir()
        former(old / FILE, home / FILE, scripts[:version], version)
        with GraphHome(old) as truth:
            assert truth.faults() == []
            assert [one.text for one in truth.articles()] == [one.text for one in state(home)[1]]
            assert put(truth, corpus()).unchanged == NUMBER


def former(path, now, scripts, version):
    """Make a truth of a former version with the rows of one of now."""
    db = sqlite3.connect(path, isolation_level=None)
    for script in scripts:
        db.executescript(script.read_text("utf-8"))
    db.execute("ATTACH ? AS now", (str(now),))
    for table in ("articles", "readings", "sources"):
        columns = ", ".join(row[1] for row in db.execute(f"PRAGMA main.table_info({table})"))
        db.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}")
    db.execute("PRAGMA application_id=0x63646B67")
    db.execute(f"PRAGMA user_version={version}")
    db.close()


def test_a_file_cut_short_is_told_of_when_it_is_opened(home):
    with sqlite3.connect(home / FILE) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (home / FILE).open("r+b") as file:
        file.truncate((home / FILE).stat().st_size - 8192)
    with pytest.raises(StoreError, match=r"damaged.*kg doctor"):
        open_database(home)
    advice = [finding.advice for finding in graph_home(home) if finding.state == "fault"]
    assert "kg restore" in advice[0]


def test_a_bit_flipped_in_each_file(home, tmp_path):
    """Of the truth: named by the doctor, and never read as if nothing were. Of all else: noticed, or made anew to the same bytes."""
    with GraphHome(home) as truth:
        put(truth, corpus())
        refresh(home, truth.graph, truth.stamp())
        wanted = list(truth.graph().entities)
    with sqlite3.connect(home / FILE) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in sorted(p.relative_to(home) for p in home.rglob("*") if p.is_file() and p.stat().st_size):
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(home, copy)
        data = bytearray((copy / file).read_bytes())
        data[len(data) // 2] ^= 0x10
        (copy / file).write_bytes(data)
        told = {finding.check: finding for finding in graph_home(copy)}
        if file.name == FILE:
            assert any("kg restore" in finding.advice for finding in told.values()), file
        elif file.suffix in {".sst", ".kgl", ".jsonl", ".json"} and file.parts[0] == "stores":
            assert told["projections"].told != "up to date", file
            assert told["projections"].advice
        else:
            assert entities_or_error(copy) in (wanted, "damaged"), file


def entities_or_error(path):
    try:
        with GraphHome(path) as truth:
            return list(truth.graph().entities)
    except StoreError as error:
        return "damaged" if "damaged" in str(error) else str(error)
