"""Both fictional graphs, projected once for all tests of stores and questions."""

from pathlib import Path

import pytest

from kg.stores import refresh
from tests.graph_factory import fictional_graph, hostile_graph
from tests.question_graph import question_graph

SAMPLES = Path(__file__).parents[1] / "examples" / "articles"


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    path = tmp_path_factory.mktemp("home")
    refresh(path, fictional_graph(), "1")
    return path


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile")
    refresh(path, hostile_graph(), "1")
    return path


@pytest.fixture(scope="session")
def question_home(tmp_path_factory):
    path = tmp_path_factory.mktemp("questions")
    refresh(path, question_graph(), "1")
    return path


@pytest.fixture(scope="session")
def samples_home(tmp_path_factory):
    """The graph home of the sample articles."""
    from kg.home import GraphHome
    from loaders import load

    path = tmp_path_factory.mktemp("samples")
    with GraphHome(path, create=True) as truth:
        truth.ingest(load([str(SAMPLES)]), workers=1)
        refresh(path, truth.graph, truth.stamp())
    return path


@pytest.fixture(scope="session")
def neo4j_server():
    """A real Neo4j Community of this test process alone (it has one database only), stopped and removed at the end.

    Skips, and says why, where Java, Maven or the artifacts can't be had.
    """
    from tests.neo4j.fixture import started

    with started() as server:
        yield server


@pytest.fixture(scope="session")
def neo4j_holding(neo4j_server):
    """A function: graph -> read-only view of the Neo4j, which then holds exactly that graph. Views given before show it, too."""
    from tests.neo4j.fixture import Holder

    with Holder(neo4j_server) as holder:
        yield holder.hold


def pytest_collection_modifyitems(items):
    """With `--dist loadgroup` all tests that need Neo4j run in one process, so that one server is enough."""
    for item in items:
        if "neo4j_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("neo4j"))
