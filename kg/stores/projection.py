"""The projections of one graph home: built whole beside the old ones, swapped in by one rename, checked before use.

HOME/stores/current.json names the generation folder that holds (stamp, format version, size and CRC-32 of each file); everything in
HOME/stores can be dropped and is rebuilt from the graph. No file of a generation changes once `current.json` names it (an engine may be
added), so views stay valid during a rebuild.

Sizes are compared before every use, sums before an engine's files are opened. Large tables of Oxigraph, which no query reads whole, are
left out there: RocksDB keeps a sum of each block, so that a query fails on a damaged one (or hangs: then all sums are compared).
"""

import json
import os
import shutil
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from kg.errors import StoreError
from kg.graph.records import Graph
from kg.stores.base import Engine, View, Writer

_FORMAT: Final = 3
_CURRENT: Final = "current.json"
_LOCK: Final = "build.lock"
_ADDED: Final = "added"
_CHUNK: Final = 1 << 20
_SMALL: Final = 1 << 26  # bytes that are summed in 30 ms
_PLACES: Final[Mapping[Engine, str]] = MappingProxyType(
    {"oxigraph": "oxigraph", "kglite": "graph.kgl", "networkx": "property.jsonl"}
)
_ALL: Final[frozenset[Engine]] = frozenset(_PLACES)


def refresh(
    home_path: Path,
    graph: Graph | Callable[[], Graph],
    stamp: str,
    *,
    fault: str | None = None,
    engines: Iterable[Engine] = (),
    only: bool = False,
) -> bool:
    """Bring the projections under `home_path`/stores to `graph`; return whether anything was written.

    `stamp` names the state of the graph (any string that changes when the graph does). Where it is that of the projections and these
    are whole, nothing happens and a `graph` given as a function is not called. A damaged or older projection is rebuilt with a line
    on stderr, and so is one of which the caller tells a `fault`, which showed when a query ran. `engines` must be there afterwards. What is
    rebuilt has the engines that were there before, or all where there were none; `only` these `engines`, if told so: others are made when
    somebody asks for them.
    """
    from filelock import FileLock

    stores = home_path / "stores"
    wanted = frozenset(engines)
    if not fault and _is_current(stores, stamp, wanted):
        return False
    stores.mkdir(parents=True, exist_ok=True)
    with FileLock(stores / _LOCK, is_singleton=True):
        # another process may have built it while this one waited
        if not fault and _is_current(stores, stamp, wanted):
            return False
        state = _state(stores)
        if fault := fault or (None if state is None else _fault(stores, state)):
            print(f"kg: {stores}: {fault}; rebuilding · dựng lại", file=sys.stderr)
        whole = None if fault else state
        made = graph() if callable(graph) else graph
        if whole and whole["stamp"] == stamp:
            _add(stores, made, whole, wanted - _engines(whole))
        else:
            others = frozenset() if only else _engines(state or {}) or _ALL
            _build(stores, made, stamp, wanted | others, whole)
    return True


def has_engine(home_path: Path, engine: Engine) -> bool:
    """Say whether the projections of a home, whole or not, have that engine."""
    state = _state(home_path / "stores")
    return state is not None and engine in _engines(state)


def open_view(home_path: Path, engine: Engine) -> View:
    """Open the current projection for reading. Raises StoreError where there is none or it is damaged.

    A Neo4j is no part of a home: `kg.stores.neo4j.Neo4jView` opens it.
    """
    place = store_place(home_path, engine)
    if engine == "oxigraph":
        from kg.stores.oxigraph import OxigraphView

        return OxigraphView(place, lambda: damage(home_path))
    if engine == "kglite":
        from kg.stores.kglite import KgliteView

        return KgliteView(place)
    from kg.stores.networkx import NetworkxView

    return NetworkxView(place)


def store_place(home_path: Path, engine: Engine) -> Path:
    """Return the file or folder of the current projection. Raises StoreError where there is none or it is damaged."""
    assert engine != "neo4j"
    stores = home_path / "stores"
    state = _state(stores)
    fault = "no projection yet" if state is None else _fault(stores, state)
    if state is None or fault:
        raise StoreError(f"{stores}: {fault}; run `kg build` on this graph home")
    if altered := _altered(stores, state, _opened_files(state, engine)):
        raise StoreError(f"{stores}: {altered}; run `kg build` on this graph home")
    generation: str = state["generation"]
    return stores / generation / _PLACES[engine]


def damage(home_path: Path) -> str | None:
    """Compare every file of the projections with what was written; return what differs, None where all is whole or nothing was built yet."""
    stores = home_path / "stores"
    state = _state(stores)
    if state is None:
        return None
    return _fault(stores, state) or _altered(stores, state, state["sums"])


def _is_current(stores: Path, stamp: str, wanted: frozenset[Engine]) -> bool:
    state = _state(stores)
    # the stamp first: after a change, files that another generation will replace need not be looked at
    if state is None or state.get("stamp") != stamp or _fault(stores, state) is not None:
        return False
    return wanted <= _engines(state)


def _engines(state: dict[str, Any]) -> frozenset[Engine]:
    """The engines that a generation has files of."""
    sizes = state.get("sizes", ())
    parts = [name.split("/")[1] for name in (sizes if isinstance(sizes, dict) else ()) if "/" in name]
    return frozenset(engine for engine, place in _PLACES.items() if place in parts)


