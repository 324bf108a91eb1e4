"""The page of an article: its text with zones, what was read in it both ways, and what its dates are."""

import re
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.export.safe import xml_text
from kg.home import GraphHome
from kg.model.article import Article
from kg.web.index.directives import Row, directive_rows
from kg.web.index.profile import node_of
from kg.web.index.reader import Fact, Index, Node
from kg.web.render import index_of, rendered, site_of
from kg.web.spans import Span, blocks


def article_page(request: Request, fact: Fact) -> Response:
    """Answer `/doc/ID` of an article."""
    index = index_of(request)
    article = stored(request, fact.node.id)
    rows = _directives(index, fact.node.n)
    statements = _statements(index, fact.node.n)
    spans = [Span(row.data["start"], row.data["end"], "fact", row.node) for row in rows]
    spans += [Span(one.data["start"], one.data["end"], "fact", one.node) for one in statements]
    spans += _names(index, fact.node.n)
    context: dict[str, Any] = {
        "fact": fact,
        "article": article,
        "origin": _origin(article),
        "blocks": blocks(article, spans),
        "rows": rows,
        "statements": statements,
        "order": {
            span.node.id: place
            for place, span in enumerate(sorted(_facts(spans), key=lambda s: (s.start, s.node.id)), 1)
        },
        "dates": _dates(index, fact, article),
        "place": next(iter(index.nodes(index.out(fact.node.n, "FROM_PLACE")).values()), None),
        "embodies": next(iter(index.nodes(index.out(fact.node.n, "EMBODIES")).values()), None),
        "copies": _copies(index, fact),
        "writable": site_of(request).writable,
    }
    return rendered(request, "article.html", context)


def _origin(article: Article) -> str:
    """The file's name and the place in it; where it lies on this machine is nobody's business."""
    name = re.split(r"[/\\]", article.origin.source)[-1]
    return xml_text(": ".join(filter(None, (name, article.origin.locator))))


def stored(request: Request, ident: str) -> Article:
    """Return the article with its text, from the truth. Raises HTTPException (404) where a retraction has taken it out meanwhile."""
    with GraphHome(site_of(request).home) as truth:
        for article in truth.articles(ident):
            return article
    raise HTTPException(404, f"{ident}: đã rút · taken out of the graph")


def _facts(spans: list[Span]) -> list[Span]:
    return [span for span in spans if span.kind == "fact"]


def _directives(index: Index, n: int) -> tuple[Row, ...]:
    found = index.rows("SELECT n FROM directive WHERE article = ? ORDER BY start, n", (n,))
    return directive_rows(index, [row[0] for row in found])


def _statements(index: Index, n: int) -> list[Fact]:
    found = [one for one in index.facts(index.into(n, "STATED_IN")).values() if one.node.label == "Statement"]
    return sorted(found, key=lambda one: (one.data["start"], one.node.id))


def _names(index: Index, n: int) -> list[Span]:
    rows = index.rows(
        "SELECT json_extract(m.data, '$.start'), json_extract(m.data, '$.end'), b.n, b.id, b.label, b.name, b.hint, b.shared "
        "FROM edge e JOIN node m ON m.n = e.b JOIN edge v ON v.a = m.n AND v.type = 'EVIDENCE_OF' JOIN node b ON b.n = v.b "
        "WHERE e.a = ? AND e.type = 'MENTIONS'",
        (n,),
    )
    return [Span(row[0], row[1], "name", _shown(index, node_of(row[2:]))) for row in rows]


def _shown(index: Index, node: Node) -> Node:
    """A membership is shown as its post."""
    if node.label != "Membership":
        return node
    return next(iter(index.nodes(index.out(node.n, "OF_POST")).values()), node)


def _dates(index: Index, fact: Fact, article: Article) -> list[tuple[str, str, Node | None]]:
    """The four kinds of date, kept apart: publication, crawl, what happened, documents cited."""
    found: list[tuple[str, str, Node | None]] = []
    if article.published:
        found.append(("published", article.published, None))
    if article.crawled:
        found.append(("crawled", article.crawled, None))
    rows = index.rows(
        "SELECT DISTINCT b.n FROM edge e JOIN edge v ON v.a = e.b AND v.type = 'EVIDENCE_OF' JOIN node b ON b.n = v.b "
        "WHERE e.a = ? AND e.type = 'MENTIONS' AND b.label IN ('Meeting', 'Document') AND json_extract(b.data, '$.date') IS NOT NULL",
        (fact.node.n,),
    )
    dated = index.facts(row[0] for row in rows).values()
    kinds = {"Meeting": "event", "Document": "document"}
    more = [(kinds[one.node.label], str(one.data["date"])[:10], one.node) for one in dated]
    return found + sorted(more, key=lambda item: (item[0] == "document", item[1], item[2].id))


def _copies(index: Index, fact: Fact) -> list[Node]:
    """Near-duplicates."""
    cluster = fact.data.get("same_as")
    if not cluster:
        return []
    rows = index.rows(
        "SELECT n FROM node WHERE label = 'ArticleNode' AND json_extract(data, '$.same_as') = ? AND n <> ? LIMIT 20",
        (cluster, fact.node.n),
    )
    return list(index.nodes(row[0] for row in rows).values())
