"""What files are by their first bytes or their extensions where no loader reads them or their name says something else, and what to do then."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from kg.errors import InputError
from loaders.kinds import Kind, sniff


class Known(NamedTuple):
    """Files that open with `magic` are `label`; `advice` says what to do with one."""

    magic: bytes
    label: str
    advice: str


_OFFICE: Final = "save it as .docx or .xlsx, without a password"
_PICTURE: Final = "pictures of pages need OCR first: ocrmypdf -l vie FILE.pdf TEXT.pdf"
KNOWN: Final = (
    Known(b"%PDF", "a PDF", "name it .pdf"),
    Known(b"PK\x03\x04", "a zip archive or an Office file", "name it .zip, .docx or .xlsx"),
    Known(b"\x1f\x8b", "a gzip archive", "name it .gz"),
    Known(b"\x28\xb5\x2f\xfd", "a zstd archive", "name it .zst"),
    Known(b"PAR1", "a Parquet file", "name it .parquet"),
    Known(b"\xfd7zXZ", "an xz archive", "unpack it first"),
    Known(b"BZh", "a bzip2 archive", "unpack it first"),
    Known(b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    Known(b"Rar!\x1a", "a RAR archive", "unpack it first"),
    Known(b"\xd0\xcf\x11\xe0", "an old Office file, or an encrypted one", _OFFICE),
    Known(b"{\\rtf", "an RTF file", "save it as .docx"),
    Known(b"\x89PNG", "a PNG image", _PICTURE),
    Known(b"\xff\xd8\xff", "a JPEG image", _PICTURE),
    Known(b"GIF8", "a GIF image", _PICTURE),
    Known(b"II*\0", "a TIFF image", _PICTURE),
    Known(b"SQLite format 3", "an SQLite database", "export it as JSON lines or CSV"),
)
"""Kinds that are no text."""

UNREAD: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys((".doc", ".rtf", ".odt", ".wps"), "save them as .docx"),
        **dict.fromkeys((".xls", ".ods", ".xlsb"), "save them as .xlsx"),
        **dict.fromkeys((".7z", ".rar", ".xz", ".bz2"), "unpack them first"),
        **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff"), "pictures of pages need OCR first (ocrmypdf)"),
    }
)
"""What to do with files of an extension that no loader reads."""

_PACKAGE: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_OPENS: Final[Mapping[Kind, Callable[[bytes], bool]]] = MappingProxyType(
    {
        "pdf": lambda head: b"%PDF" in head[:1024],
        "docx": lambda head: head.startswith(_PACKAGE),
        "xlsx": lambda head: head.startswith(_PACKAGE),
        "zip": lambda head: b"PK" in head,
        "wacz": lambda head: b"PK" in head,
        "parquet": lambda head: head.startswith(b"PAR1"),
        "gz": lambda head: head.startswith(b"\x1f\x8b"),
    }
)
_TEXTS: Final[Mapping[Kind, str]] = MappingProxyType(
    {"html": "an HTML page", "xml": "XML", "json": "JSON", "jsonl": "JSON lines", "text": "text", "csv": "a table"}
)


def refuse_known(source: str, head: bytes) -> None:
    """Raise InputError where `head`, the first bytes of what should be text, is of a kind that is none."""
    found = next((one for one in KNOWN if head.startswith(one.magic)), None)
    if found:
        raise InputError(source, None, f"this is {found.label}, not text; {found.advice}")


def refuse_misnamed(source: str, kind: Kind, head: bytes) -> None:
    """Raise InputError where a file is empty, or where one that should be a `kind` opens as text: often an error page that was saved as the file."""
    if not head:
        raise InputError(source, None, "empty file: nothing to read")
    opens = _OPENS.get(kind)
    if opens is None or opens(head) or b"\0" in head:
        return
    if label := _TEXTS.get(sniff(head)):
        raise InputError(
            source,
            None,
            f"no {kind.upper()} file: it opens as {label}. An error page in its place? Get it again, or name it by what it is",
        )
