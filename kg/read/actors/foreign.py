"""Reads the bodies of other states behind a role: "nước Cộng hòa Cuba", "Đảng Nhân dân Lào", "Việt Nam tại Nhật Bản"."""

from kg.read.actors.lexicon import countries, is_syllable, word_set
from kg.read.actors.places import find_phrase, place_at
from kg.read.actors.tokens import Tokens
from kg.read.actors.wording import Wording


def foreign_end(wording: Wording, i: int) -> int:
    """Return the token after a foreign body at `i` that ends in a country's name, else `i`."""
    tokens, j = wording.tokens, i
    if tokens.word(j) == "việt" and tokens.word(j + 1) == "nam" and tokens.word(j + 2) == "tại":
        return _abroad(wording, j + 3) if _abroad(wording, j + 3) > j + 3 else i
    while j - i < 12 and j < len(tokens) and (tokens.cap(j) or tokens.words[j] in word_set("state")):
        if j > i and tokens.starts[j] - tokens.ends[j - 1] != 1:
            return i
        country = find_phrase(tokens, j, countries())
        if country > j and (j == i or country - j > 1 or _ends_state(tokens, j)):
            if tokens.word(country) == "tại":
                abroad = _abroad(wording, country + 1)
                return abroad if abroad > country + 1 else country
            return country
        if wording.person_starts(j):
            return i
        j += 1
    return i


def _ends_state(tokens: Tokens, j: int) -> bool:
    """A country of one syllable may be a given name (Đức, Anh, Mỹ): after the first word it needs a word of state before it."""
    word = tokens.words[j]
    return tokens.words[j - 1] in word_set("state") or not is_syllable(word) or word in {"lào", "nga"}


def _abroad(wording: Wording, i: int) -> int:
    if wording.tokens.word(i) == "việt" and wording.tokens.word(i + 1) == "nam":
        return i + 2
    country = foreign_end(wording, i)
    return country if country > i else place_at(wording.tokens, i, bare=False)[0]
