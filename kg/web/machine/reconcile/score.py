"""How well a candidate fits a query: names and properties compared, each from 0 to 1, explained in docs/endpoints.md."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from kg.graph.search import search_form
from kg.text.fold import fold, strip_marks
from kg.web.index.reader import Node
from kg.web.machine.reconcile.properties import Span, Value

UNKNOWN: Final = 0.5
"""What a property counts of which nothing is known: neither for nor against."""

NAME_SHARE: Final = 0.7
"""The share of the name where properties are given, too."""

SURE: Final = 90.0
"""Score from which a candidate may be a match."""

AHEAD: Final = 5.0
"""By how much a match must lie ahead of the next candidate."""

_PLAIN: Final = 0.95
_OTHER_ACCENTS: Final = 0.8
_WITHIN: Final = (0.55, 0.35)
_ALIKE: Final = 0.9


def name_score(asked: str, name: str) -> float:
    """Return how alike two names are.

    1 written alike (case and place of the tone mark aside); 0.95 the same where the query leaves accents out or abbreviates (UBND); 0.8 the
    same letters with other accents; 0.55 to 0.9 one within the other, by length; below that 0.9 of their likeness (rapidfuzz).

    >>> name_score("SỞ Y TẾ", "Sở Y tế"), name_score("so y te", "Sở Y tế"), name_score("Lê Văn Hưng", "Lê Văn Hùng")
    (1.0, 0.95, 0.8)
    """
    written, other = " ".join(fold(asked).split()), " ".join(fold(name).split())
    if not written or not other:
        return 0.0
    if written == other:
        return 1.0
    plain, plain_other = " ".join(search_form(asked).split()), " ".join(search_form(name).split())
    if plain == plain_other:
        return _PLAIN if _accents_fit(written.split(), other.split()) else _OTHER_ACCENTS
    alike = _ALIKE * max(fuzz.ratio(plain, plain_other), fuzz.token_sort_ratio(plain, plain_other)) / 100
    short, long = sorted((plain, plain_other), key=len)
    if f" {short} " in f" {long} ":
        alike = max(alike, _WITHIN[0] + _WITHIN[1] * len(short) / len(long))
    return round(alike, 4)


def property_score(asked: Sequence[object], known: Sequence[Value | Span]) -> float:
    """Return how well values fit: the best pair counts; `UNKNOWN` where nothing is known."""
    if not known or not asked:
        return UNKNOWN
    return max(_pair(one, other) for one in asked for other in known)


def date_score(asked: str, known: str) -> float:
    """Return 1 where two dates agree as far as both go, 0.6 in the same year, 0.2 otherwise.

    >>> date_score("2017-07", "2017-07-24"), date_score("2017-01-02", "2017-07-24"), date_score("2018", "2017")
    (1.0, 0.6, 0.2)
    """
    shared = min(len(asked), len(known), 10)
    if shared >= 4 and asked[:shared] == known[:shared]:
        return 1.0
    return 0.6 if asked[:4] == known[:4] else 0.2


def span_score(asked: str, span: Span) -> float:
    """Return 1 within the span; outside of one that was only seen 0.7 a year off and 0.3 further, outside of an exact one 0.1."""
    if (not span.first or span.first[: len(asked)] <= asked) and (not span.last or asked <= span.last[: len(asked)]):
        return 1.0
    if span.is_exact:
        return 0.1
    years = [abs(int(asked[:4]) - int(end[:4])) for end in (span.first, span.last) if end[:4].isdecimal()]
    return 0.7 if years and min(years) <= 1 else 0.3


def total(name: float | None, props: Sequence[float]) -> float:
    """Return the score from 0 to 100: the name alone, the properties alone, or 70 parts of name and 30 of the mean of the properties."""
    if name is None:
        return round(100 * sum(props) / len(props), 2) if props else 0.0
    if not props:
        return round(100 * name, 2)
    return round(100 * (NAME_SHARE * name + (1 - NAME_SHARE) * sum(props) / len(props)), 2)


def _pair(asked: object, known: Value | Span) -> float:
    if isinstance(asked, dict):
        if isinstance(known, Node) and asked.get("id") == known.id:
            return 1.0
        asked = asked.get("name") or ""
        if not asked:
            return 0.0
    text = str(asked).strip()
    if isinstance(known, Span):
        return span_score(text, known) if text[:4].isdecimal() else UNKNOWN
    if isinstance(known, Node):
        return name_score(text, known.name)
    value = str(known)
    if text[:4].isdecimal() and value[:4].isdecimal() and len(value) >= 4 and value[4:5] in ("", "-"):
        return date_score(text, value)
    return name_score(text, value)


def _accents_fit(written: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether each word that was written with accents has those of the other name; abbreviations can't be compared."""
    if len(written) != len(other):
        return True
    return all(one in (word, strip_marks(word)) for one, word in zip(written, other, strict=True))
