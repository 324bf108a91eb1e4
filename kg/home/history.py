"""One article's life: where it stands, its versions with what changed between them, and where else it was published.

The forms of an article (page, feed, record; one outlet or several) have one body, whatever stands around it: all their places are its sources.
Versions are articles of one place: one address, or one file, record or entry whose text was changed. Their order is that of their own dates
(changed, published, crawled), never that in which they came in. Copies are near-duplicates of another place (`kg.identify.duplicates`).
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import UsageError
from kg.identify.duplicates import KIN, address_of, body_of, likeness, shingles
from kg.model.article import Article, Origin
from kg.text.fold import fold
from kg.text.sentences import split_sentences

if TYPE_CHECKING:
    from kg.home.home import GraphHome


class Change(NamedTuple):
    """From the version `old` to `new`: sentences that went, that came, and the directives among them, by quote."""

    old: str
    new: str
    removed: tuple[str, ...]
    added: tuple[str, ...]
    directives_removed: tuple[str, ...] = ()
    directives_added: tuple[str, ...] = ()


class Place(NamedTuple):
    """Where a form of an article stands; `is_cut` says that this form lacks some of what the article says."""

    form: Article
    origin: Origin
    is_cut: bool = False


class History(NamedTuple):
    """An article, the sources of all its forms, its versions (itself among them, oldest first), their changes, and its copies elsewhere.

    `kept` is the id under which the graph has it: that of the fullest of its forms.
    `is_ordered` says whether the dates of the versions tell their order; else it is that of their ids.
    """

    article: Article
    sources: tuple[Place, ...]
    versions: tuple[Article, ...]
    changes: tuple[Change, ...]
    copies: tuple[Article, ...]
    is_ordered: bool
    kept: str


def history(home: "GraphHome", ident: str, twins: Mapping[str, str] = MappingProxyType({})) -> History:
    """Return the history of the article with this id, or this id of its source; `twins` are its near-duplicates, each with the article
    that the graph keeps for it.

    Raises UsageError where there is no such article, or more than one with the id of a source.
    """
    found = home.find(ident)
    if len(found) != 1:
        several = (
            f"{len(found)} bài · articles: {', '.join(found[:5])}" if found else "không có bài này · no such article"
        )
        raise UsageError(f"{ident}: {several}")
    article = next(home.articles(found[0]))
    near = _articles(home, twins)
    kin = [other for other in _articles(home, home.neighbours(article)) if _is_version(home, article, other)]
    body = _key(body_of(article))
    kept = twins.get(article.id, article.id)
    known = {one.id for one in kin}
    same = {one.id: one for one in (article, *kin, *near) if _key(body_of(one)) == body}
    cut = {one.id: one for one in near if twins[one.id] == kept and one.id not in {*same, *known}}
    bodies: dict[str, Article] = {}
    for one in sorted(kin, key=_moment):
        bodies.setdefault(_key(body_of(one)), one)
    versions = tuple(sorted((article, *(one for key, one in bodies.items() if key != body)), key=_moment))
    known |= {*same, *cut}
    moments = [_moment(version)[:2] for version in versions]
    return History(
        article,
        tuple(
            Place(one, at, one.id in cut) for _, one in sorted({**same, **cut}.items()) for at in home.places(one.id)
        ),
        versions,
        tuple(_change(home, old, new) for old, new in pairwise(versions)),
        tuple(one for one in near if one.id not in known),
        len(set(moments)) == len(moments),
        kept,
    )


def sentence_changes(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sentences that went and those that came, in their order; case, blanks and tone placement are no change.

    >>> sentence_changes("Sở Y tế họp. Một là.", "Sở Y tế họp. Hai là.")
    (('Một là.',), ('Hai là.',))
    """
    before, after = _sentences(old), _sentences(new)
    matcher = difflib.SequenceMatcher(None, [_key(s) for s in before], [_key(s) for s in after], autojunk=False)
    removed, added = list[str](), list[str]()
    for tag, start, end, other, other_end in matcher.get_opcodes():
        if tag != "equal":
            removed += before[start:end]
            added += after[other:other_end]
    return tuple(removed), tuple(added)


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


def _key(sentence: str) -> str:
    return " ".join(fold(sentence).split())


def _moment(article: Article) -> tuple[str, str, str]:
    return article.modified or article.published or "", article.crawled or "", article.id


def _articles(home: "GraphHome", idents: Iterable[str]) -> Sequence[Article]:
    return [article for ident in sorted(set(idents)) for article in home.articles(ident)]


def _is_version(home: "GraphHome", one: Article, other: Article) -> bool:
    address, other_address = address_of(one.url), address_of(other.url)
    if address and other_address:
        return address == other_address
    is_one_place = (
        one.record_id == other.record_id if one.record_id or other.record_id else home.share_a_place(one.id, other.id)
    )
    return is_one_place and likeness(shingles(body_of(one)), shingles(body_of(other))) >= KIN


def _change(home: "GraphHome", old: Article, new: Article) -> Change:
    titles = [article.title or "" for article in (old, new)]
    removed, added = sentence_changes(body_of(old), body_of(new))
    if _key(titles[0]) != _key(titles[1]):
        removed, added = (titles[0], *removed) if titles[0] else removed, (titles[1], *added) if titles[1] else added
    before, after = (_quotes(home, article.id) for article in (old, new))
    return Change(old.id, new.id, removed, added, _without(before, after), _without(after, before))


def _quotes(home: "GraphHome", ident: str) -> list[str]:
    return [directive.quote for one in home.stored([ident]) for directive in one.pair()[1].directives]


def _without(quotes: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    known = {_key(quote) for quote in others}
    return tuple(quote for quote in quotes if _key(quote) not in known)
