"""The network around an entity: who instructs whom how often, who holds which post where, what belongs to what; capped, the strongest first."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kg.web.index.columns import facet
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
    found = _instructions(index, n)
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


def _instructions(index: Index, n: int) -> list[Link]:
    """Who instructs whom, how often, with the most frequent verb and the mean strength, for all pairs that `n` is in."""
    all_ = index.columns
    [codes] = np.nonzero(all_.parties == n)
    chosen = np.flatnonzero(np.isin(all_.who, codes) | np.isin(all_.whom, codes))
    chosen = chosen[(all_.who[chosen] > 0) & (all_.whom[chosen] > 0)]
    at, verbs = all_.flow[chosen], max(1, len(all_.verb.texts))
    pairs, of, counts = np.unique(
        all_.who[chosen].astype(np.int64) * len(all_.parties) + all_.whom[chosen],
        return_inverse=True,
        return_counts=True,
    )
    strengths = np.bincount(of, weights=all_.strength[at], minlength=len(pairs)) / np.maximum(counts, 1)
    said, times = np.unique(of.astype(np.int64) * verbs + all_.verb.codes[at], return_counts=True)
    first: dict[int, int] = {}
    for key in said[np.lexsort((said, -times))].tolist():
        first.setdefault(key // verbs, key % verbs)
    return [
        Link(
            int(all_.parties[pair // len(all_.parties)]),
            int(all_.parties[pair % len(all_.parties)]),
            "instructs",
            count,
            all_.verb.texts[first[place]],
            round(strength),
        )
        for place, (pair, count, strength) in enumerate(
            zip(pairs.tolist(), counts.tolist(), strengths.tolist(), strict=True)
        )
    ]


def _memberships(index: Index, n: int) -> list[tuple[int, int, str]]:
    base = (
        "SELECT p.a, i.b, post.name FROM edge p JOIN edge i ON i.a = p.b AND i.type = 'IN_AGENCY' "
        "JOIN edge o ON o.a = p.b AND o.type = 'OF_POST' JOIN node post ON post.n = o.b WHERE p.type = 'HAS_MEMBERSHIP' AND "
    )
    return index.rows(f"{base} p.a = ?1 UNION {base} i.b = ?1", (n,))


def _matters(index: Index, n: int) -> list[tuple[int, int, str, int]]:
    """Issuers and the topics and documents of their directives: who, what, how, how many directives."""
    all_ = index.columns
    [codes] = np.nonzero(all_.parties == n)
    given = np.unique(all_.flow[np.isin(all_.who, codes)]) if n else np.zeros(0, np.int32)
    topics = np.bincount(all_.topic[given])
    found = [(n, topic, "about", int(topics[topic])) for topic in np.flatnonzero(topics).tolist() if topic]
    found += index.rows(
        "SELECT ?1, target, 'cites', count(*) FROM facet WHERE kind = 'cites' AND directive IN (SELECT value FROM json_each(?2)) GROUP BY target",
        (n, json.dumps(all_.numbers[given].tolist())),
    )
    for kind, how in (("topic", "about"), ("cites", "cites")):
        of = all_.mask(facet(index, (kind,), (n,)))[all_.flow] & (all_.who > 0)
        pairs = np.unique(np.stack([all_.who[of], all_.flow[of]]), axis=1)
        counts = np.bincount(pairs[0])
        found += [(int(all_.parties[who]), n, how, int(counts[who])) for who in np.flatnonzero(counts).tolist()]
    return found
