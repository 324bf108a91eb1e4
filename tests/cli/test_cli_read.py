"""The command `kg read`, as users run it."""

import json
import os
import subprocess
import sys

import pytest

RECORD = '{"id": "r1", "text": "UBND tỉnh Vân Hà họp."}\n'


def kg(*arguments, stdin=b""):
    """Run `kg`; the output is bytes, as a pipe sees it."""
    code = "from kg.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], input=stdin, capture_output=True, timeout=60, check=False
    )


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(RECORD + RECORD.replace("r1", "r2"), encoding="utf-8")
    return str(path)


def ids(output):
    return [json.loads(line)["id"] for line in output.splitlines()]


def test_readings_in_input_order(records):
    done = kg("read", records, records)
    assert (done.returncode, done.stderr) == (0, b"")
    assert ids(done.stdout) == ["r1", "r2", "r1", "r2"]


def test_failures_are_named_and_the_rest_goes_on(records, tmp_path):
    missing = str(tmp_path / "missing.txt")
    done = kg("read", missing, records)
    assert done.returncode == 4
    assert ids(done.stdout) == ["r1", "r2"]
    assert done.stderr.decode().splitlines() == [f"kg: {missing}: no such file or folder; check the path"]


def test_one_line_for_each_failure(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("{hỏng\n" + RECORD, encoding="utf-8")
    done = kg("read", str(path))
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith(f"kg: {path}: line 1: not JSON")


def test_standard_input():
    done = kg("read", "-", stdin=RECORD.encode())
    assert ids(done.stdout) == ["r1"]


def test_place_fills_in(records):
    done = kg("read", "--place", "Vân Hà", records)
    assert json.loads(done.stdout.splitlines()[0])["place"] == "Vân Hà"


def test_output_file(records, tmp_path):
    out = tmp_path / "out.jsonl"
    done = kg("read", records, "-o", str(out))
    assert (done.returncode, done.stdout) == (0, b"")
    assert ids(out.read_bytes()) == ["r1", "r2"]


def test_output_that_cant_be_written(records, tmp_path):
    done = kg("read", records, "-o", str(tmp_path / "none" / "out.jsonl"))
    assert done.returncode == 1
    assert b"can't be written" in done.stderr


def test_no_source_is_a_usage_error():
    done = kg("read")
    assert done.returncode == 2
    assert b"SOURCE" in done.stderr


def test_a_reader_that_leaves_is_no_error(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(RECORD * 3000, encoding="utf-8")
    code = "from kg.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "read", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        run.stdout.readline()
        run.stdout.close()
        errors = run.stderr.read()
        assert run.wait(60) == 0
    assert errors == b""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals here")
def test_progress_only_on_a_terminal(records, tmp_path):
    terminal, child = os.openpty()
    code = "from kg.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "read", records], stdout=subprocess.PIPE, stderr=child, timeout=60, check=False
    )
    os.close(child)
    shown = os.read(terminal, 1 << 16).decode()
    os.close(terminal)
    assert ids(done.stdout) == ["r1", "r2"]
    assert "articles" in shown
