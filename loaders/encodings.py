"""Which encoding the bytes of a file are in: marks, UTF-8 and UTF-16 first, then the legacy encoding whose words are Vietnamese."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from loaders.legacy import LEGACY, UNKNOWN, decode_legacy
from loaders.mend import SURE
from loaders.syllables import Evidence, evidence

_MARGIN: Final = 0.15
_FEWEST: Final = 3
_HEAD: Final = 2_048
_SAMPLE: Final = 1 << 17
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""")
_WESTERN = re.compile(
    rb"[\x82\x84\x85\x91-\x97\x99\xa0\xa3\xa9\xae\xb0\xb7]|(?<=[A-Za-z])[\xe0-\xef\xf1-\xf6\xf9-\xfc](?=[A-Za-z\s.,;:!?)])"
)
_ASCII_WORDS: Final = 20
_BLANK_LATIN = re.compile(r"[\s\x20-\x7e\u00a0-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u206f]")


@dataclass(frozen=True, slots=True)
class Guess:
    """The text of some bytes, the encoding, how sure that is (0 to 1), and what the bytes themselves say (None: nothing)."""

    text: str
    encoding: str
    confidence: float
    declared: str | None = None


def detect(data: bytes) -> Guess | None:
    """Return the text of `data`, or None where no encoding makes sense of it.

    >>> guess = detect("Tỉnh ủy".encode("utf-16"))
    >>> guess.text, guess.encoding, guess.confidence
    ('Tỉnh ủy', 'utf-16', 1.0)
    """
    declared = declared_encoding(data)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            text = _strict(data, name)
            return None if text is None else Guess(text, name.removesuffix("-sig"), 1.0, declared)
    if b"\0" in data[:_HEAD]:
        return _unmarked_utf16(data)
    text = _strict(data, "utf-8")
    if text is not None:
        return Guess(text, "ascii" if text.isascii() else "utf-8", 1.0, declared)
    return None if _is_damaged_utf8(data) else _legacy(data, declared)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that an HTML or XML file says it is in, by Python's name where that knows it.

    >>> declared_encoding(b'<meta charset="Windows-1258">'), declared_encoding(b"<p>")
    ('cp1258', None)
    """
    head = data[:_HEAD]
    found = _DECLARED.search(head.replace(b"\0", b"")) if b"<" in head else None
    if not found:
        return None
    name = found[1].decode("ascii")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return name.lower()


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _unmarked_utf16(data: bytes) -> Guess | None:
    """UTF-16 without a mark: blanks and ASCII letters have a NUL byte on one side, the same throughout."""
    for name, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        text = _strict(data, name) if len(data) % 2 == 0 else None
        head = data[:_HEAD]
        if text and head[high::2].count(0) > max(len(head) // 5, 4 * head[1 - high :: 2].count(0)):
            share = len(_BLANK_LATIN.findall(text[:_HEAD])) / len(text[:_HEAD])
            if share > SURE:
                return Guess(text, name, round(share, 2), declared_encoding(data))
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    text = data[:_SAMPLE].decode("utf-8", "replace")
    bad = text.count(UNKNOWN)
    return sum(not char.isascii() for char in text) - bad > 3 * bad


def _legacy(data: bytes, declared: str | None) -> Guess | None:
    sample = data[:_SAMPLE]
    rated = sorted(((_rated(sample, name), name) for name in LEGACY), key=lambda pair: (pair[0].share, pair[0].valid))
    (second, _), (best, name) = rated[-2:]
    if best.share >= SURE and best.kinds >= _FEWEST and best.share >= second.share + _MARGIN:
        return Guess(decode_legacy(data, name), name, round(best.share * (1 - 1 / (1 + best.kinds)), 2), declared)
    return _western(data, declared)


def _rated(sample: bytes, name: str) -> Evidence:
    return evidence(decode_legacy(sample, name))


def _western(data: bytes, declared: str | None) -> Guess | None:
    """windows-1252: what the file says, or text in ASCII with typographic signs and a few accents."""
    text = _strict(data, "cp1252")
    if text is None:
        return None
    if declared in ("cp1252", "iso8859-1", "latin-1"):
        return Guess(text, "windows-1252", 0.7, declared)
    strange = sum(byte >= 0x80 for byte in data)
    is_english = len(re.findall(rb"\b[A-Za-z]{2,}\b", data[:_SAMPLE])) >= _ASCII_WORDS and strange * 25 <= len(data)
    if is_english and len(_WESTERN.findall(data)) == strange:
        return Guess(text, "windows-1252", 0.6, declared)
    return None
