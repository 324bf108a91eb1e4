"""The network with its measures as GraphML, for Gephi and the like."""

from typing import IO, TYPE_CHECKING

from kg.analyze.measures import values
from kg.export.safe import xml_text

if TYPE_CHECKING:
    import networkx


def write(network: "networkx.DiGraph[str]", out: IO[bytes]) -> None:
    """Write GraphML in UTF-8: node attributes `label`, `class` and every measure, edge attribute `weight`. The same bytes for the same network."""
    import networkx

    target: networkx.DiGraph[str] = networkx.DiGraph()
    for ident, found in values(network).items():
        node = network.nodes[ident]
        target.add_node(xml_text(ident), label=xml_text(node["name"]), **{"class": node["class"]}, **found)
    for a, b, data in network.edges(data=True):
        target.add_edge(xml_text(a), xml_text(b), weight=data["weight"])
    networkx.write_graphml_lxml(target, out, encoding="utf-8", prettyprint=True)
