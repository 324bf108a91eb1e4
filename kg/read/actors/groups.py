"""Reads groups that are addressed as a kind: "các sở, ban, ngành liên quan", "các huyện, thị xã của tỉnh". Rules: DOMAIN.md 6.3."""

from functools import cache

from kg.lexicon.tables import read_table
from kg.read.actors.lexicon import Phrases, by_first, phrase
from kg.read.actors.places import level_at, place_at
from kg.read.actors.tokens import Tokens
from kg.read.actors.wording import Wording

_SEPARATORS = frozenset({",", "và", "-", "/", "cùng"})
_JOINED = frozenset({"ngành", "ban", "thành", "phường", "huyện", "xã", "địa"})
_OF = frozenset({"của", "thuộc", "tại", "trong", "ở"})
_LONGEST = 24
_MOST_OPENERS = 3
"""Words that open a group one after another: "Bí thư", "Chủ tịch", "UBND" + "các xã"."""


@cache
def _words(kind: str) -> Phrases:
    return by_first({phrase(row["form"]) for row in read_table("group_words") if row["kind"] == kind})


def _after(tokens: Tokens, i: int, kind: str) -> int:
    """Return the token after the longest phrase of `kind` at `i`, or `i`."""
    words = tokens.words
    for candidate in _words(kind).get(tokens.word(i), ()):
        end = i + len(candidate)
        if tuple(words[i:end]) == candidate:
            return end
    return i


def _nouns(tokens: Tokens, i: int) -> int:
    """Return the token after a list of kinds at `i`: "sở, ban, ngành". A level with a place behind it is no kind any more."""
    end = _after(tokens, i, "noun")
    while end > i and end - i < _LONGEST:
        joiner = _after(tokens, end, "qualifier")
        first = joiner + (tokens.word(joiner) in _SEPARATORS)
        further = _after(tokens, first, "noun")
        joined = first > joiner or tokens.word(first) in _JOINED
        named = tokens.cap(first) and not tokens.cap(i)
        if further == first or not joined or named or place_at(tokens, first, bare=False)[1]:
            break
        end = further
    return end


def group_end(tokens: Tokens, i: int) -> int:
    """Return the token after the group that "các" at token `i` opens, or `i` if it opens none."""
    end = _nouns(tokens, i + 1)
    if end == i + 1:
        return i
    further = _after(tokens, end, "qualifier")
    while further > end:
        end, further = further, _after(tokens, further, "qualifier")
    after, place = place_at(tokens, end + (tokens.word(end) in _OF), bare=tokens.word(end) not in _OF)
    return after if place and (tokens.word(end) in _OF or level_at(tokens, end)[1]) else end


def sector_end(wording: Wording, i: int) -> int:
    """Return the token after a sector at `i` ("ngành y tế tỉnh", "ngành Giáo dục"), or `i`. A sector is no agency (GUIDELINES.md)."""
    end, field = wording.field_at(i + 1)
    if not field or wording.tokens.word(i - 1) in _SEPARATORS | {"các"}:
        return i
    after, place = place_at(wording.tokens, end)
    return after if place else end


def group_start(tokens: Tokens, i: int) -> int:
    """Return the first token of what stands before "các" at `i` and belongs to the group: "UBND các ...", "thủ trưởng các ..."."""
    start = i
    moved = True
    while moved:
        moved = False
        for width in (3, 2, 1):
            if start >= width and _after(tokens, start - width, "opener") == start:
                start, moved = start - width, True
                break
    return start


def opens_many(tokens: Tokens, i: int) -> bool:
    """Say whether a group follows at `i`, bodies of its kind first: "các phường", "UBND các phường"."""
    for _ in range(_MOST_OPENERS):
        i = _after(tokens, i, "opener")
    return tokens.word(i) == "các" and group_end(tokens, i) > i


def body_pronoun_end(tokens: Tokens, i: int) -> int:
    """Return the token after "cơ quan này" and the like at `i`, or `i`."""
    return _after(tokens, i, "body_pronoun")


@cache
def openers() -> frozenset[str]:
    """Return the folded words that may open a group or a pronoun for a body."""
    return frozenset({"các", "ngành", *_words("body_pronoun")})
