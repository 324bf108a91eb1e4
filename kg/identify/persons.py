"""Which officials of different articles are one person: within one name, posts are linked by evidence, and anything in doubt stays apart.

The name is compared with its tone marks: it is the block, so that the work grows with the officials and not with their pairs. In a block
each post whose holder is known by it is one vertex with all the officials that hold it; `kg.identify.career` weighs pairs of vertices,
the best go first, and none may bring together what excludes each other. The result is the same whatever the order of the officials.
A person's decision goes before all of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, NamedTuple

from kg.identify.career import Comparison, Held, Seen, Sight, compare, reason
from kg.identify.decisions import NONE, PersonDecisions
from kg.model.ids import digest, slug

_ALL_PAIRS: Final = 24
"""Vertices of one name up to which every pair is compared; beyond, only those that share a body or a province."""


class Official(NamedTuple):
    """One official of one article: who can be merged, by which posts (ids, with what is known of them in `seen`), seen when and where.

    `twin` names the cluster of near-duplicate articles that the article is in.
    """

    article: str
    number: int
    name: str
    posts: tuple[str, ...]
    seen: tuple[Seen, ...] = ()
    former: tuple[bool, ...] = ()
    day: str | None = None
    place: str | None = None
    twin: str | None = None


class Ref(NamedTuple):
    """Where an official stands: article id, and its place in `Reading.officials`."""

    article: str
    number: int


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the officials that are this person, and the post ids on which the merge rests (none: known to one article only)."""

    id: str
    name: str
    refs: tuple[Ref, ...]
    keys: tuple[str, ...]


class Pair(NamedTuple):
    """Two vertices of one name that were compared, the persons they ended in, and what the comparison said."""

    one: str
    other: str
    merged: bool
    compared: Comparison


@dataclass(frozen=True, slots=True)
class Linking:
    """All persons by official, the ids that lead to them (`redirects`: id of before -> id now), and the comparisons that mattered."""

    persons: Mapping[Ref, Person]
    redirects: Mapping[str, str]
    pairs: tuple[Pair, ...]


def link(officials: Iterable[Official]) -> Mapping[Ref, Person]:
    """Return the person of each official. `name` is the key of a name (kg.identify.names.person_key), `posts` ids of posts that few hold."""
    return link_explained(officials).persons


def link_explained(officials: Iterable[Official], decided: PersonDecisions = NONE) -> Linking:
    """Return the persons with the comparisons behind them. `decided` are a user's decisions, which win."""
    blocks: dict[str, list[Official]] = defaultdict(list)
    for official in sorted(set(officials), key=lambda o: (o.article, o.number)):
        blocks[official.name].append(official)
    persons: list[Person] = []
    redirects: dict[str, str] = {}
    pairs: list[Pair] = []
    clusters = [cluster for _, block in sorted(blocks.items()) for cluster in _Block(block, decided).clusters(pairs)]
    for cluster in _join_decided(clusters, decided):
        person = _person(cluster)
        persons.append(person)
        redirects |= {old: person.id for key in cluster.ids if (old := person_id(key)) != person.id}
    taken = {person.id for person in persons}
    kept = {old: new for old, new in redirects.items() if old not in taken}
    return Linking({ref: person for person in persons for ref in person.refs}, kept, tuple(sorted(pairs)))


def person_id(key: str) -> str:
    """Return the id of the person known by a key: a name, and a post or the place of an official."""
    return f"person/{slug(key.split(_SEP)[0])[:60] or 'x'}/{digest(key, length=8)}"


_SEP: Final = "\x1f"


@dataclass(slots=True)
class _Vertex:
    """A post of one name, or one official that no post makes known."""

    key: str
    post: str | None
    members: list[Official] = field(default_factory=list)
    held: Held | None = None


@dataclass(slots=True)
class _Cluster:
    """Vertices that are one person."""

    vertices: list[_Vertex]
    members: list[Official]

    @property
    def ids(self) -> list[str]:
        """The keys that could each be the person's, smallest first; those of posts come before those of single officials."""
        posts = sorted(v.key for v in self.vertices if v.post)
        return posts + sorted(v.key for v in self.vertices if not v.post)


def _person(cluster: _Cluster) -> Person:
    key = cluster.ids[0]
    refs = tuple(sorted(Ref(o.article, o.number) for o in cluster.members))
    return Person(person_id(key), key.split(_SEP)[0], refs, tuple(sorted({v.post for v in cluster.vertices if v.post})))


