"""The encodings that Vietnamese was written in before Unicode: bytes to text by the tables of `charsets/`."""

import codecs
import csv
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

UNKNOWN: Final = "\ufffd"
"""Stands for a byte that an encoding does not have."""

_CAPITALS: Final = re.compile(r"[A-ZĂÂĐÊÔƠƯ]{2}")
_TONED: Final = re.compile(r"[^\W\d_]+")


def read_charset(name: str) -> tuple[tuple[bytes, str], ...]:
    """Return the rows of a table of `charsets/`: one or two bytes, and their character.

    >>> dict(read_charset("vni"))[bytes([0x61, 0xE0])]
    'ầ'
    """
    text = (files("loaders") / "charsets" / f"{name}.csv").read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines()[1:])
    return tuple((bytes.fromhex(code), character) for code, character in rows)


def decode_legacy(data: bytes, encoding: str) -> str:
    """Return the text of `data` in one of `LEGACY`, in NFC; a byte that the encoding does not have is `UNKNOWN`.

    >>> decode_legacy(b"X\\xb7 T\\xa9y", "tcvn3"), decode_legacy(b"Tu\\xfa", "viscii"), decode_legacy(b"Vie\\xe4t", "vni")
    ('Xã Tây', 'Tuú', 'Việt')
    """
    return unicodedata.normalize("NFC", LEGACY[encoding](data))


def _windows_1258(data: bytes) -> str:
    return data.decode("cp1258", "replace")


def _viscii(data: bytes) -> str:
    return codecs.charmap_decode(data, "replace", _viscii_table())[0]


def _tcvn3(data: bytes) -> str:
    text = codecs.charmap_decode(data, "replace", _tcvn3_table())[0]
    return "\n".join(_capitals(line) for line in unicodedata.normalize("NFC", text).split("\n"))


def _vni(data: bytes) -> str:
    # the second byte of a pair is a letter of its own in windows-1252: pairs first, then what is left
    pattern, table = _vni_pairs()
    return pattern.sub(lambda match: table[match.group()], data.decode("cp1252", "replace"))


LEGACY: Final[Mapping[str, Callable[[bytes], str]]] = MappingProxyType(
    {"windows-1258": _windows_1258, "tcvn3": _tcvn3, "vni": _vni, "viscii": _viscii}
)
"""Names of the encodings, and what reads their bytes."""


@cache
def _viscii_table() -> str:
    table = [chr(code) if code < 0x80 else UNKNOWN for code in range(256)]
    for (code,), character in read_charset("viscii"):
        table[code] = character
    return "".join(table)


@cache
def _tcvn3_table() -> str:
    signs = bytes(range(0x80, 0xA1)).decode("cp1252", "replace")
    table = [*map(chr, range(0x80)), *signs, *UNKNOWN * (0x100 - 0xA1)]
    for (code,), character in read_charset("tcvn3"):
        table[code] = character
    return "".join(table)


@cache
def _vni_pairs() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = {code.decode("cp1252"): character for code, character in read_charset("vni")}
    # fonts show the mark over either case: a capital may bear the mark of small letters
    for pair, character in tuple(table.items()):
        if len(pair) == 2 and pair.isupper():
            table.setdefault(pair[0] + pair[1].lower(), character)
    ordered = sorted(table, key=lambda pair: (-len(pair), pair))
    return re.compile("|".join(map(re.escape, ordered))), MappingProxyType(table)


def _capitals(line: str) -> str:
    """TCVN3 has no capital with a tone: a capitals' font shows the small letter as one, so in words of capitals it is one."""
    if not _CAPITALS.search(line):
        return line
    words = [word for word in _TONED.findall(line) if len(word) > 1]
    if len(words) > 2 and all(_is_capital(word) for word in words):
        return line.upper()
    return _TONED.sub(lambda match: match.group().upper() if _inner_capital(match.group()) else match.group(), line)


def _is_capital(word: str) -> bool:
    return all(char.isupper() or not char.isascii() for char in word)


def _inner_capital(word: str) -> bool:
    return _is_capital(word) and any(char.isupper() for char in word[1:])
