"""GraphML, through networkx."""

from typing import IO

from kg.export.graphs import drawable
from kg.graph.records import Graph


def write(graph: Graph, out: IO[bytes]) -> None:
    """Write GraphML in UTF-8; see `kg.export.graphs.drawable` for the attributes."""
    import networkx

    networkx.write_graphml_lxml(drawable(graph), out, encoding="utf-8", prettyprint=True)
