"""Builds that are killed, and two builds at once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from kg.errors import StoreError
from kg.home import GraphHome
from tests.reading_factory import READER, article, read_by_hand

ROOT = Path(__file__).parents[2]
NUMBER = 400
BUILD = """
import sys, time
from pathlib import Path
from kg.home import GraphHome
from tests.home.test_home_kill import corpus, slow
if __name__ == "__main__":
    with GraphHome(Path(sys.argv[1]), create=True) as home:
        home.ingest(corpus(), slow, reader="test-1", workers=int(sys.argv[2]))
"""


def corpus():
    return [article(f"Lê Thị Thử là Bí thư của Tỉnh ủy.\nBài {i}.", published="2019-01-02") for i in range(NUMBER)]


def slow(of):
    time.sleep(0.002)
    return read_by_hand(of)


def dump(path):
    with GraphHome(path) as home:
        return [orjson.dumps([type(e).__name__, e.model_dump()]) for e in home.graph().entities]


def start(tmp_path, home, workers):
    script = tmp_path / "build.py"
    script.write_text(BUILD, encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, str(script), str(home), str(workers)], env=env, start_new_session=True)


def stored(home):
    try:
        with GraphHome(home) as truth:
            return len(list(truth.articles()))
    except StoreError:
        return 0


def wait_for(home, number):
    deadline = time.monotonic() + 60
    while stored(home) < number and time.monotonic() < deadline:
        time.sleep(0.02)
    assert stored(home) >= number


def alive_in_session(session):
    found = subprocess.run(["ps", "-o", "pid=,stat=", "-s", str(session)], capture_output=True, text=True, check=False)
    return [line for line in found.stdout.splitlines() if "Z" not in line]


@pytest.mark.parametrize("workers", [1, 2])
def test_kill_and_run_again(tmp_path, workers):
    home = tmp_path / "graph"
    for _ in range(2):
        build = start(tmp_path, home, workers)
        wait_for(home, stored(home) + 40)
        os.kill(build.pid, signal.SIGKILL)
        build.wait()
    assert 0 < stored(home) < NUMBER
    deadline = time.monotonic() + 10
    while alive_in_session(build.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive_in_session(build.pid)  # no reading process outlives its build
    with GraphHome(home) as truth:
        before = stored(home)
        summary = truth.ingest(corpus(), read_by_hand, reader=READER, workers=1)
        assert (summary.unchanged, summary.new) == (before, NUMBER - before)
    with GraphHome(tmp_path / "undisturbed", create=True) as truth:
        truth.ingest(corpus(), read_by_hand, reader=READER, workers=1)
    assert dump(home) == dump(tmp_path / "undisturbed")


def test_two_builds_at_once(tmp_path):
    home = tmp_path / "graph"
    build = start(tmp_path, home, 1)
    try:
        wait_for(home, 32)
        with GraphHome(home) as truth, pytest.raises(StoreError, match="another build is writing"):
            truth.ingest(corpus(), read_by_hand, reader=READER, workers=1)
        assert stored(home) > 0  # reading goes on
    finally:
        build.kill()
        build.wait()
