"""Why two articles share a person or a body: the key on which each merge rests."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.identify.local import Local
from kg.identify.resolve import Resolved, identify
from kg.model.article import Article
from kg.model.reading import Reading


class Merge(NamedTuple):
    """One entity that several articles name: `reason` is the kind of key, `keys` its values, `articles` the ids it joins."""

    id: str
    name: str
    reason: str
    keys: tuple[str, ...]
    articles: tuple[str, ...]


def merges(pairs: Iterable[tuple[Article, Reading]]) -> list[Merge]:
    """Return every merge across articles, sorted by id; what is not here was not merged."""
    resolved = identify(pairs)
    return sorted([*_persons(resolved), *_bodies(resolved.locals)])


def _persons(resolved: Resolved) -> Iterator[Merge]:
    for person in set(resolved.linking.persons.values()):
        articles = tuple(sorted({ref.article for ref in person.refs}))
        if len(articles) > 1:
            yield Merge(person.id, person.name, "same name, same post", person.keys, articles)


def _bodies(locals_: Iterable[Local]) -> Iterator[Merge]:
    found: dict[str, tuple[str, set[str], set[str]]] = {}
    for local in locals_:
        for read, body in zip(local.reading.agencies, local.listed, strict=True):
            how, names, articles = found.setdefault(body.id, (body.how, set(), set()))
            names.add(read.name)
            articles.add(local.article.id)
    for ident, (how, names, articles) in found.items():
        if len(articles) > 1:
            yield Merge(ident, min(names), how, tuple(sorted(names)), tuple(sorted(articles)))
