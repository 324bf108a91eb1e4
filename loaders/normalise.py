"""Bytes to final text: decoding, NFC, line ends. Nothing else about a text is ever changed."""

import codecs
import unicodedata

from kg.errors import InputError

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3", "an SQLite database"),
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HINT = "save it as UTF-8 (for example: iconv -f WINDOWS-1258 -t UTF-8)"


def nfc(text: str) -> str:
    """Return `text` in NFC, the form that every offset of the project counts in.

    >>> len(nfc("Tỉnh u\\u0309y"))
    7
    """
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def is_utf16(head: bytes) -> bool:
    """Say whether `head` opens with the byte order mark of UTF-16."""
    return head.startswith(_UTF16)


def refuse_binary(source: str, head: bytes) -> None:
    """Raise InputError where `head`, the first bytes of a file, is of a known binary kind or holds NUL bytes (UTF-16 aside)."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise InputError(source, None, f"this is {kind}, not text; give text, HTML, RSS or JSON lines")
    if b"\0" in head and not is_utf16(head):
        place = f"byte {head.index(0)}"
        raise InputError(source, place, "binary file (a NUL byte); give text, HTML, RSS or JSON lines")


def decode(data: bytes, source: str) -> str:
    """Return the text of a file: UTF-8 (with or without a byte order mark) or UTF-16 by its mark; NFC; CRLF made LF.

    Raises InputError for an empty, a binary and a wrongly encoded file; the place is a byte offset and a line, both of `data`.

    >>> decode(b"\\xef\\xbb\\xbfM\\xe1\\xbb\\x99t\\r\\nHai", "a.txt")
    'Một\\nHai'
    """
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise InputError(source, None, "empty file: nothing to read")
    refuse_binary(source, data)
    return nfc(_text(data, source).replace("\r\n", "\n"))


def _text(data: bytes, source: str) -> str:
    name = "UTF-16" if is_utf16(data) else "UTF-8"
    try:
        return data.decode("utf-16" if name == "UTF-16" else "utf-8-sig")
    except UnicodeDecodeError as error:
        # utf-8-sig counts from behind the mark
        offset = error.start + (3 if name == "UTF-8" and data.startswith(codecs.BOM_UTF8) else 0)
        line = data.count(b"\n", 0, offset) + 1
        raise InputError(source, f"byte {offset}, line {line}", f"not valid {name}; {_HINT}") from None
