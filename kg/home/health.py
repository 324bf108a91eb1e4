"""What is installed and reachable, and whether a graph home is sound: the checks of `kg doctor`."""

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import Final, Literal

from kg.errors import ChidaoError
from kg.home.database import FILE
from kg.home.home import GraphHome
from kg.stores.neo4j_access import URI

State = Literal["ok", "note", "fault"]

_ENGINES: Final = {"oxigraph": "pyoxigraph", "kglite": "kglite", "networkx": "networkx", "neo4j driver": "neo4j"}
_PACKAGES: Final = ("pydantic", "rdflib", "pyoxigraph", "kglite", "networkx", "neo4j", "trafilatura", "python-crfsuite")


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: `note` is worth knowing, `fault` needs the `advice`."""

    check: str
    state: State
    told: str
    advice: str = ""


def installation() -> Iterator[Finding]:
    """Yield what is installed and reachable."""
    yield Finding("python", "ok", platform.python_version())
    for package in _PACKAGES:
        try:
            yield Finding(package, "ok", metadata.version(package))
        except metadata.PackageNotFoundError:
            yield Finding(package, "fault", "not installed", "pip install chidao again")
    yield from (_engine(name, module) for name, module in _ENGINES.items())
    yield _java()
    yield _neo4j()


def _engine(name: str, module: str) -> Finding:
    try:
        import_module(module)
    # an engine is compiled code: a broken build may raise anything while it loads
    except Exception as error:
        return Finding(
            f"engine {name}", "fault", f"{type(error).__name__}: {error}", f"pip install --force-reinstall {module}"
        )
    return Finding(f"engine {name}", "ok", "loads")


def _java() -> Finding:
    java = shutil.which("java")
    if not java:
        return Finding("java", "note", "not found", "only needed for Spark and for a Neo4j server of your own")
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding("java", "note", f"does not start: {error}")
    return Finding("java", "ok", (done.stderr or done.stdout).splitlines()[0] if done.stderr or done.stdout else java)


def _neo4j() -> Finding:
    if not os.environ.get(URI):
        return Finding("neo4j server", "note", "not configured", f"set {URI} to look for one")
    from kg.stores.neo4j_access import access_to, connected

    try:
        access = access_to(None)
        with connected(access) as driver:
            agent = driver.get_server_info().agent
    except ChidaoError as error:
        return Finding(
            "neo4j server", "fault", str(error), "check that it runs, its address and its password: docs/neo4j.md"
        )
    return Finding("neo4j server", "ok", f"{agent} at {access.uri}")


def graph_home(path: Path) -> Iterator[Finding]:
    """Yield the state of the graph home at `path`."""
    if not (path / FILE).is_file():
        yield Finding("graph home", "note", f"none at {path}", f"kg build SOURCE -g {path}")
        return
    try:
        with GraphHome(path) as truth:
            yield from _truth(truth)
    except ChidaoError as error:
        yield Finding(
            "graph home",
            "fault",
            str(error),
            f"kg restore BACKUP --force -g {path}, or move it away and build again from the sources",
        )


def _truth(truth: GraphHome) -> Iterator[Finding]:
    from kg.read import READER

    faults = truth.faults()
    for fault in faults:
        yield Finding(
            "truth",
            "fault",
            fault,
            f"kg restore BACKUP --force -g {truth.path}, or build again with --force from the sources",
        )
    if faults:
        return
    readers = truth.readers()
    yield Finding("truth", "ok", f"{sum(readers.values())} articles")
    older = sum(count for reader, count in readers.items() if reader != READER)
    if older:
        yield Finding("readings", "note", f"{older} by another reader than {READER}", f"kg build -g {truth.path}")
    failed = sum(source.outcome == "failed" for source in truth.sources())
    if failed:
        yield Finding("sources", "note", f"{failed} could not be read", "mend them and build them again")
    yield _projection(truth)


def _stamp(current: Path) -> str | None:
    try:
        state = json.loads(current.read_bytes())
    except (OSError, ValueError):
        return None
    return state.get("stamp") if isinstance(state, dict) else None


def _projection(truth: GraphHome) -> Finding:
    from kg.stores import damage

    found = _stamp(truth.path / "stores" / "current.json")
    if found == truth.stamp():
        if fault := damage(truth.path):
            return Finding(
                "projections", "note", fault, f"delete {truth.path / 'stores'}: the next question rebuilds them"
            )
        return Finding("projections", "ok", "up to date")
    told = "none yet" if found is None else "behind the truth"
    return Finding("projections", "note", told, "the next question rebuilds them")
