"""The word lists of the actor grammar, read once from kg/lexicon and compiled."""

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from kg.lexicon.matcher import Matcher
from kg.lexicon.tables import read_table, split_list
from kg.read.records import record
from kg.text.fold import fold, strip_marks

Phrases = dict[str, tuple[tuple[str, ...], ...]]
"""Phrases by their first word, the longest first."""


@record
class Head:
    """The head of an agency's name. `body` says what follows: a field, a level or place, a place, another body (nest), open words, or nothing."""

    canonical: str
    kind: str
    body: str
    alone: bool


@record
class Role:
    """The head of a post. `prefix` is put before the body to name the agency ("Chánh Văn phòng" + "UBND tỉnh")."""

    key: str
    position: str | None
    prefix: str
    body: str


@record
class Word:
    """A word beside a name: honorific, degree, rank, former, acting; or a group that is addressed as written."""

    kind: str


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Return `fold(text)`; names and posts of one article are folded again and again."""
    return fold(text)


Entry = Head | Role | Word
Case = Literal["any", "upper"]


def phrase(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`, marks apart, as the tokens of a page are.

    >>> phrase("Bà Rịa - Vũng Tàu")
    ('bà', 'rịa', '-', 'vũng', 'tàu')
    """
    return tuple(fold(text).replace(",", " , ").replace(" - ", " - ").split())


def by_first(phrases: set[tuple[str, ...]]) -> Phrases:
    """Return `phrases` by their first word, the longest first."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for words in phrases:
        out.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(group, key=lambda w: (-len(w), w))) for first, group in out.items()}


@cache
def families() -> frozenset[str]:
    """Return the folded family names."""
    return frozenset(fold(row["name"]) for row in read_table("family_names"))


@cache
def common_families() -> frozenset[str]:
    """Return the family names that are rarely anything else."""
    return frozenset(fold(row["name"]) for row in read_table("family_names") if row["frequency"] == "common")


@cache
def word_set(kind: str) -> frozenset[str]:
    """Return the folded forms of `kind` in actor_words.csv."""
    return frozenset(fold(row["form"]) for row in read_table("actor_words") if row["kind"] == kind)


@cache
def provinces() -> Phrases:
    """Return the names of provinces, old and new, by first word."""
    names = {phrase(row["canonical_vi"]) for row in read_table("places")}
    names |= {phrase(row["form"]) for row in read_table("province_forms")}
    return by_first(names)


@cache
def districts() -> Phrases:
    """Return the names of districts of before July 2025 and of other well-known towns, by first word."""
    return by_first({phrase(row["canonical_vi"]) for row in read_table("districts")})


@cache
def communes() -> Phrases:
    """Return the names of communes that look like persons' names, by first word."""
    return by_first({phrase(row["canonical_vi"]) for row in read_table("communes")})


@cache
def countries() -> Phrases:
    """Return the names of foreign countries, by first word."""
    return by_first({phrase(row["canonical_vi"]) for row in read_table("countries")})


_JOINERS = {",", "-", "và", "&", ";"}


