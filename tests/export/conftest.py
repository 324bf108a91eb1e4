"""Each graph that the exports are tried on."""

import pytest

from kg.graph.records import Graph
from tests.graph_factory import fictional_graph, hostile_graph


@pytest.fixture(params=[fictional_graph, hostile_graph, lambda: Graph.of([])], ids=["fictional", "hostile", "empty"])
def graph(request):
    return request.param()
