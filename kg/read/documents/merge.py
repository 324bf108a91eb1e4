"""Joins the places that cite one document into one `DocumentRead`."""

import re
from collections import Counter
from collections.abc import Sequence

from kg.model.reading import DocumentRead, Evidence
from kg.read.documents.found import Found
from kg.read.page import Page

_WORD = re.compile(r"\w+")
_COMMON = Counter(
    {"quy": 1, "định": 1, "về": 2, "việc": 1, "của": 2, "và": 2, "chính": 1, "phủ": 1, "thủ": 1, "tướng": 1}
)
_LONGEST_OWNER = 60
_ALIKE_WORDS = 3
_ALIKE_SHARE = 0.8


def merge(page: Page, found: Sequence[Found]) -> tuple[DocumentRead, ...]:
    """Return one document for the citations of each, in the order of their first places.

    Citations with one `ident` are one document; a short form ("Nghị quyết 18") is the only document of its kind with that
    number; a law without a year is the only one of its name with a year.
    """
    groups: dict[str, list[Found]] = {}
    for one in found:
        groups.setdefault(one.ident, []).append(one)
    for ident, into in _short_forms(groups).items():
        groups[into].extend(groups.pop(ident))
    for ident, into in _same_titles(groups).items():
        groups[into].extend(groups.pop(ident))
    ordered = sorted(groups.values(), key=lambda g: min(f.start for f in g))
    return tuple(_document(page, group) for group in ordered)


def _short_forms(groups: dict[str, list[Found]]) -> dict[str, str]:
    """Short ident -> the fuller ident that it means: the only one of its kind and number, of laws the latest."""
    by_short: dict[tuple[str, str], list[str]] = {}
    for ident, group in groups.items():
        for short in sorted({f.short for f in group if f.short}):
            by_short.setdefault(short, []).append(ident)
    joined: dict[str, str] = {}
    for idents in by_short.values():
        full = sorted(i for i in idents if _is_full(groups[i][0]))
        if len(full) == 1 or (full and groups[full[0]][0].rule == "documents.law-name"):
            joined |= {i: full[-1] for i in idents if not _is_full(groups[i][0])}
    return joined


def _is_full(found: Found) -> bool:
    if found.rule == "documents.law-name":
        return found.date is not None
    return found.ident.startswith("#") or (found.term is not None and found.rule == "documents.plenum-name")


def _same_titles(groups: dict[str, list[Found]]) -> dict[str, str]:
    """Title ident -> an earlier one that it repeats, shortened or with the issuer added: most words of one stand in the other.

    A resolution and the Đề án that it approves are two (GUIDELINES.md), so only titles of one kind are compared.
    """
    titles = {i: (g[0].type, _subject(g[0])) for i, g in groups.items() if i.startswith("title ")}
    joined: dict[str, str] = {}
    idents = list(titles)
    for at, ident in enumerate(idents):
        kind, words = titles[ident]
        same = (e for e in idents[:at] if e not in joined and titles[e][0] == kind and _alike(titles[e][1], words))
        earlier = next(same, None)
        if earlier is not None:
            joined[ident] = earlier
    return joined


def _subject(found: Found) -> Counter[str]:
    """The words of a title without its kind, its issuer and the words that any title has."""
    name = found.name.lower().removeprefix(found.type.lower())
    owner, about, rest = name.partition(" về ")
    return Counter(_WORD.findall(rest if about and len(owner) < _LONGEST_OWNER else name)) - _COMMON


def _alike(one: Counter[str], other: Counter[str]) -> bool:
    shorter = min(one.total(), other.total())
    return shorter >= _ALIKE_WORDS and (one & other).total() >= _ALIKE_SHARE * shorter


def _document(page: Page, group: Sequence[Found]) -> DocumentRead:
    named = [f for f in group if f.rule != "documents.anaphora"]
    best = max(named, key=lambda f: (f.ident.startswith("#"), len(f.name), -f.start))
    accept = tuple(dict.fromkeys(form for f in (best, *group) for form in f.accept))
    mentions = sorted({(f.start, f.end, f.rule, f.confidence) for f in group})
    return DocumentRead(
        number=next((f.number for f in (best, *group) if f.number), None),
        name=best.name,
        accept=accept,
        issuer=next((f.issuer for f in group if f.issuer), None),
        date=next((f.date for f in group if f.date), None),
        key=next((f.key for f in group if f.key), None),
        type=best.type,
        mentions=tuple(Evidence(start=s, end=e, quote=page.text[s:e], rule=r, confidence=c) for s, e, r, c in mentions),
    )
