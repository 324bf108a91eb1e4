"""RDF exports: Turtle, TriG, N-Quads, N-Triples. Sorted, without blank nodes, so equal graphs give equal bytes."""

from collections.abc import Iterable
from typing import IO, Final

from kg.graph.records import Graph
from kg.graph.statements import Quad, graph_quads
from kg.model.namespaces import PREFIXES, expand
from kg.stores.oxigraph import oxigraph_quads

_TYPE: Final = expand("rdf:type")


def sorted_quads(graph: Graph) -> list[Quad]:
    """Return the statements of `graph` once each, by graph, subject (its types first), predicate and object."""
    return sorted(set(graph_quads(graph)), key=_key)


def union(graph: Graph) -> list[Quad]:
    """Return the statements of `graph` once each, whichever named graph they stand in, in the same order."""
    return sorted({quad._replace(graph=expand("cd:union")) for quad in graph_quads(graph)}, key=_key)


def write_triples(statements: Iterable[Quad], out: IO[bytes], form: str) -> None:
    """Write statements without their graphs, in the order in which they come; `form` is TURTLE or N_TRIPLES."""
    import pyoxigraph

    triples = (quad.triple for quad in oxigraph_quads(statements))
    pyoxigraph.serialize(triples, out, format=getattr(pyoxigraph.RdfFormat, form), prefixes=_prefixes(form))


def write_ttl(graph: Graph, out: IO[bytes]) -> None:
    """Write Turtle: the union of all named graphs."""
    write_triples(union(graph), out, "TURTLE")


def write_nt(graph: Graph, out: IO[bytes]) -> None:
    """Write N-Triples: the union of all named graphs."""
    write_triples(union(graph), out, "N_TRIPLES")


def write_trig(graph: Graph, out: IO[bytes]) -> None:
    """Write TriG, one named graph an article (see `kg.graph.records.named_graph`)."""
    _write_quads(graph, out, "TRIG")


def write_nq(graph: Graph, out: IO[bytes]) -> None:
    """Write N-Quads."""
    _write_quads(graph, out, "N_QUADS")


def _write_quads(graph: Graph, out: IO[bytes], form: str) -> None:
    import pyoxigraph

    quads = oxigraph_quads(sorted_quads(graph))
    pyoxigraph.serialize(quads, out, format=getattr(pyoxigraph.RdfFormat, form), prefixes=_prefixes(form))


def _prefixes(form: str) -> dict[str, str] | None:
    return dict(sorted(PREFIXES.items())) if form in ("TURTLE", "TRIG") else None


def _key(quad: Quad) -> tuple[str, str, bool, str, bool, tuple[str, ...]]:
    is_literal = not isinstance(quad.object, str)
    value = tuple(part or "" for part in quad.object) if isinstance(quad.object, tuple) else (quad.object,)
    return quad.graph, quad.subject, quad.predicate != _TYPE, quad.predicate, is_literal, value