def field_key(words: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a field without the joiners, which swap freely inside agency names (DOMAIN.md 1.1).

    >>> field_key(("giáo", "dục", "-", "đào", "tạo")) == field_key(("giáo", "dục", "và", "đào", "tạo"))
    True
    """
    out: list[str] = []
    for word in words:
        if word in _JOINERS:
            continue
        out.extend(part for part in word.replace("&", "-").split("-") if part)
    return tuple(out)


@cache
def fields() -> dict[tuple[str, ...], str]:
    """Return the fields of ministries and departments: key of words -> canonical name."""
    out: dict[tuple[str, ...], str] = {}
    for row in read_table("agency_fields"):
        for form in (row["canonical_vi"], *split_list(row["aliases"])):
            out.setdefault(field_key(phrase(form)), row["canonical_vi"])
            out.setdefault(("".join(field_key(phrase(form))),), row["canonical_vi"])
    return out


@cache
def field_prefixes() -> frozenset[tuple[str, ...]]:
    """Return every beginning of a field's key, so that a search can stop early."""
    return frozenset(key[:n] for key in fields() for n in range(1, len(key) + 1))


@cache
def acronyms() -> tuple[tuple[str, str], ...]:
    """Return the acronyms of enterprises: folded acronym and full name."""
    return tuple((fold(row["acronym"]), row["canonical_vi"]) for row in read_table("agency_acronyms"))


@cache
def abbreviations() -> dict[str, str]:
    """Return the abbreviations of agency names: folded -> expansion."""
    table = {fold(row["abbreviation"]): row["expansion"] for row in read_table("agency_abbreviations")}
    for row in read_table("agency_fields"):
        for alias in split_list(row["aliases"]):
            if alias.isupper() and " " not in alias:
                table.setdefault(fold(alias), row["canonical_vi"])
    return table


@cache
def inside() -> frozenset[tuple[str, str]]:
    """Return the pairs of words that stand side by side inside names of agencies."""
    pairs: set[tuple[str, str]] = set()
    for row in read_table("agency_vocabulary"):
        words = phrase(row["phrase"])
        # a level at the end is a place ("Trung tâm Phục vụ hành chính công" + "tỉnh")
        pairs.update(pairwise(words[:-1] if words[-1] == "tỉnh" else words))
    return frozenset(pairs)


@cache
def heads() -> dict[str, Head]:
    """Return the heads of agencies by their folded canonical form."""
    return {form: entry for form, entry in _heads().items() if isinstance(entry, Head)}


def _heads() -> dict[str, Entry]:
    out: dict[str, Entry] = {}
    for row in read_table("agency_heads"):
        head = Head(row["canonical_vi"], row["kind"], row["body"], row["alone"] == "1")
        for form in (row["canonical_vi"], *split_list(row["aliases"])):
            for spelling in _spellings(form):
                out[spelling] = head
    for row in read_table("agency_names"):
        head = Head(row["canonical_vi"], row["kind"], "none", True)
        for form in (row["canonical_vi"], *split_list(row["aliases"])):
            for spelling in _spellings(form):
                out[spelling] = head
    return out


def _spellings(form: str) -> set[str]:
    folded = fold(form)
    return {folded, folded.replace("kỹ", "kĩ")}


_STANDING = (" thường trực", " phụ trách", " chuyên trách", " điều hành")


@cache
def named_roles() -> dict[tuple[str, ...], Role]:
    """Return the words that are a post only beside a name ("đại biểu"), by their folded words."""
    return {phrase(form): role for form, role in _roles().items() if isinstance(role, Role) and role.body == "named"}


def _roles() -> dict[str, Entry]:
    out: dict[str, Entry] = {}
    for row in read_table("post_heads"):
        base = fold(row["canonical_vi"])
        forms = [base] + ([f"phó {base}"] if row["deputy"] == "1" else [])
        for form in forms:
            role = Role(form, row["position_id"] or None, row["prefix"], row["body"])
            out[form] = role
            if row["body"] not in {"country", "none"} or "thủ tướng" in form:
                for standing in _STANDING:
                    out.setdefault(form + standing, role)
    return out


_BESIDE_NAMES = frozenset({"honorific", "degree", "rank", "clergy", "former", "acting"})


@cache
def district_types() -> dict[str, str]:
    """Return the type of each district whose name has one type only: folded name -> "huyện"."""
    types: dict[str, set[str]] = {}
    for row in read_table("districts"):
        types.setdefault(fold(row["canonical_vi"]), set()).add(row["type"])
    return {name: next(iter(found)) for name, found in types.items() if len(found) == 1}


_SYLLABLE = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Say whether a folded word can be a Vietnamese syllable.

    >>> [is_syllable(w) for w in ("nguyễn", "đức", "franz", "tulia")]
    [True, True, False, False]
    """
    return _SYLLABLE.fullmatch(strip_marks(word)) is not None


@cache
def matcher() -> Matcher[Entry]:
    """Return the one matcher of the grammar's triggers: heads of agencies, whole names, heads of posts, words beside names, groups."""
    entries: dict[str, Entry] = {}
    for row in read_table("addressee_groups"):
        entries[fold(row["form"])] = Word("group")
    for row in read_table("actor_words"):
        if row["kind"] in _BESIDE_NAMES:
            entries[fold(row["form"])] = Word(row["kind"])
    entries |= _heads()
    entries |= _roles()
    return Matcher(entries)
