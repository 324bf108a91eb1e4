"""A Cypher script that recreates the property graph: one statement a line, values escaped, nothing to bind."""

import re
from typing import IO, Final

from kg.graph.records import Graph
from kg.graph.statements import Edge, Node, Value, graph_edges, graph_nodes
from kg.model.entities import ENTITY_CLASSES

_NAMED_ESCAPES: Final = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED: Final = re.compile("[\\\\'\x00-\x1f\x7f-\x9f\u2028\u2029]")


def write(graph: Graph, out: IO[bytes]) -> None:
    """Write constraints, nodes, then relationships; MERGE, so that running it twice changes nothing."""
    for cls in ENTITY_CLASSES:
        label = cls.__name__
        out.write(
            f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;\n".encode()
        )
    for node in graph_nodes(graph):
        out.write(f"{_node(node)}\n".encode())
    for edge in graph_edges(graph):
        out.write(f"{_edge(edge)}\n".encode())


def cypher_literal(value: Value) -> str:
    """Return a value as a Cypher literal.

    >>> print(cypher_literal("}) DETACH DELETE n // it's"))
    '}) DETACH DELETE n // it\\'s'
    """
    if isinstance(value, str):
        return "'" + _ESCAPED.sub(lambda m: _NAMED_ESCAPES.get(m[0], f"\\u{ord(m[0]):04X}"), value) + "'"
    if isinstance(value, list):
        return "[" + ", ".join(map(cypher_literal, value)) + "]"
    return repr(value)


def _node(node: Node) -> str:
    rest = ", ".join(f"n.`{name}` = {cypher_literal(value)}" for name, value in node.properties.items() if name != "id")
    merge = f"MERGE (n:{node.label} {{id: {cypher_literal(node.id)}}})"
    return f"{merge} SET {rest};" if rest else f"{merge};"


def _edge(edge: Edge) -> str:
    source = f"(a:{edge.source_label} {{id: {cypher_literal(edge.source)}}})"
    target = f"(b:{edge.target_label} {{id: {cypher_literal(edge.target)}}})"
    return f"MATCH {source}, {target} MERGE (a)-[:{edge.type}]->(b);"
