"""CSV for `neo4j-admin database import`: header and data files with types, a script that names them all, and the constraints for afterwards.

Format: Neo4j 5 Operations Manual, "Import", CSV header format. Cells are as they are, not made safe for a spreadsheet.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
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
DELIMITERS: Final = "\x1f\x1e\x1d\x1c\ue000\ue001\ue002\ue003"
"""Characters that may part the values of a list, the first that stands in none of them is taken."""

_SCRIPT: Final = """\
#!/bin/sh
# Fills the empty database neo4j of a stopped server; run it in this folder, options are passed on (--overwrite-destination).
# Then start the server and run constraints.cypher, or `kg push`, which takes up from here.
exec neo4j-admin database import full neo4j --id-type=string --multiline-fields=true --array-delimiter={delimiter} \\
"""

EDGE_HEADER: Final = f":START_ID,:END_ID,{MARK}:boolean\n".encode()


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
            yield f"nodes_{label}_header.csv", node_header(cls)
            yield f"nodes_{label}.csv", b"".join(node_line(cls, row, delimiter) for row in rows)
            options.append(f"--nodes={label}=nodes_{label}_header.csv,nodes_{label}.csv")
    edges: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for edge in graph_edges(graph):
        edges[edge.type].add((edge.source, edge.target))
    for kind in sorted(edges):
        yield f"edges_{kind}_header.csv", EDGE_HEADER
        yield f"edges_{kind}.csv", b"".join(edge_line(*pair) for pair in sorted(edges[kind]))
        options.append(f"--relationships={kind}=edges_{kind}_header.csv,edges_{kind}.csv")
    yield "import.sh", import_script(options, delimiter).encode()
    yield "constraints.cypher", constraints()


def import_script(options: Iterable[str], delimiter: str) -> str:
    """Return the script that runs `neo4j-admin` with these options, one for each table."""
    script = _SCRIPT.format(delimiter=f"U+{ord(delimiter):04X}") + "".join(f"  {option} \\\n" for option in options)
    return f'{script}  "$@"\n'


def constraints() -> bytes:
    """Return what is to be run on the filled database."""
    return (data_folder("schema") / "generated" / "constraints.cypher").read_bytes()


def node_header(cls: type[Entity]) -> bytes:
    """Return the header of the nodes of a class."""
    return _line(["id:ID", *_columns(cls).values(), f"{MARK}:boolean"])


def node_line(cls: type[Entity], properties: Mapping[str, Value], delimiter: str) -> bytes:
    """Return a node of a class; `delimiter` parts the values of a list."""
    return _row([properties.get(name) for name in ("id", *_columns(cls))], delimiter)


def edge_line(source: str, target: str) -> bytes:
    """Return a relationship between two ids."""
    return _row([source, target], "")


@cache
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
    for candidate in DELIMITERS:
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
