"""Small pieces of HTML that a page has by the hundred, made faster than a template would: names that lead to their page, quotes with marks."""

import html
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final
from urllib.parse import quote as url_quote

from markupsafe import Markup, escape

from kg.export.html_rows import Piece
from kg.web.index.reader import Node

_WEB: Final = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


def doc_url(ident: str) -> str:
    """Return the address of the page of an entity.

    >>> doc_url("doc:04-NQ/TW@XII")
    '/doc/doc:04-NQ/TW@XII'
    """
    return "/doc/" + url_quote(ident, safe="/:@~")


def is_web(url: str) -> bool:
    """Say whether an address may become a link: http and https only."""
    return bool(_WEB.fullmatch(url))


@lru_cache(maxsize=1 << 14)
def link(node: Node, full: bool = True) -> Markup:
    """Return a name as a link to its page; `full` adds what tells it from others of that name.

    >>> link(Node(1, "p", "Person", "<b>", "", False))
    Markup('<a href="/doc/p"><bdi>&lt;b&gt;</bdi></a>')
    """
    return Markup(f'<a href="{escape(doc_url(node.id))}"><bdi>{escape(node.title if full else node.name)}</bdi></a>')


def links(nodes: Iterable[Node], nobody: str) -> Markup:
    """Return the names, or `nobody` where there are none."""
    return Markup(", ".join(map(link, nodes)) or f"<i>{escape(nobody)}</i>")


def quote(pieces: Sequence[Piece]) -> Markup:
    """Return a quote, its marked stretches as `mark`."""
    inner = "".join(
        f'<mark class="mark-{piece.mark}">{html.escape(piece.text)}</mark>' if piece.mark else html.escape(piece.text)
        for piece in pieces
    )
    return Markup(f"<blockquote><bdi>{inner}</bdi></blockquote>")
