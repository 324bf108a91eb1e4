"""Which loader reads a source: by the file's extension, else by its first bytes."""

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Literal

Kind = Literal[
    "text",
    "html",
    "xml",
    "jsonl",
    "json",
    "docx",
    "pdf",
    "csv",
    "tsv",
    "xlsx",
    "parquet",
    "mhtml",
    "warc",
    "wacz",
    "zip",
    "tar",
    "gz",
    "zst",
]

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
        ".docm": "docx",
        ".dotx": "docx",
        ".pdf": "pdf",
        ".csv": "csv",
        ".tsv": "tsv",
        ".xlsx": "xlsx",
        ".xlsm": "xlsx",
        ".parquet": "parquet",
        ".mhtml": "mhtml",
        ".mht": "mhtml",
        ".warc": "warc",
        ".wacz": "wacz",
        ".zip": "zip",
        ".tar": "tar",
        ".tgz": "gz",
        ".gz": "gz",
        ".zst": "zst",
    }
)
"""Extensions that are read, and by which loader."""

_BLANK = b" \t\r\n\xef\xbb\xbf"
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|[\w.-]+:(?:rss|feed))[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.IGNORECASE)
_MHTML = re.compile(rb"(?:From: <?Saved by|MIME-Version:|Snapshot-Content-Location:)", re.IGNORECASE)
_HEADER_MAX = 2_000
_LINES = 4_096
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x1f\x8b", "gz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_JSON_LIST = re.compile(rb'\[\s*[{\]"\[]')


def kind_of_name(name: str) -> Kind | None:
    """Return the kind that a file's name says, or None.

    >>> kind_of_name("a/B.HTML"), kind_of_name("a.jsonl.gz"), kind_of_name("a.bin")
    ('html', 'gz', None)
    """
    return EXTENSIONS.get(PurePath(name).suffix.lower())


def sniff(head: bytes) -> Kind:
    """Return the kind of a source that opens with `head`. Text is what nothing else fits.

    >>> sniff(b'{"text": "..."}'), sniff(b"<?xml version='1.0'?><rss version='2.0'>"), sniff(b"[img] Anh")
    ('jsonl', 'xml', 'text')
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_package(head)
    if head[257:262] == b"ustar":
        return "tar"
    start = _as_utf8(head).lstrip(_BLANK)
    if _MHTML.match(start):
        return "mhtml"
    return _kind_of_text(start)


def _as_utf8(head: bytes) -> bytes:
    """The first lines in UTF-8, whatever encoding they are in."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:
            return head  # a letter cut in two
    else:
        if b"\0" not in head:
            return head
    from loaders.encodings import detect

    cut = 0 if b"\0" in head else head.rfind(b"\n", 0, _LINES) + 1
    guess = detect(head[: cut or _LINES])
    return guess.text.encode("utf-8", "replace") if guess else head


def _kind_of_package(head: bytes) -> Kind:
    """The kinds that are zip archives inside, by the names of their first members."""
    if b"xl/" in head:
        return "xlsx"
    return "docx" if b"word/" in head or b"[Content_Types].xml" in head[:80] else "zip"


def _kind_of_text(start: bytes) -> Kind:
    if start.startswith(b"{"):
        # a record that is spread over lines is a JSON file, not JSON lines
        return "json" if re.match(rb"\{\s*\n", start) else "jsonl"
    if _JSON_LIST.match(start):
        return "json"
    if start.startswith(b"<") and _FEED.search(start):
        return "xml"
    if start.startswith(b"<") or _HTML.search(start):
        return "html"
    head = start.split(b"\n", 1)[0]
    return "tsv" if is_header(head, b"\t") else "csv" if is_header(head, b",") or is_header(head, b";") else "text"


def is_header(line: bytes, delimiter: bytes) -> bool:
    """Say whether `line` heads a table: it names a column of texts beside others.

    >>> is_header("id,Tiêu đề,Nội dung".encode(), b","), is_header("Sáng nay, nội dung".encode(), b",")
    (True, False)
    """
    if delimiter not in line or len(line) > _HEADER_MAX:
        return False
    names = line.decode("utf-8", "replace").split(delimiter.decode())
    from loaders.columns import field_of

    return (
        len(names) > 1
        and sum(field_of(name) is not None for name in names) > 1
        and any(field_of(name) == "text" for name in names)
    )


def is_feed(data: bytes) -> bool:
    """Say whether an XML document is RSS or Atom by its root.

    >>> is_feed(b"<feed xmlns='http://www.w3.org/2005/Atom'>"), is_feed(b"<urlset>")
    (True, False)
    """
    return bool(_FEED.search(data))
