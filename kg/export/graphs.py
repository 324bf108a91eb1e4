"""The property graph as networkx writes it: what GraphML and GEXF share."""

from typing import TYPE_CHECKING, Final

from kg.export.safe import xml_text
from kg.graph.records import Graph
from kg.graph.statements import Node, Value, graph_edges, graph_nodes

if TYPE_CHECKING:
    import networkx

# both formats, or networkx's writers, give these names a meaning of their own
_RENAMED: Final = {
    "id": "entity_id",
    "label": "label_text",
    "start": "start_offset",
    "end": "end_offset",
    "type": "kind",
}


def drawable(graph: Graph) -> "networkx.MultiDiGraph[str]":
    """Return a MultiDiGraph for drawing: node attributes `label` (what to show), `class` and the properties, edge attribute `relation`.

    Lists are joined by "; "; `start` and `end` are `start_offset` and `end_offset`; code points that XML can't hold are U+FFFD.
    """
    import networkx

    target: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in graph_nodes(graph):
        attributes = {
            _RENAMED.get(name, name): _plain(value) for name, value in node.properties.items() if name != "id"
        }
        target.add_node(xml_text(node.id), label=xml_text(display(node)), **{"class": node.label}, **attributes)
    for edge in graph_edges(graph):
        target.add_edge(xml_text(edge.source), xml_text(edge.target), relation=edge.type)
    return target


def display(node: Node) -> str:
    """Return what stands for a node in a drawing: its name, title or quote, else its id."""
    for name in ("name", "title", "quote"):
        if node.properties.get(name):
            return str(node.properties[name])
    return node.id


def _plain(value: Value) -> str | int | float:
    if isinstance(value, list):
        return xml_text("; ".join(value))
    return xml_text(value) if isinstance(value, str) else value
