"""One file per format; `write_export` picks it by name."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import IO, Final

from kg.errors import UsageError
from kg.graph.records import Graph

FORMATS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "ttl": ("kg.export.rdf", "write_ttl"),
        "trig": ("kg.export.rdf", "write_trig"),
        "nq": ("kg.export.rdf", "write_nq"),
        "nt": ("kg.export.rdf", "write_nt"),
        "jsonld": ("kg.export.jsonld", "write"),
        "graphml": ("kg.export.graphml", "write"),
        "gexf": ("kg.export.gexf", "write"),
        "csv": ("kg.export.tables", "write"),
        "neo4j-csv": ("kg.export.neo4j_csv", "write"),
        "cypher": ("kg.export.cypher", "write"),
        "html": ("kg.export.html", "write"),
    }
)
"""Each format and the function that writes it; those of `FOLDERS` are zip archives."""

FOLDERS: Final[Mapping[str, str]] = MappingProxyType({"csv": "kg.export.tables", "neo4j-csv": "kg.export.neo4j_csv"})
"""The formats of more than one file, and the module whose `write_folder(graph, folder)` writes them into a folder."""


def write_export(graph: Graph, form: str, out: IO[bytes]) -> None:
    """Write `graph` in the format named `form`: the same bytes for the same graph. Raises UsageError for an unknown format."""
    if form not in FORMATS:
        raise UsageError(f"không có định dạng · no format {form!r}; one of {', '.join(FORMATS)}")
    module, function = FORMATS[form]
    getattr(import_module(module), function)(graph, out)
