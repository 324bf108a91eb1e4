"""Projections are rebuilt when, and only when, they have to be."""

import json
import subprocess
import sys
import time

import pytest

from kg.errors import StoreError
from kg.graph.statements import graph_quads
from kg.stores import open_view, refresh
from tests.graph_factory import fictional_graph, hostile_graph

COUNT = "MATCH (n) RETURN count(n) AS n"


def nodes(home):
    with open_view(home, "kglite") as view:
        return view.query(COUNT).rows[0][0]


def files(home):
    return {path: path.stat().st_mtime_ns for path in (home / "stores").rglob("*") if path.is_file()}


def never():
    raise AssertionError("the graph was asked for")


def test_an_unchanged_stamp_does_nothing(tmp_path):
    assert refresh(tmp_path, fictional_graph(), "s1")
    before = files(tmp_path)
    assert not refresh(tmp_path, never, "s1")
    assert files(tmp_path) == before


def test_a_new_stamp_replaces_the_projection(tmp_path, capsys):
    refresh(tmp_path, fictional_graph(), "s1")
    first = nodes(tmp_path)
    refresh(tmp_path, hostile_graph, "s2")
    assert nodes(tmp_path) == len(hostile_graph().entities) != first
    assert capsys.readouterr().err == ""
    assert len([path for path in (tmp_path / "stores").iterdir() if path.is_dir()]) == 1


def test_a_view_outlives_a_rebuild(tmp_path):
    refresh(tmp_path, fictional_graph(), "s1")
    with open_view(tmp_path, "oxigraph") as view:
        before = view.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        refresh(tmp_path, hostile_graph(), "s2")
        assert view.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


def truncate(home):
    file = next((home / "stores").rglob("graph.kgl"))
    file.write_bytes(file.read_bytes()[:-20])


def lose(home):
    next((home / "stores").rglob("CURRENT")).unlink()


def scribble(home):
    (home / "stores" / "current.json").write_text("{not json")


def age(home):
    file = home / "stores" / "current.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": 0}))


@pytest.mark.parametrize(
    ("damage", "said"),
    [(truncate, "graph.kgl"), (lose, "CURRENT"), (scribble, "current.json"), (age, "another version")],
)
def test_damage_is_noticed_and_rebuilt_with_one_line(tmp_path, capsys, damage, said):
    refresh(tmp_path, fictional_graph(), "s1")
    damage(tmp_path)
    with pytest.raises(StoreError, match=said):
        open_view(tmp_path, "kglite")
    assert refresh(tmp_path, fictional_graph(), "s1")
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert nodes(tmp_path) == len(fictional_graph().entities)


def test_an_unfinished_build_is_cleared_away(tmp_path):
    refresh(tmp_path, fictional_graph(), "s1")
    (tmp_path / "stores" / "000007").mkdir()
    assert not refresh(tmp_path, never, "s1")
    refresh(tmp_path, hostile_graph(), "s2")
    assert sorted(path.name for path in (tmp_path / "stores").iterdir() if path.is_dir()) == ["000008"]


def test_without_projection_a_view_says_what_to_do(tmp_path):
    with pytest.raises(StoreError, match="kg build"):
        open_view(tmp_path, "oxigraph")


CHILD = """
import sys
from pathlib import Path
from kg.stores import refresh
from tests.graph_factory import fictional_graph, hostile_graph
print("ready", flush=True)
for turn in range(10_000):
    refresh(Path(sys.argv[1]), hostile_graph() if turn % 2 else fictional_graph(), str(turn))
"""


@pytest.mark.parametrize("delay", [0.01, 0.05, 0.09, 0.2])
def test_a_killed_build_leaves_a_whole_projection_or_none(tmp_path, delay):
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE)
    child.stdout.readline()
    time.sleep(delay)
    child.kill()
    child.communicate()
    if (tmp_path / "stores" / "current.json").exists():
        assert nodes(tmp_path) in (len(fictional_graph().entities), len(hostile_graph().entities))
    refresh(tmp_path, fictional_graph(), "after")
    assert nodes(tmp_path) == len(fictional_graph().entities)
    with open_view(tmp_path, "oxigraph") as view:
        count = view.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
    assert count == len(set(graph_quads(fictional_graph())))
    assert len([path for path in (tmp_path / "stores").iterdir() if path.is_dir()]) == 1


def test_two_builds_at_once_leave_one_projection(tmp_path):
    code = CHILD.partition("print(")[0] + "print(refresh(Path(sys.argv[1]), fictional_graph, 's'))"
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = sorted(run.communicate()[0].strip() for run in runs)
    assert said == ["False", "False", "True"]
    assert nodes(tmp_path) == len(fictional_graph().entities)
