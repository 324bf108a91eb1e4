"""Text to the bytes of an encoding that Vietnamese was written in before Unicode. Only tests write them."""

import unicodedata
from functools import cache

from loaders.legacy import read_charset

TONES = "\u0300\u0301\u0303\u0309\u0323"
LETTERS = [
    unicodedata.normalize("NFC", case(vowel) + tone)
    for case in (str.lower, str.upper)
    for vowel in "aăâeêioôơuưy"
    for tone in ("", *TONES)
]
LETTERS = [*(letter for letter in LETTERS if not letter.isascii()), "đ", "Đ"]
"""The 134 letters of Vietnamese that ASCII does not have."""

NOT_HELD = {
    "windows-1258": "",
    # its upper half has capitals without a tone only (ĂÂĐÊÔƠƯ): a font of capitals shows the small letters as such
    "tcvn3": "".join(c for c in LETTERS if c.isupper() and c not in "ĂÂĐÊÔƠƯ"),
    "vni": "",
    # all its bytes are letters, so it has no typographic signs
    "viscii": "“”‘’–—…•",
}
"""What each encoding can't hold of what the sentences and samples are written with."""


@cache
def _table(encoding):
    table = {character: code for code, character in read_charset(encoding)}
    if encoding != "viscii":
        table |= {char: char.encode("cp1252") for char in "“”‘’–—…•"}
    return table


def encode(text, encoding):
    """Return the bytes of `text`; raises KeyError for a character that the encoding does not have."""
    if encoding == "windows-1258":
        return b"".join(_windows_1258(char) for char in text)
    table = _table(encoding)
    return b"".join(char.encode() if char.isascii() else table[char] for char in text)


def _windows_1258(char):
    """A letter, then its tone as a mark: how the code page is made."""
    marks = unicodedata.normalize("NFD", char)
    tone = "".join(c for c in marks if c in TONES)
    base = unicodedata.normalize("NFC", "".join(c for c in marks if c not in TONES))
    try:
        return char.encode("cp1258")
    except UnicodeEncodeError:
        return base.encode("cp1258") + tone.encode("cp1258")


def as_read_wrongly(data):
    """Return bytes as one reads them who takes them for windows-1252, as browsers do: its empty places are control characters."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)
