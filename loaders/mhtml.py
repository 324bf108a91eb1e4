"""A page saved by a browser as one file (MHTML, RFC 2557): its first HTML part, read as a page."""

import email
import email.policy
import io
from collections.abc import Iterator
from email.message import Message
from typing import BinaryIO, Final

from kg.errors import InputError
from kg.model.article import Article
from loaders.dates import parse_date
from loaders.html import load_html

MAX_BYTES: Final = 64 * 2**20
"""No saved page with its pictures is larger."""


def load_mhtml(stream: BinaryIO, source: str) -> Iterator[Article]:
    """Yield the one article of the page; its address and the day of saving are those of the file's head."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(source, None, f"larger than {MAX_BYTES >> 20} MB; one page a file")
    if not data.strip():
        raise InputError(source, None, "empty file: nothing to read")
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    page = next(
        (part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")), None
    )
    payload = page.get_payload(decode=True) if page else None
    if page is None or not isinstance(payload, bytes):
        raise InputError(source, None, "no HTML part in this MHTML file; save the page from a browser again")
    url = _address(message) or _address(page)
    for article in load_html(io.BytesIO(payload), source):
        origin = article.origin.model_copy(update={"loader": "mhtml"})
        crawled = article.crawled or parse_date(str(message.get("Date") or ""))
        yield article.model_copy(update={"origin": origin, "url": article.url or url, "crawled": crawled})


def _address(part: "Message") -> str | None:
    found = part.get("Snapshot-Content-Location") or part.get("Content-Location")
    address = "".join(str(found or "").split())
    return address if address.startswith(("http://", "https://")) else None
