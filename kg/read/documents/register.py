"""Which document of the register (kg/lexicon/documents.csv) a citation means, and the key that names it uniquely (DOMAIN.md 4.1 to 4.3).

A Party number restarts with each term of the committee: the key of `05-CT/TW` is `05-CT/TW@XII`. The order of evidence: date in the text,
term in the text, subject words, the term in which the article was published. A document is never later than the article; without evidence
there is no key.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from kg.lexicon.tables import read_table, split_list
from kg.read.documents.found import Found
from kg.text.fold import fold

_TERM_OPENS = (("XI", "2011-01-20"), ("XII", "2016-01-29"), ("XIII", "2021-02-02"), ("XIV", "2026-01-24"))
_PLENUM_ALIAS = re.compile(r"nghị quyết trung ương (\d{1,2}) \(?khóa ([ivx]+)\)?(?: về (.+))?")
_WORD = re.compile(r"\w+")
_CENTRAL = ("bộ chính trị", "ban bí thư", "trung ương", "ban chấp hành trung ương")
_OVERLAP = 3


class Entry(NamedTuple):
    """A row of the register, with the content words of its title."""

    key: str
    number: str
    kind: str
    term: str
    date: str
    title: str
    words: frozenset[str]
    aliases: tuple[str, ...]


@cache
def _empty() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("document_words") if row["role"] == "empty")


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text))) - _empty()


@cache
def _entries() -> tuple[Entry, ...]:
    return tuple(
        Entry(
            row["doc_id"],
            row["number"],
            row["doc_type"],
            row["term"],
            row["date"],
            row["title_vi"],
            _words(row["title_vi"]),
            tuple(split_list(row["aliases"])),
        )
        for row in read_table("documents")
        if row["verified"] != "no"
    )


@cache
def _by_number() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for entry in _entries():
        found.setdefault(entry.number.upper(), []).append(entry)
    return {number: tuple(entries) for number, entries in found.items()}


@cache
def _by_alias() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for entry in _entries():
        for name in (*entry.aliases, entry.title):
            found.setdefault(fold(name), []).append(entry)
    return {name: tuple(entries) for name, entries in found.items()}


@cache
def _plenums() -> dict[tuple[int, str], tuple[tuple[Entry, frozenset[str]], ...]]:
    """(plenum, term) -> its resolutions, each with the words of the subject that its popular name needs (none: the name alone does)."""
    found: dict[tuple[int, str], dict[str, tuple[Entry, frozenset[str]]]] = {}
    for entry in _entries():
        for alias in entry.aliases:
            match = _PLENUM_ALIAS.fullmatch(fold(alias))
            if match:
                group = found.setdefault((int(match[1]), match[2].upper()), {})
                words = _words(match[3]) if match[3] else frozenset[str]()
                if entry.key not in group or not words:
                    group[entry.key] = (entry, words)
    return {at: tuple(group.values()) for at, group in found.items()}


def term_at(day: str | None) -> str | None:
    """Return the term of the Central Committee on a day; None before 2011, and where a bare year holds a congress."""
    if day is None:
        return None
    first, last = (day[:10], day[:10]) if len(day) >= 10 else (f"{day}-01-01"[:10], f"{day}-12-31"[:10])
    terms = {next((t for t, opens in reversed(_TERM_OPENS) if opens <= d), None) for d in (first, last)}
    return terms.pop() if len(terms) == 1 else None


def resolve(found: Found, *, after: str, published: str | None) -> Found:
    """Return the citation with its key, and what the register adds to its forms; `after` is the text that follows it."""
    if found.rule == "documents.plenum-name":
        return _plenum(found, after, published)
    if found.rule == "documents.party-number":
        return _party(found, after, published)
    if found.rule == "documents.short-number" and found.key is None:
        return _short(found, after, published)
    if found.rule in ("documents.law-name", "documents.congress-name"):
        return _named(found, published)
    if found.key is None and found.number:
        return _state(found, after)
    return found


def _possible(entries: Sequence[Entry], published: str | None) -> list[Entry]:
    return [e for e in entries if published is None or e.date[: len(published)] <= published[: len(e.date)]]


def _pick(entries: Sequence[Entry], found: Found, after: str, published: str | None) -> Entry | None:
    """The entry that the date, the term or the subject words in the text point at; else the only one of the current term."""
    if found.date:
        return next((e for e in entries if e.date == found.date), None)
    if found.term:
        return next((e for e in entries if e.term == found.term), None)
    entries = _possible(entries, published)
    words = _words(f"{found.title or ''} {after[:160]}")
    best = sorted(entries, key=lambda e: -len(e.words & words))
    if best and len(best[0].words & words) >= _OVERLAP:
        return best[0]
    current = term_at(published)
    of_term = [e for e in entries if current and e.term == current]
    return of_term[0] if len(of_term) == 1 and len(entries) == 1 else None


def _party(found: Found, after: str, published: str | None) -> Found:
    number = found.number or ""
    entry = _pick(_by_number().get(number.upper(), ()), found, after, published)
    if entry:
        return replace(found, key=entry.key)
    term = found.term or term_at(found.date)
    central = number.endswith("/TW")
    return replace(found, key=f"{number}@{term}") if central and term else found


def _short(found: Found, after: str, published: str | None) -> Found:
    """ "Chỉ thị 05 của Bộ Chính trị": only where the text names a central issuer or the subject."""
    if found.short is None:
        return found
    kind, num = found.short
    entries = [
        e for e in _entries() if e.kind == kind and e.number.partition("-")[0].lstrip("0") == num and "/TW" in e.number
    ]
    central = found.issuer is not None and fold(found.issuer).startswith(_CENTRAL)
    words = _words(f"{found.title or ''} {after[:160]}")
    if not central:
        entries = [e for e in entries if found.issuer is None and len(e.words & words) >= _OVERLAP]
    entry = _pick(entries, found, after, published)
    if entry is None:
        return found
    forms = (*found.accept, entry.number, f"{kind} {entry.number}")
    return replace(found, key=entry.key, number=entry.number, accept=forms)


def _plenum(found: Found, after: str, published: str | None) -> Found:
    number = int((found.short or ("", "TW0"))[1].removeprefix("TW"))
    entry = _plenum_entry(number, found.term, after, published)
    if entry is None:
        return found
    forms = (entry.number, f"{found.type} {entry.number}", *(a for a in entry.aliases if a.startswith(found.type)))
    return replace(found, key=entry.key, number=entry.number, accept=(*found.accept, *forms))


def _plenum_entry(number: int, term: str | None, after: str, published: str | None) -> Entry | None:
    at = [(e, words) for (n, t), group in _plenums().items() if n == number and term in (None, t) for e, words in group]
    if term is None:
        fixed = [e for e in _possible([e for e, words in at if not words], published) if published]
        return max(fixed, key=lambda e: e.date) if fixed and _is_later(published, max(e.date for e in fixed)) else None
    said = _words(after[:120])
    subject = [e for e, words in at if words and len(words & said) * 2 > len(words)]
    plain = [e for e, words in at if not words]
    return subject[0] if len(subject) == 1 else plain[0] if len(plain) == 1 and not subject else None


def _is_later(published: str | None, day: str) -> bool:
    return published is not None and published[: len(day)] > day[: len(published)]


def _named(found: Found, published: str | None) -> Found:
    """A law in the version that its year names, else the one in force when the article appeared."""
    entries = [e for form in found.accept for e in _by_alias().get(fold(form), ())]
    if found.date:
        entries = [e for e in entries if e.date.startswith(found.date)]
    elif found.rule == "documents.law-name":
        entries = _possible(entries, published) if published else []
    if not entries:
        return found
    entry = max(entries, key=lambda e: e.date)
    more = (entry.number,) if entry.number else ()
    return replace(found, key=entry.key, accept=(*found.accept, *more) if found.date else found.accept)


def _state(found: Found, after: str) -> Found:
    words = _words(f"{found.title or ''} {after[:160]}")
    entries = [e for e in _by_number().get((found.number or "").upper(), ()) if len(e.words & words) >= _OVERLAP]
    return replace(found, key=entries[0].key) if len(entries) == 1 else found