def _writer(engine: Engine, folder: Path) -> Writer:
    if engine == "oxigraph":
        from kg.stores.oxigraph import OxigraphWriter

        return OxigraphWriter(folder / _PLACES[engine])
    if engine == "kglite":
        from kg.stores.kglite import KgliteWriter

        return KgliteWriter(folder / _PLACES[engine])
    from kg.stores.networkx import NetworkxWriter

    return NetworkxWriter(folder / _PLACES[engine])


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
    match state:
        case {"stamp": str(), "format": int(found)} if found != _FORMAT:
            return f"projection of another version ({found}, not {_FORMAT})"
        case {"stamp": str(), "format": int(), "generation": str(), "sizes": dict(wanted), "sums": dict(sums)}:
            pass
        case _:
            return "damaged projection (current.json can't be read)"
    sizes = _sizes(stores, state["generation"])
    if not sizes.keys() | wanted.keys() or wanted.keys() != sums.keys():
        return "damaged projection (current.json names no files)"
    if sizes != wanted:
        differ = min(name for name in sizes.keys() | wanted.keys() if sizes.get(name) != wanted.get(name))
        return f"damaged projection ({differ} is not as it was written)"
    return None


def _altered(stores: Path, state: dict[str, Any], names: Iterable[str]) -> str | None:
    differ = [name for name in names if _sum(stores / name) != state["sums"][name]]
    return f"damaged projection ({differ[0]} is not as it was written)" if differ else None


def _opened_files(state: dict[str, Any], engine: Engine) -> list[str]:
    """The files whose sums are compared before `engine` opens them."""
    place = f"{state['generation']}/{_PLACES[engine]}"
    names = [name for name in state["sizes"] if name == place or name.startswith(place + "/")]
    if sum(state["sizes"][name] for name in names) <= _SMALL:
        return names
    return [name for name in names if not name.endswith(".sst")] if engine == "oxigraph" else names


def _sizes(stores: Path, folder: str) -> dict[str, int]:
    """The size of each file in a folder and below, by its path from `stores`, sorted."""
    found: dict[str, int] = {}
    ahead = [folder]
    while ahead:
        name = ahead.pop()
        try:
            entries = list(os.scandir(stores / name))
        except FileNotFoundError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                ahead.append(f"{name}/{entry.name}")
            elif entry.is_file():
                found[f"{name}/{entry.name}"] = entry.stat().st_size
    return dict(sorted(found.items()))


def _sums(stores: Path, names: list[str]) -> dict[str, int | None]:
    """The sum of each file; zlib lets other threads run meanwhile."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(names, pool.map(lambda name: _sum(stores / name), names), strict=True))


def _sum(file: Path) -> int | None:
    """CRC-32; None where the file can't be read."""
    total = 0
    try:
        with file.open("rb") as data:
            while chunk := data.read(_CHUNK):
                total = zlib.crc32(chunk, total)
    except OSError:
        return None
    return total


def _build(stores: Path, graph: Graph, stamp: str, engines: Iterable[Engine], before: dict[str, Any] | None) -> None:
    folder = stores / _next_generation(stores)
    folder.mkdir()
    known: dict[str, int] = {}
    for engine in sorted(engines):
        if engine == "oxigraph" and before:
            from kg.stores.oxigraph_delta import carried_over

            old = stores / before["generation"]
            linked = carried_over(old / _PLACES[engine], folder / _PLACES[engine], graph, before["stamp"])
            if linked is not None:
                prefix = f"{_PLACES[engine]}/"
                known = {name: before["sums"].get(f"{old.name}/{prefix}{name}") for name in linked}
                known = {f"{folder.name}/{prefix}{name}": total for name, total in known.items() if total is not None}
                continue
        _writer(engine, folder).write(graph)
    _make_current(stores, folder, stamp, known)
    settled = getattr(graph.entities, "settled", None)
    if settled and "oxigraph" in engines:
        settled(stamp)
    for other in stores.iterdir():
        if other.is_dir() and other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _add(stores: Path, graph: Graph, state: dict[str, Any], engines: Iterable[Engine]) -> None:
    """Put engines beside those that a generation has; nothing that is there changes."""
    folder, beside = stores / state["generation"], stores / _ADDED
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    for engine in sorted(engines):
        _writer(engine, beside).write(graph)
    for engine in engines:
        (beside / _PLACES[engine]).replace(folder / _PLACES[engine])
    _make_current(stores, folder, state["stamp"], state["sums"])
    beside.rmdir()


def _make_current(stores: Path, folder: Path, stamp: str, known: Mapping[str, int]) -> None:
    """Let `current.json` name a folder; the sums in `known` are not made again."""
    sizes = _sizes(stores, folder.name)
    made = _sums(stores, [name for name in sizes if name not in known])
    state = {
        "stamp": stamp,
        "format": _FORMAT,
        "generation": folder.name,
        "sizes": sizes,
        "sums": {name: known[name] if name in known else made[name] for name in sizes},
    }
    temporary = stores / (_CURRENT + ".new")
    with temporary.open("w", encoding="utf-8") as out:
        json.dump(state, out, ensure_ascii=False, sort_keys=True)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(stores / _CURRENT)


def _next_generation(stores: Path) -> str:
    numbers = [int(path.name) for path in stores.iterdir() if path.is_dir() and path.name.isdecimal()]
    return f"{max(numbers, default=0) + 1:06d}"
