"""GEXF 1.2, through networkx, without the date that it stamps."""

from typing import IO, TYPE_CHECKING

from kg.export.graphs import drawable
from kg.graph.records import Graph

if TYPE_CHECKING:
    import networkx


def write(graph: Graph, out: IO[bytes]) -> None:
    """Write GEXF in UTF-8; see `kg.export.graphs.drawable` for the attributes."""
    write_gexf(drawable(graph), out)


def write_gexf(graph: "networkx.MultiDiGraph[str]", out: IO[bytes]) -> None:
    """Write a networkx graph whose attributes XML can hold."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    meta = writer.xml.find("meta")
    del meta.attrib["lastmodifieddate"]
    meta.find("creator").text = "chidao"
    writer.write(out)
