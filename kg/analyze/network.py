"""Who instructs whom as one weighted network: the derived `instructed` edges, or those of a period and a topic, counted from the directives."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.errors import UsageError
from kg.export.labels import labels
from kg.graph.records import Graph
from kg.graph.search import search_form
from kg.model.entities import Directive, Membership, Post, Topic

if TYPE_CHECKING:
    import networkx

Level = Literal["actor", "body"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which directives count: dates cut to year, month or day, both ends included; words that a topic's name holds."""

    since: str = ""
    until: str = ""
    topic: str = ""


def network(graph: Graph, selection: Selection | None = None, level: Level = "actor") -> "networkx.DiGraph[str]":
    """Return the network: nodes by id with `name` and `class`, edges from issuer to addressee with `weight`, the number of directives.

    At the level `body` people and posts stand for the body that they act for, where the graph knows it; an edge of a body to itself is
    left out. Nodes and edges are in the order of their ids. Raises UsageError where no topic has the words.
    """
    import networkx

    counts = Counter(_pairs(_selected(graph, selection or Selection()), level, graph))
    kinds = {entity.id: type(entity).__name__ for entity in graph.entities}
    names = labels(graph)
    found: networkx.DiGraph[str] = networkx.DiGraph()
    for ident in sorted({end for pair in counts for end in pair}):
        found.add_node(ident, name=names.get(ident, ident), **{"class": kinds.get(ident, "")})
    found.add_weighted_edges_from(
        (issuer, addressee, counts[issuer, addressee]) for issuer, addressee in sorted(counts)
    )
    return found


def _selected(graph: Graph, selection: Selection) -> Iterator[Directive]:
    topics = _topics(graph, selection.topic)
    for entity in graph.entities:
        if not isinstance(entity, Directive) or not _is_within(entity.date, selection):
            continue
        if topics is None or entity.topic in topics:
            yield entity


def _topics(graph: Graph, words: str) -> set[str] | None:
    if not words:
        return None
    wanted = search_form(words)
    found = {entity.id for entity in graph.entities if isinstance(entity, Topic) and wanted in entity.folded}
    if not found:
        raise UsageError(f"không có chủ đề · no topic has the words {words!r}; see `kg query topics`")
    return found


def _is_within(date: str | None, selection: Selection) -> bool:
    since, until = selection.since, selection.until
    if not since and not until:
        return True
    return date is not None and date[: len(since)] >= since and (not until or date[: len(until)] <= until)


def _pairs(directives: Iterable[Directive], level: Level, graph: Graph) -> Iterator[Pair]:
    if level == "actor":
        for one in directives:
            yield from ((issuer, addressee) for issuer in one.issuers for addressee in one.addressees)
        return
    posts = {entity.id: entity.agency for entity in graph.entities if isinstance(entity, Post)}
    held = {entity.id: entity for entity in graph.entities if isinstance(entity, Membership)}
    for one in directives:
        acts = {held[m].person: held[m].agency for m in one.capacity if m in held}
        issuers = dict.fromkeys(acts.get(ident) or posts.get(ident) or ident for ident in one.issuers)
        addressees = dict.fromkeys(posts.get(ident) or ident for ident in one.addressees)
        yield from ((a, b) for a in issuers for b in addressees if a != b)
