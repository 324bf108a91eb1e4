"""The network around an entity: who instructs whom how often, who holds which post where, what belongs to what; capped, the strongest first."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.web.index.reader import Index, Node

CAP: Final = 10
"""Neighbours shown of one entity unless more are asked for."""

MOST: Final = 120
"""Nodes of a network; what goes beyond is not added."""

_DEPTH: Final = 4
_BREADTH: Final = 20_000

# relations that are drawn as they are stored: type, key of the text
_PLAIN: Final = {
    "PART_OF": "part_of", "LOCATED_IN": "located_in", "SUCCEEDED_BY": "succeeded_by", "POST_IN": "post_in", "CHAIRED": "chaired",
    "HOSTED": "hosted", "ATTENDED": "attended", "REPLACES": "replaces", "AMENDS": "amends", "CONTINUES": "continues",
    "IMPLEMENTS": "implements", "REVIEWS": "reviews", "BASED_ON": "based_on",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A link from `source` to `target`: the kind of relation, how often, and for instructions the most frequent verb and mean strength."""

    source: int
    target: int
    kind: str
    count: int = 1
    verb: str = ""
    strength: int = 0


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by column (steps from the first), links between them, and how many neighbours of each opened node are not shown."""

    columns: tuple[tuple[Node, ...], ...]
    links: tuple[Link, ...]
    hidden: dict[int, int]
    opened: frozenset[int]


def links_of(index: Index, n: int) -> list[Link]:
    """Return every link of a node, the most frequent first."""
    found = [
        Link(who, whom, "instructs", count, verb, round(strength))
        for who, whom, count, strength, verb in index.rows(
            "SELECT f.who, f.whom, count(*), avg(d.strength), (SELECT x.verb FROM flow g JOIN directive x ON x.n = g.directive "
            "WHERE g.who = f.who AND g.whom = f.whom GROUP BY x.verb ORDER BY count(*) DESC, x.verb LIMIT 1) "
            "FROM flow f JOIN directive d ON d.n = f.directive WHERE f.who > 0 AND f.whom > 0 AND f.directive IN "
            "(SELECT directive FROM facet WHERE kind IN ('who', 'whom') AND target = ?1) AND (f.who = ?1 OR f.whom = ?1) "
            "GROUP BY f.who, f.whom",
            (n,),
        )
    ]
    marks = ",".join("?" * len(_PLAIN))
    rows = index.rows(
        f"SELECT a, type, b FROM edge WHERE a = ? AND type IN ({marks}) UNION SELECT a, type, b FROM edge WHERE b = ? AND type IN ({marks})",
        [n, *_PLAIN, n, *_PLAIN],
    )
    found += [Link(a, b, _PLAIN[kind]) for a, kind, b in rows]
    found += [Link(person, body, "holds", 1, post) for person, body, post in _memberships(index, n)]
    found += [Link(who, other, kind, count) for who, other, kind, count in _matters(index, n)]
    return sorted(set(found), key=lambda link: (-link.count, link))


def network(
    index: Index, starts: Sequence[int], opened: Iterable[int], caps: dict[int, int], way: Sequence[int] = ()
) -> Network:
    """Return the network that shows `starts`, a path `way`, and the neighbours of what is opened, `caps` of each (else `CAP`)."""
    wanted = [*dict.fromkeys([*starts, *way, *opened])]
    level = dict.fromkeys(starts, 0) | {n: step for step, n in enumerate(way)}
    shown: set[Link] = set()
    hidden: dict[int, int] = {}
    for n in wanted:
        level.setdefault(n, 0)
        links = links_of(index, n)
        near = dict.fromkeys(_other(link, n) for link in links)
        for other in list(near)[: caps.get(n, CAP)]:
            if other not in level and len(level) >= MOST:
                break
            level.setdefault(other, level[n] + 1)
        shown.update(link for link in links if _other(link, n) in level)
        hidden[n] = sum(other not in level for other in near)
    nodes = index.nodes(level)
    columns = [
        [nodes[n] for n, at in level.items() if at == column] for column in range(max(level.values(), default=0) + 1)
    ]
    return Network(tuple(map(tuple, columns)), tuple(sorted(shown)), hidden, frozenset(wanted))


def path(index: Index, source: int, target: int) -> list[int]:
    """Return a shortest path of nodes between two, in either direction of links; empty where none is found within four steps."""
    before: dict[int, int] = {source: 0}
    frontier = [source]
    for _ in range(_DEPTH):
        found = index.rows(
            "SELECT a, b FROM tie WHERE a IN (SELECT value FROM json_each(?)) ORDER BY a, b", [json.dumps(frontier)]
        )
        fresh: dict[int, int] = {}
        for n, other in found:
            if other not in before:
                fresh.setdefault(other, n)
        before |= fresh
        if target in before:
            way = [target]
            while before[way[-1]]:
                way.append(before[way[-1]])
            return way[::-1]
        frontier = list(fresh)[:_BREADTH]
    return []


def _other(link: Link, n: int) -> int:
    return link.target if link.source == n else link.source


def _memberships(index: Index, n: int) -> list[tuple[int, int, str]]:
    return index.rows(
        "SELECT DISTINCT p.a, i.b, post.name FROM edge p JOIN edge i ON i.a = p.b AND i.type = 'IN_AGENCY' "
        "JOIN edge o ON o.a = p.b AND o.type = 'OF_POST' JOIN node post ON post.n = o.b "
        "WHERE p.type = 'HAS_MEMBERSHIP' AND (p.a = ?1 OR i.b = ?1)",
        (n,),
    )


def _matters(index: Index, n: int) -> list[tuple[int, int, str, int]]:
    """Issuers and the topics and documents of their directives."""
    return index.rows(
        "SELECT f.who, m.target, CASE m.kind WHEN 'topic' THEN 'about' ELSE 'cites' END, count(DISTINCT f.directive) FROM facet m "
        "JOIN flow f ON f.directive = m.directive WHERE m.kind IN ('topic', 'cites') AND f.who > 0 AND "
        "(m.target = ?1 OR (f.who = ?1 AND f.directive IN (SELECT directive FROM facet WHERE kind = 'who' AND target = ?1))) "
        "GROUP BY f.who, m.target, m.kind",
        (n,),
    )
