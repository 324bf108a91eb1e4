"""kill -9 while a projection is written, at 20 seeded moments for each engine: the truth, or the last whole projection, brings all back."""

import multiprocessing
import random
import time

import pytest

from benchmarks.made_graph import made_graph
from kg.errors import StoreError
from kg.graph.records import Graph
from kg.stores import refresh
from kg.stores.kglite import KgliteWriter
from kg.stores.networkx import NetworkxWriter
from kg.stores.oxigraph import OxigraphWriter
from tests.graph_factory import fictional_graph
from tests.stores.dumps import ENGINES, dump

WRITERS = {"oxigraph": OxigraphWriter, "kglite": KgliteWriter, "networkx": NetworkxWriter}
KILLS = 20


def graph(stamp):
    return fictional_graph() if stamp == "first" else Graph.of(made_graph(600, provinces=1))


def build(home, stamp, engine, pipe):
    """Bring the projections to `stamp`, and say when the writer of `engine` begins and ends. Runs in a process of its own."""
    writer = WRITERS[engine]
    write = writer.write

    def told(self, graph):
        pipe.send("begins")
        write(self, graph)
        pipe.send("ends")

    writer.write = told
    refresh(home, graph(stamp), stamp)


def started(home, stamp, engine):
    """A process in the middle of `build`, and its pipe."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    here, there = context.Pipe()
    process = context.Process(target=build, args=(home, stamp, engine, there))
    process.start()
    there.close()
    assert here.recv() == "begins"
    return process, here


def has_ended(pipe):
    try:
        return pipe.recv() == "ends"
    except EOFError:
        return False


@pytest.mark.parametrize("engine", ENGINES)
def test_a_killed_write_is_made_good(tmp_path, engine, capfd):
    undisturbed, home = tmp_path / "undisturbed", tmp_path / "home"
    for path in (undisturbed, home):
        path.mkdir()
    process, pipe = started(undisturbed, "second", engine)
    began = time.monotonic()
    assert pipe.recv() == "ends"
    lasts = time.monotonic() - began
    process.join()
    wanted = dump(undisturbed, engine)
    refresh(home, graph("first"), "first")
    before = dump(home, engine)

    moments = random.Random(engine)
    unfinished = 0
    for _ in range(KILLS):
        process, pipe = started(home, "second", engine)
        time.sleep(moments.random() * lasts)
        process.kill()
        process.join()
        unfinished += not has_ended(pipe)
        # what was whole before is there still: reading goes on
        found = dump(home, engine)
        assert found in (before, wanted)
        if found == wanted:
            refresh(home, graph("first"), "first")
    assert unfinished > KILLS / 4

    assert refresh(home, lambda: graph("second"), "second")
    for name in ENGINES:
        assert dump(home, name) == dump(undisturbed, name)
    assert len([path for path in (home / "stores").iterdir() if path.is_dir()]) == 1
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("engine", ENGINES)
def test_a_first_write_that_is_killed_leaves_nothing_to_open(tmp_path, engine):
    process, _ = started(tmp_path, "second", engine)
    process.kill()
    process.join()
    if not (tmp_path / "stores" / "current.json").exists():
        with pytest.raises(StoreError, match="no projection yet"):
            dump(tmp_path, engine)
    refresh(tmp_path, graph("first"), "first")
    assert dump(tmp_path, engine)
