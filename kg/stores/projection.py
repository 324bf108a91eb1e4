"""The projections of one graph home: built whole beside the old ones, swapped in by one rename, checked before use.

HOME/stores/current.json names the generation folder that holds (stamp, format version, size of each file); everything in HOME/stores can
be dropped and is rebuilt from the graph. A generation is never changed once `current.json` names it, so views stay valid during a rebuild.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from kg.errors import StoreError
from kg.graph.records import Graph
from kg.stores.base import Engine, View, Writer

_FORMAT: Final = 2
_CURRENT: Final = "current.json"
_LOCK: Final = "build.lock"


def refresh(home_path: Path, graph: Graph | Callable[[], Graph], stamp: str, *, fault: str | None = None) -> bool:
    """Bring the projections under `home_path`/stores to `graph`; return whether anything was written.

    `stamp` names the state of the graph (any string that changes when the graph does). Where it is that of the projections and these
    are whole, nothing happens and a `graph` given as a function is not called. A damaged or older projection is rebuilt with a line
    on stderr, and so is one of which the caller tells a `fault`, which showed when a query ran.
    """
    from filelock import FileLock

    stores = home_path / "stores"
    if not fault and _is_current(stores, stamp):
        return False
    stores.mkdir(parents=True, exist_ok=True)
    with FileLock(stores / _LOCK, is_singleton=True):
        # another process may have built it while this one waited
        if not fault and _is_current(stores, stamp):
            return False
        state = _state(stores)
        if fault := fault or (None if state is None else _fault(stores, state)):
            print(f"kg: {stores}: {fault}; rebuilding · dựng lại", file=sys.stderr)
        _build(stores, graph() if callable(graph) else graph, stamp)
    return True


def open_view(home_path: Path, engine: Engine) -> View:
    """Open the current projection for reading. Raises StoreError where there is none or it is damaged.

    A Neo4j is no part of a home: `kg.stores.neo4j.Neo4jView` opens it.
    """
    assert engine != "neo4j"
    stores = home_path / "stores"
    state = _state(stores)
    fault = "no projection yet" if state is None else _fault(stores, state)
    if state is None or fault:
        raise StoreError(f"{stores}: {fault}; run `kg build` on this graph home")
    folder = stores / state["generation"]
    if engine == "oxigraph":
        from kg.stores.oxigraph import OxigraphView

        return OxigraphView(folder / "oxigraph")
    if engine == "kglite":
        from kg.stores.kglite import KgliteView

        return KgliteView(folder / "graph.kgl")
    from kg.stores.networkx import NetworkxView

    return NetworkxView(folder / "property.jsonl")


def _is_current(stores: Path, stamp: str) -> bool:
    state = _state(stores)
    return state is not None and _fault(stores, state) is None and bool(state["stamp"] == stamp)


def _writers(folder: Path) -> tuple[Writer, ...]:
    from kg.stores.kglite import KgliteWriter
    from kg.stores.networkx import NetworkxWriter
    from kg.stores.oxigraph import OxigraphWriter

    return (
        OxigraphWriter(folder / "oxigraph"),
        KgliteWriter(folder / "graph.kgl"),
        NetworkxWriter(folder / "property.jsonl"),
    )


def _state(stores: Path) -> dict[str, Any] | None:
    """None where nothing was ever built; a record without its keys where it can't be read."""
    try:
        state = json.loads((stores / _CURRENT).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def _fault(stores: Path, state: dict[str, Any]) -> str | None:
    if not {"stamp", "format", "generation", "files"} <= state.keys():
        return "damaged projection (current.json can't be read)"
    if state["format"] != _FORMAT:
        return f"projection of another version ({state['format']}, not {_FORMAT})"
    found = _sizes(stores / state["generation"])
    if found != state["files"]:
        differ = sorted(
            name for name in found.keys() | state["files"].keys() if found.get(name) != state["files"].get(name)
        )
        return f"damaged projection ({differ[0]} is not as it was written)"
    return None


def _sizes(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()
    }


def _build(stores: Path, graph: Graph, stamp: str) -> None:
    folder = stores / _next_generation(stores)
    folder.mkdir()
    for writer in _writers(folder):
        writer.write(graph)
    state = {"stamp": stamp, "format": _FORMAT, "generation": folder.name, "files": _sizes(folder)}
    temporary = stores / (_CURRENT + ".new")
    with temporary.open("w", encoding="utf-8") as out:
        json.dump(state, out, ensure_ascii=False, sort_keys=True)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(stores / _CURRENT)
    for other in stores.iterdir():
        if other.is_dir() and other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _next_generation(stores: Path) -> str:
    numbers = [int(path.name) for path in stores.iterdir() if path.is_dir() and path.name.isdecimal()]
    return f"{max(numbers, default=0) + 1:06d}"
