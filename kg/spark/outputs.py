"""Last phase: the graph as N-Quads and as CSV for `neo4j-admin database import`, in as many files as there are partitions."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from kg.errors import StoreError
from kg.export.neo4j_csv import DELIMITERS, EDGE_HEADER, constraints, edge_line, import_script, node_header, node_line
from kg.graph.clusters import Marks
from kg.graph.statements import node, relations
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES
from kg.resolved.work import ToWrite, entities_of, written
from kg.spark.frames import Row, Rows, mapped
from kg.spark.stage import Run

_SAID: Final = "array<struct<what: string, id: string, value: string>>"
_CLASSES: Final = {cls.__name__: cls for cls in ENTITY_CLASSES}
_NODES: Final = "nodes_"
_EDGES: Final = "edges_"


def entities(facts: DataFrame, shared: DataFrame, marks: DataFrame) -> DataFrame:
    """Return all entities as bytes (class, JSON list, what others say of its members), as `kg.resolved.view.to_write` does."""
    said = marks.groupBy("article").agg(F.sort_array(F.collect_list(F.struct("what", "id", "value"))).alias("marks"))
    own = facts.select("article", F.explode("own").alias("own")).join(said, "article", "left")
    none = F.lit(None).cast(_SAID).alias("marks")
    listed = F.concat(F.lit(b"["), F.col("data"), F.lit(b"]")).alias("data")
    return own.select("own.class", "own.data", "marks").unionByName(shared.select("class", listed, none))


def write_nquads(run: Run, found: DataFrame) -> None:
    """Write OUT/nquads/part-*.txt.gz."""
    run.text(mapped(found, _quads, "value string"), "nquads")


def write_neo4j(run: Run, found: DataFrame) -> None:
    """Write OUT/neo4j/table=NAME/part-*.txt.gz, tables and headers, and OUT/neo4j-scripts/table=NAME: import.sh, constraints.cypher."""
    delimiter = _delimiter(found)
    nodes = mapped(found, partial(_nodes, delimiter), "table string, value string")
    stated = mapped(found, _edges, "type string, source string, target string").distinct()
    edges = mapped(stated, _edge_lines, "table string, value string")
    run.text(nodes.unionByName(edges), "neo4j", by="table")
    written = run.session.read.schema("value string, table string").text(f"{run.out}/neo4j")
    tables = [row[0] for row in written.select("table").distinct().collect()]
    files = {f"{name}_header": _header(name).decode() for name in sorted(tables)}
    run.text(_files(run, files), "neo4j", by="table", more=True)
    options = [_option(name) for name in sorted(tables, key=_order)]
    scripts = {"import.sh": import_script(options, delimiter), "constraints.cypher": constraints().decode()}
    run.text(_files(run, scripts), "neo4j-scripts", by="table", packed=False)


def _files(run: Run, files: dict[str, str]) -> DataFrame:
    rows = [(name, content.removesuffix("\n")) for name, content in files.items()]
    return run.frame(rows, "table string, value string").coalesce(1)


def _order(table: str) -> tuple[bool, int, str]:
    label = table.removeprefix(_NODES)
    return table.startswith(_EDGES), list(_CLASSES).index(label) if label in _CLASSES else 0, table


def _option(table: str) -> str:
    kind, _, name = table.partition("_")
    option = "--nodes" if kind == "nodes" else "--relationships"
    return f"{option}='{name}=table={table}_header/part-.*,table={table}/part-.*'"


def _header(table: str) -> bytes:
    return node_header(_CLASSES[table.removeprefix(_NODES)]) if table.startswith(_NODES) else EDGE_HEADER


def _delimiter(found: DataFrame) -> str:
    """The first character that parts no list otherwise; only where some text has it at all the lists are looked at."""
    for candidate in DELIMITERS:
        escaped = json.dumps(candidate, ensure_ascii=False)[1:-1]
        having = found.where(F.col("data").cast("string").contains(escaped))
        if having.isEmpty() or mapped(having, partial(_clashes, candidate), "clash boolean").isEmpty():
            return candidate
    raise StoreError("names hold every character that could part them in a list; use kg push")


def _clashes(candidate: str, rows: Rows) -> Iterator[Row]:
    for entity in entities_in(rows):
        lists = (value for value in node(entity).properties.values() if isinstance(value, list))
        if any(candidate in item for items in lists for item in items):
            yield (True,)


def _to_write(rows: Rows) -> Iterator[ToWrite]:
    for cls, data, said in rows:
        parts: dict[str, dict[str, str]] = {"same_as": {}, "repeats": {}}
        also: dict[str, tuple[str, ...]] = {}
        for mark in said or ():
            if mark["what"] == "also_in":
                also[mark["id"]] = (*also.get(mark["id"], ()), mark["value"])
            else:
                parts[mark["what"]][mark["id"]] = mark["value"]
        yield ToWrite(cls, data, Marks(parts["same_as"], parts["repeats"], also))


def entities_in(rows: Rows) -> Iterator[Entity]:
    """Yield the entities of rows of `entities`."""
    return (entity for one in _to_write(rows) for entity in entities_of(one))


def _quads(rows: Rows) -> Iterator[Row]:
    for one in _to_write(rows):
        if text := written([one]).decode().removesuffix("\n"):
            yield (text,)


def _nodes(delimiter: str, rows: Rows) -> Iterator[Row]:
    for entity in entities_in(rows):
        line = node_line(type(entity), node(entity).properties, delimiter)
        yield f"{_NODES}{type(entity).__name__}", line.decode().removesuffix("\n")


def _edges(rows: Rows) -> Iterator[Row]:
    return (stated for entity in entities_in(rows) for stated in relations(entity))


def _edge_lines(rows: Rows) -> Iterator[Row]:
    for kind, source, target in rows:
        yield f"{_EDGES}{kind}", edge_line(source, target).decode().removesuffix("\n")
