"""An article's text cut where anything begins or ends, so that each stretch can be marked with what stands there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kg.export.safe import xml_text
from kg.model.article import Article
from kg.web.index.reader import Node


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of the text: a `fact` (directive or statement) or a `name` of `node`."""

    start: int
    end: int
    kind: Literal["fact", "name"]
    node: Node


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `name` is what it names, `anchor` is the offset where a name begins (-1 where none does)."""

    text: str
    name: Node | None
    anchor: int


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that belong to one fact, or to none; `first` says that the fact begins here."""

    fact: Span | None
    first: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A zone of the article, or the body between zones."""

    zone: str
    runs: tuple[Run, ...]


def blocks(article: Article, spans: Sequence[Span]) -> list[Block]:
    """Return the text in order, every code point once. Where two facts overlap the first is shown, of names the innermost."""
    facts = _apart(sorted((s for s in spans if s.kind == "fact"), key=lambda s: (s.start, -s.end)))
    names = sorted((s for s in spans if s.kind == "name"), key=lambda s: (s.start, -s.end, s.node.id))
    return [Block(zone, tuple(_runs(article.text, start, end, facts, names))) for zone, start, end in _zones(article)]


def _zones(article: Article) -> Iterator[tuple[str, int, int]]:
    at = 0
    for zone in article.zones:
        if zone.start > at and article.text[at : zone.start].strip():
            yield "body", at, zone.start
        if zone.end > zone.start:
            yield zone.kind, zone.start, zone.end
        at = max(at, zone.end)
    if article.text[at:].strip():
        yield "body", at, len(article.text)


def _apart(facts: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for fact in facts:
        if not kept or fact.start >= kept[-1].end:
            kept.append(fact)
    return kept


def _runs(text: str, start: int, end: int, facts: Sequence[Span], names: Sequence[Span]) -> Iterator[Run]:
    inside = [fact for fact in facts if fact.start < end and fact.end > start]
    edges = sorted({start, end, *(max(start, f.start) for f in inside), *(min(end, f.end) for f in inside)})
    for a, b in pairwise(edges):
        fact = next((f for f in inside if f.start <= a and b <= f.end), None)
        yield Run(fact, fact is not None and fact.start == a, tuple(_pieces(text, a, b, names)))


def _pieces(text: str, start: int, end: int, names: Sequence[Span]) -> Iterator[Piece]:
    inside = [name for name in names if name.start < end and name.end > start]
    edges = sorted({start, end, *(max(start, n.start) for n in inside), *(min(end, n.end) for n in inside)})
    begun: set[int] = set()
    for a, b in pairwise(edges):
        here = [name for name in inside if name.start <= a and b <= name.end]
        inner = min(here, key=lambda n: (n.end - n.start, n.node.id), default=None)
        starts = any(name.start == a for name in here) and a not in begun
        begun.add(a)
        yield Piece(xml_text(text[a:b]), inner.node if inner else None, a if starts else -1)
