"""The WARC that pages are kept in: written record by record, read again to go on where it ended."""

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import urlsplit

from kg.errors import StoreError
from kg.fetch.client import Response

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecordType

_NOT_MODIFIED: Final = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_UNPACKED_MAX: Final = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file holds of a page: its tags for a conditional request, and where it redirects to."""

    status: int
    etag: str | None = None
    modified: str | None = None
    body: bytes = b""
    location: str | None = None


@dataclass(slots=True)
class Archive:
    """A WARC file open for more records; `kept` are its pages by URL."""

    path: Path
    kept: dict[str, Kept] = field(default_factory=dict)
    _out: BinaryIO | None = None

    @classmethod
    def open(cls, path: Path) -> "Archive":
        """Open the file, which need not exist; a record that an interruption cut off is taken out. Raises StoreError where it is no WARC."""
        archive = cls(path)
        if path.exists() and path.stat().st_size:
            end = archive._read()
            with path.open("r+b") as stream:
                stream.truncate(end)
        archive._out = path.open("ab")
        return archive

    def _read(self) -> int:
        """Read the records; returns where the last whole one ends."""
        end = 0
        try:
            for record, at in _records(self.path):
                end = at
                self._note(record)
        except _Torn:
            pass
        if not end:
            raise StoreError(f"{self.path}: not a WARC file; give another name with -o")
        return end

    def _note(self, data: bytes) -> None:
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        for record in ArchiveIterator(io.BytesIO(data), record_types=WarcRecordType.response):
            url, headers = record.headers.get("WARC-Target-URI"), record.http_headers
            if not url or headers is None:
                continue
            named = {str(name).lower(): str(value) for name, value in headers}
            kind = named.get("content-type", "").partition(";")[0].strip().lower()
            body = (
                plain_body(record.reader.read(), named.get("content-encoding"))
                if "xml" in kind or "rss" in kind
                else b""
            )
            self.kept[str(url)] = Kept(
                headers.status_code or 0, named.get("etag"), named.get("last-modified"), body, named.get("location")
            )

    def add(self, response: Response) -> None:
        """Write request and answer; an answer that says "not modified" becomes a revisit of the page that the file holds."""
        from fastwarc.warc import WarcRecordType

        assert self._out is not None
        target = {"WARC-Target-URI": response.url, "WARC-IP-Address": response.address}
        asked = _head(f"GET {_path(response.url)} HTTP/1.1", response.request)
        answered = _head(f"HTTP/1.1 {response.status} {response.reason}".rstrip(), response.headers)
        if response.status == 304:
            kind, extra = (
                WarcRecordType.revisit,
                {"WARC-Profile": _NOT_MODIFIED, "WARC-Refers-To-Target-URI": response.url},
            )
        else:
            kind, extra = WarcRecordType.response, {}
        request = _record(WarcRecordType.request, "request", asked, target)
        answer = _record(kind, "response", answered + response.body, {**target, **extra})
        # the request first: an interruption cuts off the answer, and the page is asked for again
        self._out.write(gzip.compress(request) + gzip.compress(answer))
        self._out.flush()

    def close(self) -> None:
        """Close the file."""
        if self._out is not None:
            self._out.close()


class _Torn(Exception):
    """The file ends inside of a record."""


def _records(path: Path) -> Iterator[tuple[bytes, int]]:
    """Yield each gzip member (one record) unpacked, and where it ends in the file."""
    end = 0
    with path.open("rb") as stream:
        data = stream.read(1 << 16)
        while data:
            member, used, out = zlib.decompressobj(16 + zlib.MAX_WBITS), 0, []
            while data and not member.eof:
                try:
                    out.append(member.decompress(data))
                except zlib.error as error:
                    raise _Torn from error
                used += len(data) - len(member.unused_data)
                data = member.unused_data if member.eof else stream.read(1 << 16)
            if not member.eof:
                raise _Torn
            end += used
            yield b"".join(out), end
            data = data or stream.read(1 << 16)


def _record(kind: "WarcRecordType", message: str, content: bytes, headers: Mapping[str, str]) -> bytes:
    from fastwarc.warc import WarcRecord

    record = WarcRecord()
    record.init_headers(record_type=kind)
    for name, value in headers.items():
        record.headers[name] = value
    record.headers["Content-Type"] = f"application/http; msgtype={message}"
    record.set_bytes_content(content)
    out = io.BytesIO()
    record.write(out, checksum_data=True)
    return out.getvalue()


def _head(first: str, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers if name.lower() != "transfer-encoding")]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def unpacked(response: Response) -> bytes:
    """Return the body of an answer as it was before it was packed for the way; as it came where it can't be unpacked."""
    return plain_body(response.body, response.header("content-encoding"))


def plain_body(body: bytes, encoding: str | None) -> bytes:
    """Return `body` without its Content-Encoding, at most `_UNPACKED_MAX` bytes of it; as it is where it can't be unpacked.

    >>> plain_body(gzip.compress(b"x"), "gzip")
    b'x'
    """
    bits = {"gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}.get((encoding or "").lower())
    if bits is None:
        return body
    try:
        return zlib.decompressobj(bits).decompress(body, _UNPACKED_MAX)
    except zlib.error:
        return body
