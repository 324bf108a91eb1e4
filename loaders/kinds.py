"""Which loader reads a source: by the file's extension, else by its first bytes."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Kind = Literal["text", "html", "xml", "jsonl", "json", "docx", "pdf"]

EXTENSIONS: Mapping[str, Kind] = MappingProxyType(
    {
        ".txt": "text",
        ".html": "html",
        ".htm": "html",
        ".xhtml": "html",
        ".xml": "xml",
        ".rss": "xml",
        ".atom": "xml",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".json": "json",
        ".docx": "docx",
        ".pdf": "pdf",
    }
)
"""Extensions that are read, and by which loader."""

_BLANK = b" \t\r\n\xef\xbb\xbf"
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|[\w.-]+:(?:rss|feed))[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.IGNORECASE)
_JSON_LIST = re.compile(rb'\[\s*[{\]"\[]')


def sniff(head: bytes) -> Kind:
    """Return the kind of a source that opens with `head`. Text is what nothing else fits.

    >>> sniff(b'{"text": "..."}'), sniff(b"<?xml version='1.0'?><rss version='2.0'>"), sniff(b"[img] Anh")
    ('jsonl', 'xml', 'text')
    """
    if head.startswith(b"PK\x03\x04") and (b"word/" in head or b"[Content_Types].xml" in head[:80]):
        return "docx"
    start = head.lstrip(_BLANK)
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"{"):
        # a record that is spread over lines is a JSON file, not JSON lines
        return "json" if re.match(rb"\{\s*\n", start) else "jsonl"
    if _JSON_LIST.match(start):
        return "json"
    if start.startswith(b"<") and _FEED.search(start):
        return "xml"
    return "html" if start.startswith(b"<") or _HTML.search(start) else "text"


def is_feed(data: bytes) -> bool:
    """Say whether an XML document is RSS or Atom by its root.

    >>> is_feed(b"<feed xmlns='http://www.w3.org/2005/Atom'>"), is_feed(b"<urlset>")
    (True, False)
    """
    return bool(_FEED.search(data))
