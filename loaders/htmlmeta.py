"""What a page's head says about its article: meta elements, JSON-LD, links.

trafilatura's own metadata is not used: its date finder takes any date of the page's body, and made up a day for a page of ours.
"""

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlsplit

import orjson
from lxml.etree import _Element

from loaders.build import Facts
from loaders.dates import parse_date

_META: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("title", ("og:title", "dc.title", "title")),
    (
        "published",
        ("article:published_time", "datepublished", "pubdate", "dc.date.issued", "dc.date", "publish-date", "date"),
    ),
    ("modified", ("article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "lastmod")),
    ("author", ("article:author", "author", "dc.creator")),
    ("outlet", ("og:site_name", "application-name", "dc.publisher")),
    ("url", ("og:url",)),
)
_ARTICLE_TYPES = ("article", "posting", "report")
_NODES_MAX = 10_000


def head_facts(tree: _Element) -> Facts:
    """Return title, date, author, outlet and address as the head of `tree` gives them: JSON-LD before meta elements."""
    meta = meta_of(tree)
    facts = _json_ld(tree)
    for name, keys in _META:
        value = facts.get(name) or next((meta[key] for key in keys if meta.get(key)), None)
        facts[name] = parse_date(value) if name in ("published", "modified") else value
    canonical = tree.xpath("string((//link[@rel='canonical']/@href)[1])")
    facts["url"] = next((url for url in (str(canonical), facts["url"]) if url and _is_web(url)), None)
    if facts["author"] and (facts["author"] == facts["outlet"] or _is_web(facts["author"])):
        facts["author"] = None
    return cast(Facts, facts)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def meta_of(tree: _Element) -> dict[str, str]:
    """Return the meta elements of a page by property, name or itemprop in lower case, the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = " ".join((element.get("content") or "").split())
        if value:
            found.setdefault(key.lower(), value)
    return found


def article_nodes(tree: _Element) -> Iterator[dict[str, Any]]:
    """Yield the objects of a page's JSON-LD that are articles."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            yield from filter(_is_article, _nodes(script.text or ""))


def _json_ld(tree: _Element) -> dict[str, str | None]:
    node = next(article_nodes(tree), None)
    if node is None:
        return {}
    return {
        "title": _name(node.get("headline")),
        "published": _name(node.get("datePublished")),
        "modified": _name(node.get("dateModified")),
        "author": _name(node.get("author")),
        "outlet": _name(node.get("publisher")),
        "url": _name(node.get("url")),
    }


def _nodes(text: str) -> Iterator[dict[str, Any]]:
    try:
        queue: list[Any] = [orjson.loads(text.strip())]
    except orjson.JSONDecodeError:
        return
    for _ in range(_NODES_MAX):
        if not queue:
            return
        value = queue.pop(0)
        if isinstance(value, dict):
            yield value
        queue.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.lower().endswith(_ARTICLE_TYPES) for name in names)


def _name(value: object) -> str | None:
    if isinstance(value, list):
        return ", ".join(name for item in value if (name := _name(item))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) or None if isinstance(value, str) else None
