"""Ids: readable, from meaning, the same on every machine and in every order of ingestion."""

import hashlib
import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def digest(*parts: str, length: int = 16) -> str:
    """Return the first `length` hex digits of the SHA-256 of `parts`, joined by U+001F."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:length]


@lru_cache(maxsize=1 << 13)
def slug(text: str) -> str:
    """Return `text` in ASCII lower case with hyphens; never a key by itself: it drops tones (Hùng and Hưng are one).

    >>> slug("Sở Giáo dục & Đào tạo")
    'so-giao-duc-dao-tao'
    """
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return _NOT_WORD.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def article_id(title: str | None, text: str) -> str:
    """Return the id of an article: `a` and 16 hex digits over its title and text with white space folded.

    >>> article_id(None, "Một  trang") == article_id(None, "Một trang")
    True
    """
    return "a" + digest(" ".join((title or "").split()), " ".join(text.split()))
