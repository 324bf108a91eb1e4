"""Names as keys of identity: tone marks count; case, tone placement, joiners and abbreviations do not. Rules: DOMAIN.md 1.1."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from kg.lexicon.tables import read_table
from kg.model.ids import digest, slug
from kg.text.fold import fold

Key = tuple[str, ...]
"""The folded syllables of a name."""

_GLUED = re.compile(r"\b(TP|Tp|TX|TT)\.(?=[^\W\d_])")
_WORD = re.compile(r"\w+(?:\.\w+)*")


@cache
def _expansions() -> dict[str, str]:
    return {row["abbreviation"]: row["expansion"] for row in read_table("agency_abbreviations")}


@lru_cache(maxsize=200_000)
def body_key(name: str) -> Key:
    """Return the key of a body's name: abbreviations written out, joiners ("và", "&", commas, hyphens) dropped.

    >>> body_key("UBND TP. Huế") == body_key("Ủy ban nhân dân thành phố Huế")
    True
    """
    written = _WORD.sub(lambda m: _expansions().get(m.group(), m.group()), _GLUED.sub(r"\1 ", name))
    return tuple(word for word in _WORD.findall(fold(written)) if word != "và")


@lru_cache(maxsize=200_000)
def person_key(name: str) -> str:
    """Return the key of a person's name: case and tone placement folded, nothing else.

    >>> person_key("NGUYỄN VĂN HOÀ") == person_key("Nguyễn Văn Hòa") != person_key("Nguyễn Văn Hoa")
    True
    """
    return " ".join(fold(name).split())


@lru_cache(maxsize=100_000)
def label(name: str, *key: str) -> str:
    """Return the readable part of an id for a name: its slug, and a digest of the exact key, since slugs lose the tones.

    >>> label("Sở Y tế", "sở y tế") != label("Sở Y tệ", "sở y tệ")
    True
    """
    return f"{slug(name)[:60] or 'x'}~{digest(*key, length=8)}"


def best(forms: Iterable[str]) -> str:
    """Return the form that stands for all: the most frequent, then the longest, then the first in code point order."""
    counts = Counter(forms)
    return min(counts, key=lambda form: (-counts[form], -len(form), form))
