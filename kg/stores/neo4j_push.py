"""Makes a Neo4j hold a graph: what is missing is written, what left the graph is removed, all in small transactions that may be run again."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kg.errors import StoreError
from kg.graph.records import Graph
from kg.graph.statements import graph_edges
from kg.resources import data_folder
from kg.stores.neo4j_access import MARK, Neo4jAccess, connected, message_of, store_errors
from kg.stores.neo4j_plan import REMOVED, Kind, Pair, Plan, nothing, plan

if TYPE_CHECKING:
    import neo4j

Row = TypeVar("Row")
_NODES: Final = 1_000
_EDGES: Final = 5_000
_FETCH: Final = 5_000
_INDEX_SECONDS: Final = 600


@dataclass(slots=True)
class Counts:
    """What became of nodes or relationships.

    `kept`: nodes that left the graph, but on which relationships of others hang. `adopted`: those of others that were taken over; they are
    among `updated` or `unchanged`, too.
    """

    created: int = 0
    updated: int = 0
    removed: int = 0
    kept: int = 0
    unchanged: int = 0
    adopted: int = 0


@dataclass(slots=True)
class Pushed:
    """The counts of a push."""

    nodes: Counts = field(default_factory=Counts)
    relationships: Counts = field(default_factory=Counts)

    @property
    def changes(self) -> int:
        """How many nodes and relationships were changed."""
        parts = (self.nodes, self.relationships)
        return sum(part.created + part.updated + part.removed + part.kept + part.adopted for part in parts)


class Neo4jWriter:
    """Makes the database of `access` hold a graph, beside whatever others keep there."""

    def __init__(self, access: Neo4jAccess) -> None:
        self.access = access

    def write(self, graph: Graph) -> None:
        """Push `graph`; see `push`."""
        push(self.access, graph)


def push(
    access: Neo4jAccess,
    graph: Graph,
    *,
    dry_run: bool = False,
    adopt: bool = False,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> Pushed:
    """Make the database hold exactly `graph` of what pushes wrote, and return what changed (with `dry_run`, what would).

    Constraints and indexes come first, then batches, each a transaction that is tried again on passing errors; interrupted at any moment,
    the next push finishes the work. Nodes and relationships without the mark (`kg.stores.neo4j_access.MARK`) are not touched.
    With `adopt` those that have a class and id of ours, or join such nodes as ours do, get it first (`kg export -f cypher` writes none).
    `on_step` is told how many of how many changes are done. Raises StoreError where the server can't be reached, refuses, or holds a
    node of others with a class and id of ours.
    """
    with (
        connected(access) as driver,
        driver.session(database=access.database, fetch_size=_FETCH) as session,
        store_errors(access),
    ):
        if not dry_run:
            _prepare(session)
        taken = _adopted(session, graph) if adopt and not dry_run else (0, 0)
        made = session.execute_read(lambda reader: plan(graph, reader))
        counts = _expected(made)
        counts.nodes.adopted, counts.relationships.adopted = taken
        if not dry_run:
            _apply(session, made, counts, on_step)
        return counts


def _expected(made: Plan) -> Pushed:
    def total(groups: dict[Any, list[Any]]) -> int:
        return sum(map(len, groups.values()))

    nodes = Counts(total(made.new_nodes), total(made.changed_nodes), total(made.gone_nodes), 0, made.same_nodes)
    edges = Counts(total(made.new_edges), 0, total(made.gone_edges), 0, made.same_edges)
    return Pushed(nodes, edges)


def _prepare(session: "neo4j.Session") -> None:
    text = (data_folder("schema") / "generated" / "constraints.cypher").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("//"):
            session.run(line.removesuffix(";")).consume()
    session.run("CALL db.awaitIndexes($seconds)", seconds=_INDEX_SECONDS).consume()


def _adopted(session: "neo4j.Session", graph: Graph) -> tuple[int, int]:
    """Mark what others wrote with a class and id of ours, and the relationships of ours between marked nodes; return how many of each."""
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for entity in graph.entities:
        ids[type(entity).__name__].append(entity.id)
    nodes = 0
    for label, some in ids.items():
        text = f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) WHERE n.{MARK} IS NULL SET n.{MARK} = true RETURN count(n)"
        nodes += sum(int(str(session.execute_write(_ran, text, rows=batch))) for batch in _batches(some, _EDGES))
    pairs: defaultdict[Kind, set[Pair]] = defaultdict(set)
    for edge in graph_edges(graph):
        pairs[Kind(edge.source_label, edge.type, edge.target_label)].add((edge.source, edge.target))
    edges = 0
    for kind, ends in sorted(pairs.items()):
        # of several one; none where a push wrote one
        text = f"""{_both_ends(kind)} WHERE NOT EXISTS {{ (a)-[:{kind.type} {{{MARK}: true}}]->(b) }}
            MATCH (a)-[r:{kind.type}]->(b) WITH a, b, head(collect(r)) AS r SET r.{MARK} = true RETURN count(r)"""
        for batch in _batches(sorted(ends), _EDGES):
            edges += int(str(session.execute_write(_ran, text, rows=list(map(list, batch)))))
    return nodes, edges


def _apply(session: "neo4j.Session", made: Plan, counts: Pushed, on_step: Callable[[int, int], None]) -> None:
    done, total = 0, made.size
    for size, kept in _steps(session, made):
        done += size
        counts.nodes.removed -= kept
        counts.nodes.kept += kept
        on_step(done, total)


def _steps(session: "neo4j.Session", made: Plan) -> Iterator[tuple[int, int]]:
    """Do the work batch by batch; yield the size of each and how many nodes had to be kept."""
    yield from _removals(session, made)
    for label, ids in made.new_nodes.items():
        for some in _batches(ids, _NODES):
            session.execute_write(_created, label, [made.row(ident) for ident in some])
            yield len(some), 0
    for label, ids in made.changed_nodes.items():
        text = f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) WHERE n.{MARK} SET n += row"
        for some in _batches(ids, _NODES):
            session.execute_write(_ran, text, rows=[made.row(ident) for ident in some])
            yield len(some), 0
    for kind, pairs in made.new_edges.items():
        text = f"{_both_ends(kind)} MERGE (a)-[r:{kind.type} {{{MARK}: true}}]->(b) RETURN count(r)"
        for batch in _batches(pairs, _EDGES):
            if session.execute_write(_ran, text, rows=list(map(list, batch))) != len(batch):
                raise StoreError(
                    "có người xóa nút trong lúc nạp · someone removed nodes meanwhile: run `kg push` again"
                )
            yield len(batch), 0


def _removals(session: "neo4j.Session", made: Plan) -> Iterator[tuple[int, int]]:
    for kind, pairs in made.gone_edges.items():
        text = f"{_both_ends(kind)} MATCH (a)-[r:{kind.type}]->(b) WHERE r.{MARK} DELETE r"
        for batch in _batches(pairs, _EDGES):
            session.execute_write(_ran, text, rows=list(map(list, batch)))
            yield len(batch), 0
    for label, ids in made.gone_nodes.items():
        for some in _batches(ids, _NODES):
            yield len(some), session.execute_write(_removed, label, some)


def _both_ends(kind: Kind) -> str:
    """Find both nodes by their index: from a hub, a walk over its relationships would take as long as it has many."""
    return f"""UNWIND $rows AS row MATCH (a:{kind.source} {{id: row[0]}}), (b:{kind.target} {{id: row[1]}})
        USING INDEX a:{kind.source}(id) USING INDEX b:{kind.target}(id)"""


def _ran(work: "neo4j.ManagedTransaction", /, text: str, **params: object) -> object:
    found = work.run(text, params).single()
    return found.value() if found else None


def _created(work: "neo4j.ManagedTransaction", /, label: str, rows: list[dict[str, Any]]) -> None:
    from neo4j.exceptions import ConstraintError

    # a node that could not be removed before is taken up again, with what hangs on it
    work.run(
        f"UNWIND $ids AS id MATCH (n:{REMOVED} {{id: id}}) SET n:{label}, n.{MARK} = true REMOVE n:{REMOVED}",
        ids=[row["id"] for row in rows],
    ).consume()
    try:
        work.run(
            f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id, {MARK}: true}}) SET n += row", rows=rows
        ).consume()
    except ConstraintError as error:
        raise StoreError(
            f"có nút {label} cùng mã, không do kg push ghi · a {label} that kg push did not write has an id of ours; "
            "if it is of this graph, as after `kg export -f cypher`, take it over with `kg push --adopt`; else remove or rename it, or push "
            f"to another --database ({message_of(error)})"
        ) from error


def _removed(work: "neo4j.ManagedTransaction", /, label: str, ids: list[str]) -> int:
    found = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE n.{MARK}"
    work.run(f"{found} AND NOT (n)--() DELETE n", ids=ids).consume()
    text = f"{found} SET n += $nothing SET n:{REMOVED} REMOVE n:{label} RETURN count(n)"
    kept = work.run(text, ids=ids, nothing=nothing(label)).single(strict=True)
    return int(kept.value())


def _batches(rows: list[Row], size: int) -> Iterator[list[Row]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
