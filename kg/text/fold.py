"""Length-preserving folding: case, tone placement, dashes, blanks and quotes made equal, one code point for one code point.

Rules: DOMAIN.md 1.1. Matching runs on the folded text; offsets hold in the original, since both have the same length.
"""

import re
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
# an open syllable only (khoá, uỷ): toán, hoàn keep theirs; after q the u belongs to the consonant. The set comes first because `re` looks
# for its characters without trying the rest
_OLD = re.compile(rf"[ou][{''.join(sorted({pair[1] for pair in _OLD_PAIRS}))}](?!\w)(?<!q..)")
_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2007\u202f\u2002\u2003\u2009\u3000\t", " "),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    "ð": "đ",  # the Icelandic letter, and in upper case its look-alike Ð, typed for đ
}
_SIGN = re.compile(f"[{''.join(_SIGNS)}]")


def fold(text: str) -> str:
    """Return `text` in lower case with new-style tone marks, plain dashes, blanks and quotes; the length stays.

    >>> fold("TỈNH UỶ – khoá\\u00a0XII, quý I")
    'tỉnh ủy - khóa xii, quý i'
    """
    lower = text.lower()
    if len(lower) != len(text):
        # İ alone becomes two characters in lower case; it stays, and words beside it fold as they do alone
        lower = "İ".join(part.lower() for part in text.split("İ"))
    if _SIGN.search(lower):  # most names have none
        for sign, plain in _SIGNS.items():
            lower = lower.replace(sign, plain)
    return _OLD.sub(_new_tone, lower)


def _new_tone(match: re.Match[str]) -> str:
    return _NEW.get(match.group(), match.group())


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
