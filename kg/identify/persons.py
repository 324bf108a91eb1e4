"""Which officials of different articles are one person: the same name and a post that few hold, through union-find.

The name is compared with its tone marks. A component that would hold two officials of one article is taken apart: the article says
that they are two. Everything is explained: `Person.keys` are the posts on which a merge rests.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.model.ids import digest, slug


class Official(NamedTuple):
    """One official of one article: who can be merged, and by which keys."""

    article: str
    number: int
    name: str
    posts: tuple[str, ...]


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


def link(officials: Iterable[Official]) -> Mapping[Ref, Person]:
    """Return the person of each official. `name` is the key of a name (kg.identify.names.person_key), `posts` ids of posts that few hold."""
    everyone = {Ref(o.article, o.number): o for o in officials}
    components: dict[str, list[Ref]] = {}
    roots = _Union()
    for official in everyone.values():
        keys = _keys(official)
        for key in keys:
            roots.join(keys[0], key)
    for ref, official in everyone.items():
        keys = _keys(official)
        components.setdefault(roots.find(keys[0]) if keys else _own(official), []).append(ref)
    persons = (person for refs in components.values() for person in _persons([everyone[ref] for ref in refs]))
    return {ref: person for person in persons for ref in person.refs}


def _keys(official: Official) -> list[str]:
    """A name of one syllable is a given name: no key."""
    if " " not in official.name:
        return []
    return sorted({f"{official.name}\x1f{post}" for post in official.posts})


def _own(official: Official) -> str:
    return f"{official.name}\x1f{official.article}\x1f{official.number}"


def _persons(members: list[Official]) -> list[Person]:
    articles = [member.article for member in members]
    if len(set(articles)) < len(articles):
        return [_person([member], _own(member), ()) for member in members]
    keys = sorted({key for member in members for key in _keys(member)})
    return [_person(members, keys[0] if keys else _own(members[0]), tuple(key.split("\x1f")[1] for key in keys))]


def _person(members: list[Official], key: str, keys: tuple[str, ...]) -> Person:
    name = members[0].name
    refs = tuple(sorted(Ref(member.article, member.number) for member in members))
    return Person(f"person/{slug(name)[:60] or 'x'}/{digest(key, length=8)}", name, refs, keys)


class _Union:
    """Union-find over strings; the smallest of a set is its root, so that the order of joining leaves no trace."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        root = key
        while (above := self._parent.get(root, root)) != root:
            root = above
        while key != root:
            self._parent[key], key = root, self._parent.get(key, key)
        return root

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        self._parent[high] = low
