"""Vietnamese letters as character classes for regular expressions."""

import unicodedata


def _accented(bases: str) -> str:
    marks = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
    return "".join(unicodedata.normalize("NFC", base + mark) for base in bases for mark in marks)


LOWER = "a-zđ" + "".join(c for c in _accented("aăâeêioôơuưy") if not c.isascii())
"""Inside of a character class: every lower-case Vietnamese letter."""

UPPER = "A-ZĐ" + "".join(c for c in _accented("AĂÂEÊIOÔƠUƯY") if not c.isascii())
"""Inside of a character class: every upper-case Vietnamese letter. (`À-Ỹ` would hold lower-case letters too.)"""
