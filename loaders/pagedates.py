"""The dates that a page states about itself, ranked: what is written for machines before what is shown, what is shown before the address."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, get_args

from lxml.etree import _Element

from kg.model.article import PageDate, PageDateKind
from loaders.dates import parse_date
from loaders.htmlmeta import article_nodes, meta_of

_RANK: Final = {kind: rank for rank, kind in enumerate(get_args(PageDateKind))}
_NOT_PUBLISHED: Final = frozenset({"modified", "crawl"})
_META: Final[tuple[tuple[PageDateKind, tuple[str, ...]], ...]] = (
    (
        "meta",
        ("article:published_time", "datepublished", "pubdate", "dc.date.issued", "dc.date", "publish-date", "date"),
    ),
    (
        "modified",
        ("article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified", "dcterms.modified"),
    ),
)
_IN_URL = re.compile(
    r"[/-](?P<y>(?:19|20)\d\d)[/-]?(?P<m>0[1-9]|1[0-2])[/-]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/.-]|\d{6,}|$)"
)


def ranked(dates: Iterable[PageDate]) -> tuple[PageDate, ...]:
    """Return dates without repetitions, the surest kind first."""
    return tuple(sorted(dict.fromkeys(dates), key=lambda date: (_RANK[date.kind], date.iso)))


def published_of(dates: Iterable[PageDate]) -> str | None:
    """Return the publication date of ranked dates: the surest one that is neither a later change nor the crawl.

    >>> published_of([PageDate(kind="visible", iso="2023-06-13"), PageDate(kind="crawl", iso="2024-01-02")])
    '2023-06-13'
    """
    return next((date.iso for date in dates if date.kind not in _NOT_PUBLISHED), None)


def page_dates(tree: _Element, visible: str | None, url: str | None) -> tuple[PageDate, ...]:
    """Return the dates of a page: its head's, the one shown beside the title, the one in its address."""
    return ranked((*_head(tree), *_one("visible", visible), *_one("url", date_in_url(url))))


def _one(kind: PageDateKind, iso: str | None) -> Iterator[PageDate]:
    if iso:
        yield PageDate(kind=kind, iso=iso)


def _head(tree: _Element) -> Iterator[PageDate]:
    for node in article_nodes(tree):
        yield from _one("structured", parse_date(_text(node.get("datePublished"))))
        yield from _one("modified", parse_date(_text(node.get("dateModified"))))
        break
    meta = meta_of(tree)
    for kind, keys in _META:
        yield from _one(kind, next((iso for key in keys if (iso := parse_date(meta.get(key)))), None))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def date_in_url(url: str | None) -> str | None:
    """Return the day that an address holds as a whole.

    >>> date_in_url("https://bao.example/2023/06/13/tin.html"), date_in_url("https://bao.example/tin-20230613074500123.htm")
    ('2023-06-13', '2023-06-13')
    >>> date_in_url("https://bao.example/tin-1234567.html")
    """
    match = _IN_URL.search(url or "")
    return parse_date(f"{match['y']}-{match['m']}-{match['d']}") if match else None
