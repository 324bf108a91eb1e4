"""A large graph is loaded into Oxigraph by a process of its own: the same statements, a clear error, and nobody left behind."""

import io
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import StoreError
from kg.graph.nquads import nquads
from kg.graph.records import Graph
from kg.stores import oxigraph
from kg.stores.oxigraph import OxigraphWriter
from kg.stores.oxigraph_load import fill
from tests.graph_factory import fictional_graph, hostile_graph

GRAPHS = {"fictional": fictional_graph, "hostile": hostile_graph}


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(oxigraph, "_PART", 1000)
    monkeypatch.setattr(oxigraph, "_LARGE", 2)


def dumped(folder):
    store = pyoxigraph.Store.read_only(str(folder))
    return sorted(bytes(store.dump(format=pyoxigraph.RdfFormat.N_QUADS)).splitlines())


@pytest.mark.parametrize("name", GRAPHS)
def test_the_same_statements_as_in_one_part(tmp_path, monkeypatch, name):
    graph = GRAPHS[name]()
    OxigraphWriter(tmp_path / "large").write(graph)
    monkeypatch.setattr(oxigraph, "_PART", 1 << 26)
    OxigraphWriter(tmp_path / "small").write(graph)
    assert dumped(tmp_path / "large") == dumped(tmp_path / "small") != []


@pytest.mark.parametrize("most", [1, 700, 20_000])
def test_loaded_piece_by_piece(tmp_path, most):
    lines = "".join(map(nquads, hostile_graph().entities)).encode()
    fill(tmp_path / "store", io.BufferedReader(io.BytesIO(lines)), most)
    wanted = map(str, pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_QUADS))
    assert sorted(map(str, pyoxigraph.Store.read_only(str(tmp_path / "store")))) == sorted(set(wanted))


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match="file"):
        OxigraphWriter(tmp_path / "file" / "store").write(fictional_graph())


def test_a_loader_that_is_killed_is_told(tmp_path):
    def entities():
        for entity in fictional_graph().entities:
            yield entity
            for pid in loaders(os.getpid()):
                os.kill(pid, signal.SIGKILL)

    with pytest.raises(StoreError, match="ended with -9"):
        OxigraphWriter(tmp_path / "store").write(Graph(Parts(entities)))


def test_what_the_graph_raises_ends_the_loader(tmp_path):
    def entities():
        yield from fictional_graph().entities
        raise RuntimeError("broken graph")

    with pytest.raises(RuntimeError, match="broken graph"):
        OxigraphWriter(tmp_path / "store").write(Graph(Parts(entities)))
    assert not loaders(os.getpid())


def test_a_killed_build_leaves_no_loader(tmp_path):
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=write_for_ever, args=(tmp_path / "store", there))
    process.start()
    here.recv()
    (loader,) = loaders(process.pid)
    process.kill()
    process.join()
    deadline = time.monotonic() + 20
    while is_alive(loader) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(loader)


class Parts:
    """Entities that are made again each time."""

    def __init__(self, make):
        self._make = make

    def __iter__(self):
        return self._make()


def write_for_ever(folder, pipe):
    def entities():
        yield from fictional_graph().entities
        while not loaders(os.getpid()):
            time.sleep(0.01)
        pipe.send("under way")
        time.sleep(600)

    OxigraphWriter(folder).write(Graph(Parts(entities)))


def loaders(parent):
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status, command = (entry / "stat").read_text(), (entry / "cmdline").read_bytes()
            except OSError:
                continue
            state, ppid = status.rpartition(")")[2].split()[:2]
            if int(ppid) == parent and b"oxigraph_load" in command and state != "Z":
                found.append(int(entry.name))
    return found


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
