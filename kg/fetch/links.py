"""The pages that a feed or a sitemap lists."""

import io
import re
from collections.abc import Iterator
from urllib.parse import urljoin

_SITEMAP = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)[\s>]")
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|[\w.-]+:(?:rss|feed))[\s>]", re.IGNORECASE)
_HEAD = 4096


def is_list(body: bytes) -> bool:
    """Say whether a document is a feed or a sitemap, by its root.

    >>> is_list(b"<?xml version='1.0'?><urlset>"), is_list(b"<html>")
    (True, False)
    """
    head = body[:_HEAD]
    return bool(_SITEMAP.search(head) or _FEED.search(head))


def listed_in(body: bytes, base: str) -> Iterator[str]:
    """Yield the addresses that a feed or a sitemap lists, in its order; nothing where it declares entities, which are not read."""
    if b"<!ENTITY" in body.upper():
        return
    found = _sitemap(body) if _SITEMAP.search(body[:_HEAD]) else _feed(body)
    for url in found:
        try:
            yield urljoin(base, url.strip())
        except ValueError:
            continue


def _sitemap(body: bytes) -> Iterator[str]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(body, parser)
    for element in root.iter("{*}loc") if root is not None else ():
        parent = element.getparent()
        # images and videos of a page have a loc, too
        if element.text and parent is not None and str(parent.tag).endswith(("}url", "}sitemap", "url", "sitemap")):
            yield element.text


def _feed(body: bytes) -> Iterator[str]:
    import feedparser

    parsed = feedparser.parse(io.BytesIO(body))
    for entry in parsed.get("entries", ()):
        if link := entry.get("link"):
            yield str(link)
