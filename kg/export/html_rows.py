"""The rows of the HTML page: one a directive, with names in place of ids and the quote cut where something is to be marked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from kg.export.labels import labels, shortened
from kg.export.safe import xml_text
from kg.graph.records import Graph
from kg.model.base import Entity
from kg.model.entities import ArticleNode, Directive, Document, Membership

_WEB: Final = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote; `mark` is `verb`, `whom`, `deadline` or empty."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A directive as the page shows it. `url` is empty unless it is http or https; `about` is the topic, else the content cut short."""

    id: str
    date: str
    who: tuple[str, ...]
    post: tuple[str, ...]
    verb: str
    strength: int
    whom: tuple[str, ...]
    about: str
    is_topic: bool
    cites: tuple[str, ...]
    deadline: str
    meeting: str
    quote: tuple[Piece, ...]
    title: str
    url: str
    published: str
    place: str


def page_rows(graph: Graph) -> tuple[Row, ...]:
    """Return the rows, the latest date first, then by article and offset; every text can stand in XML."""
    by_id = {entity.id: entity for entity in graph.entities}
    names = labels(graph)
    found = [entity for entity in graph.entities if isinstance(entity, Directive)]
    found.sort(key=lambda one: (one.article, one.start, one.id))
    found.sort(key=lambda one: one.date or "", reverse=True)
    return tuple(_row(one, by_id, names) for one in found)


def _row(one: Directive, by_id: dict[str, Entity], names: dict[str, str]) -> Row:
    article = by_id.get(one.article)
    assert isinstance(article, ArticleNode)
    whom = tuple(dict.fromkeys((*one.addressees, *one.lead)))
    topic = _names([one.topic] if one.topic else [], by_id)
    deadline = xml_text(one.deadline or "")
    return Row(
        id=xml_text(one.id),
        date=one.date or "",
        who=tuple(names[issuer] for issuer in one.issuers),
        post=_names(_posts(one.capacity, by_id), by_id),
        verb=xml_text(one.verb),
        strength=min(5, max(1, one.strength)),
        whom=tuple(names[addressee] for addressee in whom),
        about=topic[0] if topic else shortened(xml_text(one.content) or xml_text(one.quote)),
        is_topic=bool(topic),
        cites=tuple(_document(by_id[cited]) for cited in one.cites if cited in by_id),
        deadline=deadline,
        meeting="".join(_names([one.meeting] if one.meeting else [], by_id)),
        quote=marked(xml_text(one.quote), {"verb": [one.verb], "whom": _names(whom, by_id), "deadline": [deadline]}),
        title=xml_text(article.title or article.record_id or article.id),
        url=article.url if article.url and _WEB.fullmatch(article.url) else "",
        published=(article.published or "")[:10],
        place=f"{xml_text(article.record_id or article.id)} : {one.start}–{one.end}",
    )


def marked(quote: str, words: Mapping[str, Iterable[str]]) -> tuple[Piece, ...]:
    """Cut `quote` at the first place of each word, whatever its case; words listed first win where two overlap.

    >>> marked("Sở phải báo cáo", {"verb": ["phải"]})
    (Piece(text='Sở ', mark=''), Piece(text='phải', mark='verb'), Piece(text=' báo cáo', mark=''))
    """
    spans: list[tuple[int, int, str]] = []
    for mark, texts in words.items():
        for text in texts:
            found = _word(quote, text) if text else None
            if found and all(found[1] <= start or end <= found[0] for start, end, _ in spans):
                spans.append((*found, mark))
    spans.sort()
    starts = [0, *(end for _, end, _ in spans)]
    plain = [Piece(quote[a:b]) for a, b in zip(starts, [*(start for start, _, _ in spans), len(quote)], strict=True)]
    marks = [Piece(quote[start:end], mark) for start, end, mark in spans]
    pieces = chain.from_iterable(zip(plain, [*marks, Piece("")], strict=True))
    return tuple(piece for piece in pieces if piece.text)


def _word(quote: str, text: str) -> tuple[int, int] | None:
    """Where `text` first stands in `quote` as whole words, whatever its case."""
    whole, part = quote.lower(), text.lower()
    if len(whole) != len(quote) or len(part) != len(text):  # a letter whose small form is longer
        found = re.search(rf"(?<!\w){re.escape(text)}(?!\w)", quote, re.IGNORECASE)
        return found.span() if found else None
    at = whole.find(part)
    while at >= 0:  # no regular expression: one for each name would be compiled anew
        end = at + len(part)
        if not (at and _in_word(quote[at - 1])) and not (end < len(quote) and _in_word(quote[end])):
            return at, end
        at = whole.find(part, at + 1)
    return None


def _in_word(letter: str) -> bool:
    return letter == "_" or letter.isalnum()


def _posts(capacity: Iterable[str], by_id: dict[str, Entity]) -> list[str]:
    held = (by_id.get(membership) for membership in capacity)
    return [membership.post for membership in held if isinstance(membership, Membership)]


def _names(ids: Iterable[str], by_id: dict[str, Entity]) -> tuple[str, ...]:
    return tuple(xml_text(str(getattr(by_id.get(one), "name", one))) for one in ids)


def _document(entity: Entity) -> str:
    assert isinstance(entity, Document)
    return xml_text(entity.number or entity.name)
