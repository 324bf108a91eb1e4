"""Both fictional graphs, projected once for all tests of stores and questions."""

import pytest

from kg.stores import refresh
from tests.graph_factory import fictional_graph, hostile_graph


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
