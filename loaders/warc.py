"""Web archives (WARC, ISO 28500) by fastwarc (an extra): each saved page an article with its address and the day of the crawl."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from kg.errors import InputError
from kg.model.article import Article
from loaders.context import Context
from loaders.dates import parse_date
from loaders.dispatch import Results, read_stream
from loaders.extras import is_damage, missing
from loaders.kinds import Kind

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

MAX_RECORD: Final = 64 * 2**20
"""Bytes of one page; a longer record is named and passed over."""

_TYPES: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "text/html": "html",
        "application/xhtml+xml": "html",
        "application/pdf": "pdf",
        "text/plain": "text",
        "application/rss+xml": "xml",
        "application/atom+xml": "xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    }
)


@dataclass(frozen=True, slots=True)
class _Page:
    """A record that may hold an article, where it stands, and what its head says."""

    place: str
    kind: Kind
    url: str | None
    crawled: str | None
    body: bytes


class _Tail:
    """A stream that is only read, and keeps its last bytes: a record ends with two line ends, so a WARC that ends without is cut off."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._last = b""
        self._count = 0

    def read(self, size: int = -1, /) -> bytes:
        """Read, and keep the end."""
        data = self._stream.read(size)
        self._last = (self._last + data[-4:])[-4:]
        self._count += len(data)
        return data

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._count

    @property
    def is_whole(self) -> bool:
        """Say whether the last record was there to its end."""
        return self._last == b"\r\n\r\n"


def load_warc(stream: BinaryIO, source: str, context: Context) -> Results:
    """Yield the articles of the pages that were answered with 200: HTML, PDF, DOCX, text, feeds; other records are passed over."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ModuleNotFoundError as error:
        raise missing(source, "WARC", "fastwarc", error) from None
    kinds, any_record, found = WarcRecordType.response | WarcRecordType.resource, False, False
    tail = _Tail(stream)
    try:
        for number, record in enumerate(ArchiveIterator(cast(Any, tail), auto_decode="all", stream_detect=False), 1):
            any_record = True
            page = _page(record, f"record {number}", source) if record.record_type & kinds else None
            if isinstance(page, InputError):
                yield page
            elif page:
                found = True
                yield from _read(page, source, context)
    except InputError:
        raise
    # a Rust library: what it raises on damaged files is not one class
    except BaseException as error:
        if not is_damage(error):
            raise
        yield InputError(source, None, f"a damaged or cut off WARC ({error}); pages may be missing")
    else:
        if any_record and not tail.is_whole:
            yield InputError(source, None, "the WARC is cut off; pages may be missing")
    if not any_record:
        yield InputError(source, None, "no WARC record in this file; is it cut off?")
    elif not found:
        yield InputError(source, None, "no page in this WARC that was answered with 200")


def _page(record: "WarcRecord", place: str, source: str) -> "_Page | InputError | None":
    url = record.headers.get("WARC-Target-URI")
    if record.is_http and record.http_headers and record.http_headers.status_code != 200:
        return None
    said = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    kind = _TYPES.get((said or "").split(";")[0].strip().lower())
    if kind is None:
        return None
    body = record.reader.read(MAX_RECORD + 1)
    if len(body) > MAX_RECORD:
        return InputError(source, f"{place} {url}", f"a page of more than {MAX_RECORD >> 20} MB; it was passed over")
    return _Page(place, kind, url, parse_date(record.headers.get("WARC-Date")), body)


def _read(page: _Page, source: str, context: Context) -> Iterator[Article | InputError]:
    for result in read_stream(io.BytesIO(page.body), source, page.kind, context):
        if isinstance(result, InputError):
            place = ", ".join(part for part in (f"{page.place} {page.url or ''}".strip(), result.place) if part)
            yield InputError(result.source, place, result.reason)
        else:
            place = ", ".join(part for part in (page.place, result.origin.locator) if part)
            origin = result.origin.model_copy(update={"locator": place})
            known = {"url": result.url or page.url, "crawled": result.crawled or page.crawled}
            yield result.model_copy(update={"origin": origin, **known})
