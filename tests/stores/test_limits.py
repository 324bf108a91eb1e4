"""A query that takes too long, breaks its engine or loses its caller is ended, not left behind; the next one is served."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from benchmarks.made_graph import made_graph
from kg.errors import QueryError, QueryTimeout, StoreError
from kg.graph.records import Graph
from kg.stores import open_view, refresh
from kg.stores.process import QueryProcess

ENGINE = """
import os, time
def opened(place):
    if place == "missing":
        os._exit(3)
    if place == "broken":
        raise OSError("checksum mismatch")
    def run(request):
        text = request["query"]
        if text == "own limit":
            time.sleep(request["timeout"])
            raise TimeoutError
        while text == "burn":
            pass
        if text.startswith("signal"):
            os.kill(os.getpid(), int(text.split()[1]))
        if text == "die":
            os._exit(9)
        return {"columns": ["pid"], "rows": [[os.getpid()]] * request["limit"], "truncated": False}
    return run
"""
SLOW = {
    "oxigraph": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "kglite": "MATCH p=allShortestPaths((a)-[*]-(b)) RETURN count(p) AS n",
}


@pytest.fixture
def engine(tmp_path):
    file = tmp_path / "engine.py"
    file.write_text(ENGINE)
    return file


@pytest.fixture(scope="module")
def made_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("made")
    refresh(home, lambda: Graph.of(made_graph(3_000, provinces=2)), "1")
    return home


def burnt(pid):
    """Processor time of a process in clock ticks, None where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] == "Z" else int(fields[11]) + int(fields[12])


def is_idle(pid):
    before = burnt(pid)
    time.sleep(0.3)
    return before is None or burnt(pid) == before


@pytest.mark.parametrize("name", SLOW)
def test_after_the_limit_the_processor_is_idle_and_the_next_query_is_served(made_home, name):
    with open_view(made_home, name) as view:
        view.query("ASK {}" if name == "oxigraph" else "RETURN 1 AS n")
        pid = view._process.pid
        started = time.monotonic()
        with pytest.raises(QueryTimeout):
            view.query(SLOW[name], timeout=0.3)
        assert time.monotonic() - started < 2
        assert is_idle(pid)
        assert view.query("ASK {}" if name == "oxigraph" else "RETURN 1 AS n").rows
        pid = view._process.pid
    assert burnt(pid) is None


@pytest.mark.parametrize(
    ("operation", "params"),
    [("degree", {}), ("shortest_path", {"source": "person-1", "target": "topic-1"}), ("neighbours", {"id": "topic-1"})],
)
def test_networkx_stops_at_its_limit(made_home, operation, params):
    with open_view(made_home, "networkx") as view:
        assert view.query(operation, params).rows
        with pytest.raises(QueryTimeout):
            view.query(operation, params, timeout=0.0)
        assert len(view.query(operation, params, limit=1).rows) == 1


def test_an_engine_that_passes_its_own_limit_is_killed(engine):
    runs = QueryProcess(engine, Path("here"), margin=0.2)
    first = runs.query("", {}, 5, 1).rows[0][0]
    with pytest.raises(QueryTimeout):
        runs.query("burn", {}, 0.2, 1)
    assert burnt(first) is None
    assert runs.query("", {}, 5, 1).rows[0][0] != first
    runs.close()


def test_an_engine_that_keeps_its_limit_goes_on(engine):
    runs = QueryProcess(engine, Path("here"), margin=2)
    first = runs.query("", {}, 5, 1).rows[0][0]
    with pytest.raises(QueryTimeout):
        runs.query("own limit", {}, 0.1, 1)
    assert runs.query("", {}, 5, 1).rows[0][0] == first
    runs.close()
    runs.close()


def test_a_query_that_breaks_the_engine_is_an_error_of_the_query(engine):
    runs = QueryProcess(engine, Path("here"))
    with pytest.raises(QueryError, match="broke down"):
        runs.query("die", {}, 5, 1)
    assert runs.query("", {}, 5, 1).rows
    runs.close()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGABRT])
def test_an_engine_that_is_ended_for_its_memory_says_so(engine, how):
    runs = QueryProcess(engine, Path("here"))
    with pytest.raises(QueryError, match="memory was the limit"):
        runs.query(f"signal {int(how)}", {}, 5, 1)
    assert runs.query("", {}, 5, 1).rows
    runs.close()


def test_a_query_that_is_cancelled_says_so(engine):
    runs = QueryProcess(engine, Path("here"))
    runs.query("", {}, 5, 1)
    threading.Timer(0.3, runs.cancel).start()
    with pytest.raises(QueryError, match="cancelled"):
        runs.query("burn", {}, 20, 1)
    runs.close()


@pytest.mark.parametrize("text", ["burn", "die"])
def test_where_the_files_are_damaged_that_is_the_error(engine, text):
    runs = QueryProcess(engine, Path("here"), damage=lambda: "damaged projection (x is not as it was written)")
    with pytest.raises(StoreError, match="x is not as it was written"):
        runs.query(text, {}, 0.2, 1)
    runs.close()


def test_a_store_that_cannot_be_opened_says_so(engine):
    with pytest.raises(StoreError, match="checksum mismatch"):
        QueryProcess(engine, Path("broken")).query("", {}, 5, 1)
    with pytest.raises(StoreError, match="can't be opened"):
        QueryProcess(engine, Path("missing")).query("", {}, 5, 1)


def test_a_parameter_that_is_no_json_is_refused(engine):
    runs = QueryProcess(engine, Path("here"))
    for value in (float("nan"), object()):
        with pytest.raises(QueryError, match="parameter"):
            runs.query("", {"x": value}, 5, 1)
    runs.close()


@pytest.mark.parametrize("text", ["", "burn"])
def test_no_query_outlives_its_caller(engine, text):
    code = f"""
from pathlib import Path
from kg.stores.process import QueryProcess
runs = QueryProcess(Path({str(engine)!r}), Path("here"))
print(runs.query("", {{}}, 5, 1).rows[0][0], flush=True)
runs.query({text!r}, {{}}, 1, 1)
input()
"""
    caller = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    pid = int(caller.stdout.readline())
    caller.kill()
    caller.communicate()
    deadline = time.monotonic() + 8
    while burnt(pid) is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert burnt(pid) is None


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="counts processor time in /proc")
def test_the_measure_of_idleness_can_fail():
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    time.sleep(0.2)
    assert not is_idle(busy.pid)
    busy.kill()
    busy.wait()
