"""N-Quads text says what the statements say, for every class and for hostile text."""

import pyoxigraph
import pytest

from kg.graph.nquads import nquads, nquads_parts
from kg.graph.statements import quads
from kg.stores.oxigraph import oxigraph_quads
from tests.graph_factory import fictional_graph, hostile_graph

GRAPHS = {"fictional": fictional_graph, "hostile": hostile_graph}


@pytest.mark.parametrize("name", GRAPHS)
def test_each_entity_states_the_same_in_the_same_order(name):
    for entity in GRAPHS[name]().entities:
        read = list(pyoxigraph.parse(nquads(entity), pyoxigraph.RdfFormat.N_QUADS))
        assert read == list(oxigraph_quads(quads(entity))), entity.id


@pytest.mark.parametrize("size", [1, 3000, 1 << 20])
def test_the_parts_together_give_all_lines(size):
    entities = fictional_graph().entities
    parts = list(nquads_parts(entities, size))
    assert b"".join(parts).decode() == "".join(map(nquads, entities))
    assert all(part.endswith(b" .\n") for part in parts)
    assert len(parts) == (len(entities) if size == 1 else 1 if size == 1 << 20 else len(parts))


def test_nothing_has_no_parts():
    assert list(nquads_parts([], 100)) == []
