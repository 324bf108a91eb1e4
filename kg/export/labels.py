"""Names for people to read, in which those of the same name are told apart: by post and body, by place, else by the article that names them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from kg.export.safe import xml_text
from kg.graph.records import Graph
from kg.graph.search import search_form
from kg.model.base import Entity
from kg.model.entities import Agency, ArticleNode, Directive, Membership, Mention, Post

_SHORT: Final = 90
_TITLE: Final = 40
_QUOTES: Final = "\"'“”‘’ "
_Names = Mapping[str, str]


def labels(graph: Graph) -> dict[str, str]:
    """Return a name for each entity that has one, no name twice; every one can stand in XML.

    To those of one name is added, until they differ: post and body, or place; outlet and date of the first article that names them; its
    title; a number by the order of their ids.
    """
    names = {one.id: xml_text(name) for one in graph.entities if (name := getattr(one, "name", None))}
    bearers: defaultdict[str, list[str]] = defaultdict(list)
    for ident, name in names.items():
        bearers[name].append(ident)
    shared = {ident for same in bearers.values() if len(same) > 1 for ident in same}
    found = {ident: name for ident, name in names.items() if ident not in shared}
    left = sorted(shared)
    for hints in _hints(graph, shared, names):
        tried = {ident: f"{names[ident]} ({hint})" if (hint := hints(ident)) else names[ident] for ident in left}
        counts = counted((*tried.values(), *found.values()))
        found |= {ident: name for ident, name in tried.items() if counts[name] == 1 and hints(ident)}
        left = [ident for ident in left if ident not in found]
    return found | _numbered(left, names, set(found.values()))


def _numbered(left: Iterable[str], names: _Names, taken: set[str]) -> dict[str, str]:
    numbered = {}
    for name, same in groupby(sorted(left, key=lambda ident: (names[ident], ident)), key=lambda ident: names[ident]):
        number = 0
        for ident in same:
            number += 1
            while f"{name} (#{number})" in taken:
                number += 1
            numbered[ident] = f"{name} (#{number})"
    return numbered


def _hints(graph: Graph, shared: set[str], names: _Names) -> Iterator[Callable[[str], str]]:
    """Yield what to add, the shortest first."""
    by_id = {one.id: one for one in graph.entities}
    near = _near(graph, shared, by_id, names)
    first = _first_articles(graph, shared, by_id)

    def with_article(form: Callable[[ArticleNode], str]) -> Callable[[str], str]:
        return lambda ident: "; ".join(filter(None, (near.get(ident), form(first[ident]) if ident in first else "")))

    yield lambda ident: near.get(ident, "")
    yield with_article(_outlet)
    yield with_article(_title)


def _near(graph: Graph, shared: set[str], by_id: Mapping[str, Entity], names: _Names) -> dict[str, str]:
    """Post and body of a person, the place of a body, the place or body of a post."""
    near: dict[str, str] = {}
    for one in graph.entities:
        match one:
            case Membership() if one.person in shared and one.person not in near:
                near[one.person] = _post(names.get(one.post, ""), names.get(one.agency or "", ""))
            case Agency(place=str()) if one.id in shared:
                near[one.id] = names.get(one.place or "", "")
            case Post(agency=str()) if one.id in shared:
                body = by_id.get(one.agency or "")
                place = names.get(getattr(body, "place", None) or "", "")
                near[one.id] = place or _other_words(names.get(one.agency or "", ""), names[one.id])
            case _:
                pass
    return near


def _post(post: str, body: str) -> str:
    return ", ".join(filter(None, (post, _other_words(body, post))))


def _other_words(name: str, beside: str) -> str:
    """`name`, unless `beside` says it already ("Chủ tịch UBND tỉnh": "Ủy ban nhân dân tỉnh")."""
    return "" if search_form(name) in search_form(beside) else name


def _first_articles(graph: Graph, shared: set[str], by_id: Mapping[str, Entity]) -> dict[str, ArticleNode]:
    first: dict[str, ArticleNode] = {}
    for one in graph.entities:
        if not isinstance(one, Mention | Directive):
            continue
        article = by_id.get(one.article)
        named = (one.body,) if isinstance(one, Mention) else (*one.issuers, *one.addressees, *one.lead)
        for ident in shared.intersection(named):
            if isinstance(article, ArticleNode) and (ident not in first or _age(article) < _age(first[ident])):
                first[ident] = article
    return first


def _age(article: ArticleNode) -> tuple[str, str]:
    return article.published or "9999", article.id


def _outlet(article: ArticleNode) -> str:
    outlet = shortened(xml_text(article.outlet or ""), _TITLE)
    return _said_by(outlet, article) if outlet else _title(article)


def _title(article: ArticleNode) -> str:
    title = shortened(xml_text(article.title or "").strip(_QUOTES), _TITLE)
    return _said_by(f"“{title}”" if title else xml_text(article.record_id or article.id), article)


def _said_by(source: str, article: ArticleNode) -> str:
    return "theo " + ", ".join(filter(None, (source, (article.published or "")[:10])))


def shortened(text: str, length: int = _SHORT) -> str:
    """Return `text` on one line, cut at a word with an ellipsis.

    >>> shortened("một hai ba bốn", 9)
    'một hai…'
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def counted(values: Iterable[str]) -> dict[str, int]:
    """Return how often each value occurs, the most frequent first, then by name.

    >>> counted("abcb")
    {'b': 2, 'a': 1, 'c': 1}
    """
    counts: defaultdict[str, int] = defaultdict(int)
    for value in values:
        counts[value] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
