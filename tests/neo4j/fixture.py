"""What the fixtures `neo4j_server` and `neo4j_holding` (tests/conftest.py) do."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import neo4j
import pytest

from kg.graph.records import Graph
from kg.stores.neo4j import Neo4jView
from kg.stores.neo4j_access import MARK, Neo4jAccess
from kg.stores.neo4j_push import push

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Running:
    """A server that somebody else stops."""

    access: Neo4jAccess
    folder: Path

    def driver(self) -> neo4j.Driver:
        """Return a driver of its owner, who may do everything."""
        return neo4j.GraphDatabase.driver(self.access.uri, auth=(self.access.user, self.access.password))


@contextmanager
def started(*options: str) -> Iterator[Running]:
    """Run a server in a child process that ends it when we close the pipe, or die; `options` of `python -m tests.neo4j`."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.neo4j", "--for-parent", *options],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert child.stdout
        told = json.loads(child.stdout.readline() or '{"unavailable": "the process that starts it ended"}')
        if "unavailable" in told:
            # on CI a Neo4j that is not asked is a fault, not a lack
            give_up = pytest.fail if os.environ.get("CI") else pytest.skip
            give_up(f"no Neo4j here: {told['unavailable']}")
        yield Running(Neo4jAccess(told["uri"], told["user"], told["password"], "neo4j"), Path(told["folder"]))
    finally:
        child.communicate(timeout=60)


class Holder:
    """Puts graphs into a server, one at a time."""

    def __init__(self, server: Running) -> None:
        self._server = server
        self._graph: Graph | None = None
        self._view: Neo4jView | None = None

    def hold(self, graph: Graph) -> Neo4jView:
        """Make the server hold `graph` and nothing else, unless it is what the last call has put there."""
        if self._view is None:
            self._view = Neo4jView(self._server.access)
        if graph is not self._graph and graph != self._graph:
            with self._server.driver() as driver:
                driver.execute_query(f"MATCH (n) WHERE n.{MARK} IS NULL DETACH DELETE n")
            push(self._server.access, graph)
            self._graph = graph
        return self._view

    def __enter__(self) -> "Holder":
        return self

    def __exit__(self, *args: object) -> None:
        if self._view:
            self._view.close()
