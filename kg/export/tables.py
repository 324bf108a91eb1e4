"""CSV: one file for each class of node and each type of relationship, as a folder or a zip archive."""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from kg.export.safe import csv_cell
from kg.graph.records import Graph
from kg.graph.statements import graph_edges, graph_nodes
from kg.graph.terms import fields_of
from kg.model.entities import ENTITY_CLASSES

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_EDGE_COLUMNS: Final = ("source", "source_class", "target", "target_class")


def write(graph: Graph, out: IO[bytes]) -> None:
    """Write a zip archive of the files that `write_folder` writes, with fixed dates."""
    write_archive(csv_files(graph), out)


def write_archive(files: Iterable[tuple[str, bytes]], out: IO[bytes]) -> None:
    """Write named contents as a zip archive with fixed dates."""
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, content)


def write_folder(graph: Graph, folder: Path) -> None:
    """Write `nodes_CLASS.csv` and `edges_TYPE.csv` into `folder`, which is made if missing."""
    write_files(csv_files(graph), folder)


def write_files(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Write named contents into `folder`, which is made if missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        (folder / name).write_bytes(content)


def csv_files(graph: Graph) -> Iterator[tuple[str, bytes]]:
    """Yield name and UTF-8 content (RFC 4180, header first) of each file; cells are safe in a spreadsheet (`kg.export.safe.csv_cell`)."""
    nodes: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    for node in graph_nodes(graph):
        nodes[node.label].append(dict(node.properties))
    for cls in ENTITY_CLASSES:
        if rows := nodes.get(cls.__name__):
            columns = ["id", *(field.name for field in fields_of(cls) if not field.term.ref)]
            yield f"nodes_{cls.__name__}.csv", _csv(columns, [[row.get(name) for name in columns] for row in rows])
    edges: defaultdict[str, list[list[object]]] = defaultdict(list)
    for edge in graph_edges(graph):
        edges[edge.type].append([edge.source, edge.source_label, edge.target, edge.target_label])
    for kind in sorted(edges):
        yield f"edges_{kind}.csv", _csv(list(_EDGE_COLUMNS), sorted(edges[kind], key=str))


def _csv(columns: list[str], rows: list[list[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return out.getvalue().encode()
