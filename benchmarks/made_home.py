"""The graph home of a made graph: the graph itself as the projection that pages are made from, and the texts of some of its articles as the truth."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.made_graph import made_graph
from kg.graph.records import Graph
from kg.home import GraphHome
from kg.model.article import Article, Origin
from kg.model.base import Entity
from kg.model.entities import ArticleNode, Directive, Mention
from kg.model.reading import Reading
from kg.stores import refresh
from kg.web.index.build import is_current
from kg.web.live import file_name

TEXTS: Final = 400
"""Articles of a made graph that get a text."""

_FILLER: Final = "Đây là câu viết thêm cho đủ độ dài của một bài báo mẫu, không nói gì về ai. "


def made_home(home: Path, edges: int) -> Path:
    """Make the home of a graph of about so many relationships, or take the one that lies there; only what pages need is built, no engine's store."""
    if not (home / "stores" / "current.json").is_file():
        graph = Graph.of(made_graph(edges))
        with GraphHome(home, create=True) as truth:
            truth.ingest(_articles(graph.entities), _unread, reader="made", workers=1)
            refresh(home, graph, truth.stamp(), engines=("networkx",), only=True)
    _stamp_anew(home)
    return home


def _articles(entities: Iterable[Entity]) -> Iterator[Article]:
    """The first articles, each with a text in which every quote stands at its offsets."""
    wanted = {f"a{number}" for number in range(TEXTS)}
    quotes: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    nodes = {}
    for one in entities:
        if isinstance(one, ArticleNode) and one.id in wanted:
            nodes[one.id] = one
        elif isinstance(one, Directive | Mention) and one.article in wanted:
            quotes[one.article].append((one.start, one.quote))
    for ident, node in nodes.items():
        text = _text(quotes[ident])
        yield Article(
            id=ident,
            title=node.title,
            text=text,
            published=node.published,
            outlet=node.outlet,
            origin=Origin(loader="made", source=ident),
        )


def _text(quotes: list[tuple[int, str]]) -> str:
    text = ""
    for start, quote in sorted(quotes):
        space = start - len(text)
        text += (_FILLER * (1 + space // len(_FILLER)))[: max(0, space - 1)] + "\n" * (space > 0) + quote
    return text


def _unread(article: Article) -> Reading:
    return Reading(id=article.id, article=article.id, reader="made", published=article.published)


def _stamp_anew(home: Path) -> None:
    """Rules of identity that changed since would have the graph resolved anew, from readings that a made home does not have: say that it is of today."""
    current = home / "stores" / "current.json"
    state = json.loads(current.read_bytes())
    with GraphHome(home) as truth:
        stamp = truth.stamp()
    before, now = (home / "stores" / file_name(one) for one in (state["stamp"], stamp))
    if before == now:
        return
    current.write_text(json.dumps(state | {"stamp": stamp}, ensure_ascii=False), encoding="utf-8")
    if is_current(before, state["stamp"]):
        with closing(sqlite3.connect(before)) as db, db:
            db.execute("UPDATE meta SET value = ? WHERE key = 'stamp'", (stamp,))
        before.replace(now)
