"""CSV for `neo4j-admin database import`: header and data files with types, a script that names them all, and the constraints for afterwards.

Format: Neo4j 5 Operations Manual, "Import", CSV header format. Cells are as they are, not made safe for a spreadsheet.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from kg.errors import StoreError
from kg.export.tables import write_archive, write_files
from kg.graph.records import Graph
from kg.graph.statements import Value, graph_edges, graph_nodes
from kg.graph.terms import fields_of
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES, Directive, Statement
from kg.resources import data_folder
from kg.stores.neo4j_access import MARK

_TYPES: Final = {str: "string", int: "long", float: "double"}
_DELIMITERS: Final = "\x1f\x1e\x1d\x1c\ue000\ue001\ue002\ue003"
_SCRIPT: Final = """\
#!/bin/sh
# Fills the empty database neo4j of a stopped server; run it in this folder, options are passed on (--overwrite-destination).
# Then start the server and run constraints.cypher, or `kg push`, which takes up from here.
exec neo4j-admin database import full neo4j --id-type=string --multiline-fields=true --array-delimiter={delimiter} \\
"""


def write(graph: Graph, out: IO[bytes]) -> None:
    """Write a zip archive of the files that `write_folder` writes, with fixed dates."""
    write_archive(import_files(graph), out)


def write_folder(graph: Graph, folder: Path) -> None:
    """Write `nodes_CLASS.csv`, `edges_TYPE.csv`, a `..._header.csv` for each, `import.sh` and `constraints.cypher` into `folder`."""
    write_files(import_files(graph), folder)


def import_files(graph: Graph) -> Iterator[tuple[str, bytes]]:
    """Yield name and UTF-8 content of each file. Every node and relationship has the mark of `kg push`."""
    delimiter = _delimiter(graph)
    options = []
    nodes: defaultdict[str, list[dict[str, Value]]] = defaultdict(list)
    for node in graph_nodes(graph):
        nodes[node.label].append(node.properties)
    for cls in ENTITY_CLASSES:
        label = cls.__name__
        if rows := nodes.get(label):
            columns = _columns(cls)
            yield f"nodes_{label}_header.csv", _line(["id:ID", *columns.values(), f"{MARK}:boolean"])
            lines = (_row([row.get(name) for name in ("id", *columns)], delimiter) for row in rows)
            yield f"nodes_{label}.csv", b"".join(lines)
            options.append(f"--nodes={label}=nodes_{label}_header.csv,nodes_{label}.csv")
    edges: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for edge in graph_edges(graph):
        edges[edge.type].add((edge.source, edge.target))
    for kind in sorted(edges):
        yield f"edges_{kind}_header.csv", _line([":START_ID", ":END_ID", f"{MARK}:boolean"])
        yield f"edges_{kind}.csv", b"".join(_row(list(pair), delimiter) for pair in sorted(edges[kind]))
        options.append(f"--relationships={kind}=edges_{kind}_header.csv,edges_{kind}.csv")
    script = _SCRIPT.format(delimiter=f"U+{ord(delimiter):04X}") + "".join(f"  {option} \\\n" for option in options)
    yield "import.sh", f'{script}  "$@"\n'.encode()
    yield "constraints.cypher", (data_folder("schema") / "generated" / "constraints.cypher").read_bytes()


def _columns(cls: type[Entity]) -> dict[str, str]:
    """Property name -> header with its type, for all but the id."""
    columns = {
        field.name: f"{field.name}:{'string[]' if field.is_many else _TYPES[field.python]}"
        for field in fields_of(cls)
        if not field.term.ref
    }
    return columns | ({"folded": "folded:string"} if issubclass(cls, Directive | Statement) else {})


def _delimiter(graph: Graph) -> str:
    """Return a character between the values of a list that stands in none of them: the format has no way to escape it."""
    lists = [value for node in graph_nodes(graph) for value in node.properties.values() if isinstance(value, list)]
    for candidate in _DELIMITERS:
        if not any(candidate in item for items in lists for item in items):
            return candidate
    raise StoreError("names hold every character that could part them in a list; use kg push")


def _row(values: list[Value | None], delimiter: str) -> bytes:
    return _line([_cell(value, delimiter) for value in values] + ["true"])


def _line(cells: list[str]) -> bytes:
    return (",".join(cells) + "\n").encode()


def _cell(value: Value | None, delimiter: str) -> str:
    """A quoted cell, so that an empty text is not a missing one, which is a cell without quotes."""
    if value is None or value == []:
        return ""
    text = delimiter.join(value) if isinstance(value, list) else value if isinstance(value, str) else repr(value)
    return '"' + text.replace('"', '""') + '"' if isinstance(value, str | list) else text
