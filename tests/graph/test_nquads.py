"""N-Quads text says what the statements say, for every class and for hostile text."""

import pyoxigraph
import pytest

from kg.graph.nquads import nquads, nquads_stream
from kg.graph.statements import quads
from kg.stores.oxigraph import oxigraph_quads
from tests.graph_factory import fictional_graph, hostile_graph

GRAPHS = {"fictional": fictional_graph, "hostile": hostile_graph}


@pytest.mark.parametrize("name", GRAPHS)
def test_each_entity_states_the_same_in_the_same_order(name):
    for entity in GRAPHS[name]().entities:
        read = list(pyoxigraph.parse(nquads(entity), pyoxigraph.RdfFormat.N_QUADS))
        assert read == list(oxigraph_quads(quads(entity))), entity.id


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_the_stream_gives_all_lines_whatever_the_size_of_a_read(size):
    entities = fictional_graph().entities
    with nquads_stream(entities) as stream:
        read = b"".join(iter(lambda: stream.read(size), b""))
    assert read.decode() == "".join(map(nquads, entities))


def test_the_stream_of_nothing_is_empty():
    assert nquads_stream([]).read() == b""
