"""What every verb does with its streams: full disks, readers that leave, interrupts, encodings, files that appear whole or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.output import whole_file
from kg.errors import StoreError

TEXT = "Ngày 3/4/2019, Chủ tịch UBND tỉnh Trần Văn Mẫu yêu cầu Sở Y tế báo cáo trước ngày 10/4."
RUN = "from kg.cli import main; main()"


def kg(*arguments, env=None, code=RUN, **options):
    settings = {"capture_output": True, "timeout": 60, "check": False} | options
    return subprocess.run([sys.executable, "-c", code, *arguments], env={**os.environ, **(env or {})}, **settings)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("streams")
    source = folder / "in.jsonl"
    records = ({"id": f"r{n}", "text": f"{TEXT} Lần {n}."} for n in range(300))
    source.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    kg("build", str(source), "-g", str(folder / "graph"), check=True)
    return folder / "graph"


VERBS = [
    ("ask",),
    ("ask", "--json"),
    ("query", "bodies"),
    ("stats",),
    ("export", "-f", "nq"),
    ("export", "-f", "csv"),
    ("export", "-f", "html"),
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_full_disk_is_one_line_and_exit_1(home, verb):
    with open("/dev/full", "wb") as full:
        done = kg(*verb, "-g", str(home), capture_output=False, stdout=full, stderr=subprocess.PIPE)
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert line.startswith("kg: ")
    assert "No space left" in line


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_reader_that_leaves_is_no_error(home, verb):
    with subprocess.Popen(
        [sys.executable, "-c", RUN, *verb, "-g", str(home)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.read(1)
        run.stdout.close()
        told = run.stderr.read()
    assert (run.returncode, told) == (0, b"")


def test_output_is_utf_8_whatever_the_locale_says(home):
    done = kg("ask", "-g", str(home), env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Trần Văn Mẫu" in done.stdout.decode()


def test_an_interrupt_that_python_cannot_raise_still_ends_the_command():
    code = """
import kg.cli
class Callback:
    def __del__(self):
        raise KeyboardInterrupt
kg.cli.cli.main = lambda **options: Callback() and None
kg.cli.main()
"""
    done = kg(code=code)
    assert (done.returncode, done.stderr) == (130, b"kg: interrupted\n")


@pytest.mark.parametrize("verb", [("retract", "\udcff"), ("ask", "--who", "\udcff"), ("query", "--sparql", "\udcff")])
def test_an_argument_that_is_not_utf_8_is_one_line(home, verb):
    done = kg(*verb, "-g", str(home))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_file_of_any_name_is_read_and_built(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    names = (b"\xff.txt", b"\x1b[31m\n.txt", "tệp.txt".encode())
    try:
        for number, name in enumerate(names):
            Path(os.fsdecode(bytes(folder) + b"/" + name)).write_text(f"{TEXT} Lần {number}.", encoding="utf-8")
    except OSError:
        pytest.skip("the file system refuses such names")
    assert len(kg("read", str(folder)).stdout.splitlines()) == 3
    done = kg("build", str(folder), "-g", str(tmp_path / "graph"), "--json")
    assert json.loads(done.stdout)["new"] == 3
    assert kg("build", os.fsdecode(b"\xff.txt"), "-g", str(tmp_path / "graph")).returncode == 4


def test_a_failure_is_one_line_whatever_the_name_holds():
    done = kg("read", "a\n\x1b[31mb")
    assert done.returncode == 4
    assert done.stderr.decode().splitlines() == ["kg: a \ufffd[31mb: no such file or folder; check the path"]


def test_readings_can_be_written_over_their_source(tmp_path):
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"id": "r1", "text": TEXT}) + "\n", encoding="utf-8")
    done = kg("read", str(source), "-o", str(source))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(source.read_text(encoding="utf-8"))["directives"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, ValueError])
def test_a_file_that_fails_midway_leaves_the_old_one(tmp_path, error):
    target = tmp_path / "out"
    target.write_text("old")

    def write():
        with whole_file(target) as out:
            out.write(b"new")
            raise error

    with pytest.raises(StoreError if error is OSError else error):
        write()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("out", "old")]


def test_a_folder_in_the_way_is_an_error(tmp_path):
    (tmp_path / "out").mkdir()
    with pytest.raises(StoreError, match="out"), whole_file(tmp_path / "out") as out:
        out.write(b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_error_of_the_system_names_the_file(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": "r1", "text": TEXT}) + "\n", encoding="utf-8")
    home = tmp_path / "graph"
    kg("build", str(source), "-g", str(home), check=True)
    for path in sorted((home / "stores").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (home / "stores").rmdir()
    (home / "stores").write_text("in the way")
    (line,) = kg("ask", "-g", str(home)).stderr.decode().splitlines()
    assert line.startswith(f"kg: {home / 'stores'}")
