"""Length-preserving folding: case, tone placement, dashes, blanks and quotes made equal, one code point for one code point.

Rules: DOMAIN.md 1.1. Matching runs on the folded text; offsets hold in the original, since both have the same length.
"""

import re
import sys
import unicodedata

_OLD_PAIRS = ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")
_TONES = "\u0300\u0301\u0309\u0303\u0323"


def _moved(pair: str) -> str:
    """`oà` -> `òa`: the tone mark goes from the second vowel to the first."""
    base = unicodedata.normalize("NFD", pair)
    tone = next(c for c in base if c in _TONES)
    first, second = (c for c in base if c != tone)
    return unicodedata.normalize("NFC", first + tone) + second


_NEW = {pair: _moved(pair) for pair in _OLD_PAIRS}
# an open syllable only (khoá, uỷ): toán, hoàn keep theirs; after q the u belongs to the consonant
_OLD = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_PAIRS)})(?!\w)")


def _char_table() -> dict[int, str]:
    table = {ord(dash): "-" for dash in "‐‑‒–—―−"}
    table |= {ord(blank): " " for blank in "\u00a0\u2007\u202f\u2002\u2003\u2009\u3000\t"}
    table |= {ord(quote): '"' for quote in "“”„‟«»″"}
    table |= {ord(quote): "'" for quote in "‘’‚‛′`´"}
    table[ord("Ð")] = table[ord("ð")] = "đ"
    for code in range(sys.maxunicode + 1 if sys.maxunicode < 0x2000 else 0x2000):
        lower = chr(code).lower()
        if code not in table and len(lower) == 1 and lower != chr(code):
            table[code] = lower
    return table


_CHARS = _char_table()


def fold(text: str) -> str:
    """Return `text` in lower case with new-style tone marks, plain dashes, blanks and quotes; the length stays.

    >>> fold("TỈNH UỶ – khoá\\u00a0XII, quý I")
    'tỉnh ủy - khóa xii, quý i'
    """
    lower = text.translate(_CHARS)
    return _OLD.sub(lambda m: _NEW[m.group()], lower)


_BARE_TABLE: dict[int, str] = {}
for _code in range(0x00C0, 0x2000):
    _plain = unicodedata.normalize("NFD", chr(_code))[0]
    if _plain != chr(_code) and _plain.isascii():
        _BARE_TABLE[_code] = _plain.lower()
_BARE_TABLE |= {ord("đ"): "d", ord("Đ"): "d", ord("ð"): "d", ord("Ð"): "d"}


def strip_marks(text: str) -> str:
    """Return the folded text without any diacritics (đ becomes d): for search only, never a key of identity.

    >>> strip_marks("Đồng Nai, năm 2025")
    'dong nai, nam 2025'
    """
    return unicodedata.normalize("NFC", fold(unicodedata.normalize("NFC", text)).translate(_BARE_TABLE)).translate(
        _BARE_TABLE
    )