class _Block:
    """The officials of one name."""

    def __init__(self, officials: list[Official], decided: PersonDecisions) -> None:
        self._decided = decided
        self._officials = officials
        self._vertices: dict[str, _Vertex] = {}
        self._of: dict[Ref, list[_Vertex]] = {}
        for official in officials:
            self._add(official, _keys(official))
        for vertex in list(self._vertices.values()):
            self._split(vertex)
        for vertex in self._vertices.values():
            vertex.held = _held(vertex)

    def _add(self, official: Official, keys: list[str]) -> None:
        own = _own(official)
        if any(decided in self._decided.apart for decided in ((person_id(key), official.article) for key in keys)):
            keys = []
        pairs: list[tuple[str, str | None]] = [(key, key.split(_SEP)[1]) for key in keys]
        pairs = pairs or [(own, None)]
        ref = Ref(official.article, official.number)
        self._of[ref] = [self._vertices.setdefault(key, _Vertex(key, post)) for key, post in pairs]
        for vertex in self._of[ref]:
            vertex.members.append(official)

    def _split(self, vertex: _Vertex) -> None:
        """Take a vertex apart that can't be one person's: two of one article, or a former holder who is in office later."""
        articles = [member.article for member in vertex.members]
        out = vertex.members if len(set(articles)) < len(articles) else _left_before(vertex)
        for official in list(out):
            for other in self._of[Ref(official.article, official.number)]:
                other.members = [m for m in other.members if m is not official]
            self._add(official, [])
        for key in [key for key, v in self._vertices.items() if not v.members]:
            del self._vertices[key]

    def clusters(self, pairs: list[Pair]) -> Iterator[_Cluster]:
        """Yield the persons of the block; what was compared is added to `pairs`."""
        groups = {key: {key} for key in self._vertices}
        found = {pair: self._compare(*pair) for pair in self._candidates()}
        for (one, other), compared in sorted(found.items(), key=lambda item: (-item[1].score, item[0])):
            if groups[one] is not groups[other] and self._may_join(compared, groups[one], groups[other], found):
                groups[one] |= groups[other]
                for key in groups[one]:
                    groups[key] = groups[one]
        pairs += [
            Pair(one, other, groups[one] is groups[other], compared)
            for (one, other), compared in found.items()
            if compared.score > 0 or compared.vetoed or groups[one] is groups[other]
        ]
        yield from self._gathered({id(group): group for group in groups.values()}.values(), groups)

    def _gathered(self, found: Iterable[set[str]], groups: Mapping[str, set[str]]) -> Iterator[_Cluster]:
        """Persons with their officials; an official whose posts ended in two persons is neither."""
        torn = {
            Ref(o.article, o.number): o
            for o in self._officials
            if len({id(groups[v.key]) for v in self._of[Ref(o.article, o.number)]}) > 1
        }
        for group in found:
            vertices = [self._vertices[key] for key in sorted(group)]
            members = {ref: o for v in vertices for o in v.members if (ref := Ref(o.article, o.number)) not in torn}
            if members:
                yield _Cluster(vertices, list(members.values()))
        yield from (_Cluster([_Vertex(_own(o), None)], [o]) for o in torn.values())

    def _candidates(self) -> set[tuple[str, str]]:
        known = sorted(v.key for v in self._vertices.values() if v.post and " " in self._officials[0].name)
        if len(known) <= _ALL_PAIRS:
            found = set(combinations(known, 2))
        else:
            found = {pair for keys in self._by_ground(known).values() for pair in combinations(sorted(keys), 2)}
        held = ((v.key for v in vertices) for vertices in self._of.values() if len(vertices) > 1)
        found |= {pair for keys in held for pair in combinations(sorted(keys), 2)}
        return found | self._twins()

    def _by_ground(self, known: list[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for key in known:
            held = self._vertices[key].held
            for ground in (held.seen.body, held.seen.place) if held else ():
                if ground:
                    found[ground].add(key)
        return found

    def _twins(self) -> set[tuple[str, str]]:
        """Vertices that share a cluster of near-duplicate articles."""
        found: dict[str, set[str]] = defaultdict(set)
        for vertex in self._vertices.values():
            for member in vertex.members:
                if member.twin and " " in member.name:
                    found[member.twin].add(vertex.key)
        return {pair for keys in found.values() for pair in combinations(sorted(keys), 2)}

    def _compare(self, one: str, other: str) -> Comparison:
        first, second = self._vertices[one], self._vertices[other]
        mine, yours = ({Ref(o.article, o.number) for o in v.members} for v in (first, second))
        reasons = list(compare(first.held, second.held).reasons) if first.held and second.held else []
        if mine & yours:
            # an article that gives one person both posts knows better than rules about careers
            reasons = [r for r in reasons if r.weight > 0]
            reasons.append(reason("one_article_gives_both", min(mine & yours).article))
        elif {m.twin for m in first.members if m.twin} & {m.twin for m in second.members}:
            reasons.append(reason("near_duplicate_articles"))
        if {r.article for r in mine - yours} & {r.article for r in yours - mine}:
            reasons.append(reason("two_of_one_article"))
        if self._decided.different(_ids(first), _ids(second)):
            reasons.append(reason("decided_different"))
        elif self._decided.same(_ids(first), _ids(second)):
            reasons = [r for r in reasons if r.weight > -20] + [reason("decided_same")]
        reasons.sort(key=lambda r: (-abs(r.weight), r.name))
        return Comparison(sum(r.weight for r in reasons), tuple(reasons))

    def _may_join(
        self, compared: Comparison, mine: set[str], yours: set[str], found: Mapping[tuple[str, str], Comparison]
    ) -> bool:
        if not compared.merges:
            return False
        between = ((min(a, b), max(a, b)) for a in mine for b in yours)
        return not any((found.get(pair) or self._compare(*pair)).vetoed for pair in between)


def _ids(vertex: _Vertex) -> frozenset[tuple[str, str]]:
    """What a decision may call a vertex: its id alone, or its id in one of its articles."""
    ident = person_id(vertex.key)
    return frozenset({(ident, ""), *((ident, member.article) for member in vertex.members)})


def _left_before(vertex: _Vertex) -> list[Official]:
    """Former holders of a post that somebody of the same name holds later: not the same person, or a misread word."""
    if vertex.post is None:
        return []
    current = [o.day for o in vertex.members if o.day and not _was(o, vertex.post)]
    last = max(current, default="")
    return [o for o in vertex.members if _was(o, vertex.post) and o.day and o.day[:10] < last[:10]]


def _was(official: Official, post: str) -> bool:
    return any(held == post and former for held, former in zip(official.posts, official.former, strict=False))


def _held(vertex: _Vertex) -> Held | None:
    if vertex.post is None:
        return None
    sights = sorted(
        (Sight(o.article, o.day, o.place, _was(o, vertex.post)) for o in vertex.members),
        key=lambda s: (s.article, s.day or ""),
    )
    seen = [s for o in vertex.members for post, s in zip(o.posts, o.seen, strict=False) if post == vertex.post]
    return Held(vertex.key, vertex.members[0].name, min(seen, key=repr), tuple(sights)) if seen else None


def _keys(official: Official) -> list[str]:
    """A name of one syllable is a given name: no key."""
    if " " not in official.name:
        return []
    return sorted({f"{official.name}{_SEP}{post}" for post in official.posts})


def _own(official: Official) -> str:
    return f"{official.name}{_SEP}{official.article}{_SEP}{official.number}"


def _join_decided(clusters: list[_Cluster], decided: PersonDecisions) -> list[_Cluster]:
    """Join what a person has decided to be the same, across names too, unless another decision keeps it apart."""
    where = {ident: n for n, cluster in enumerate(clusters) for v in cluster.vertices for ident in _ids(v)}
    for one, other in decided.sames:
        mine, yours = where.get(one), where.get(other)
        if mine is None or yours is None or mine == yours:
            continue
        low, high = sorted((mine, yours))
        ids = [frozenset(i for v in clusters[n].vertices for i in _ids(v)) for n in (low, high)]
        if not decided.different(*ids):
            clusters[low] = _Cluster(
                clusters[low].vertices + clusters[high].vertices, clusters[low].members + clusters[high].members
            )
            clusters[high] = _Cluster([], [])
            where = {ident: low if n == high else n for ident, n in where.items()}
    return [cluster for cluster in clusters if cluster.vertices]
