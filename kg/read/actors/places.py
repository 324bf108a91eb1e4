"""Reads the place behind a body's name: "tỉnh Lâm Đồng", "TP Hà Nội", "quận 7", "Yên Bái", or a level alone ("tỉnh")."""

from kg.read.actors.forms import is_person
from kg.read.actors.lexicon import Phrases, common_families, communes, districts, families, provinces, word_set
from kg.read.actors.tokens import Tokens

_LEVELS = {
    ("tỉnh",): "tỉnh",
    ("thành", "phố"): "thành phố",
    ("tp",): "thành phố",
    ("t", ".", "p"): "thành phố",
    ("huyện",): "huyện",
    ("quận",): "quận",
    ("thị", "xã"): "thị xã",
    ("tx",): "thị xã",
    ("thị", "trấn"): "thị trấn",
    ("xã",): "xã",
    ("phường",): "phường",
    ("đặc", "khu"): "đặc khu",
}
LEVEL_WORDS = frozenset(words[0] for words in _LEVELS)
CITIES = frozenset({"hà nội", "hải phòng", "đà nẵng", "cần thơ", "hồ chí minh", "tphcm", "tp.hcm", "huế", "hcm"})
_HCM = "Thành phố Hồ Chí Minh"


def find_phrase(tokens: Tokens, i: int, phrases: Phrases) -> int:
    """Return the token after the longest of `phrases` at `i`, or `i` if none stands there with a capital."""
    words = tokens.words
    if i >= len(words) or words[i] not in phrases or not tokens.caps[i]:
        return i
    for candidate in phrases[words[i]]:
        after = i + len(candidate)
        if tuple(words[i:after]) == candidate:
            return after
    return i


def level_at(tokens: Tokens, i: int) -> tuple[int, str]:
    """Return the token after a level word at `i` ("tỉnh", "TP.") and the level; `(i, "")` if there is none."""
    word = tokens.word(i)
    if word not in LEVEL_WORDS:
        return i, ""
    if word in {"thành", "thị", "đặc"}:
        pair = (word, tokens.word(i + 1))
        return (i + 2, _LEVELS[pair]) if pair in _LEVELS else (i, "")
    level = _LEVELS.get((word,), "")
    if not level:
        return i, ""
    after = i + 1
    if word in {"tp", "tx"} and tokens.word(after) == "." and tokens.cap(after + 1):
        after += 1
    return after, level


def name_at(tokens: Tokens, i: int) -> int:
    """Return the token after a known place name at `i`, else `i`."""
    after = find_phrase(tokens, i, provinces())
    return after if after > i else find_phrase(tokens, i, districts())


def province_at(tokens: Tokens, i: int) -> int:
    """Return the token after the name of a province at `i`, else `i`."""
    return find_phrase(tokens, i, provinces())


def _free_name(tokens: Tokens, i: int) -> int:
    """Return the token after an unknown name behind a level word: up to three syllables, before a person's name starts."""
    after = i
    while (
        after - i < 3
        and tokens.cap(after)
        and tokens.words[after].isalpha()
        and tokens.words[after] not in word_set("stop")
    ):
        if tokens.words[after] in common_families() and tokens.cap(after + 1) and tokens.cap(after + 2):
            break
        if (
            tokens.words[after + 1 : after + 2] in (["thị"], ["văn"])
            and tokens.cap(after + 1)
            and tokens.cap(after + 2)
        ):
            break
        after += 1
    return after


def unknown_province_at(tokens: Tokens, i: int) -> int:
    """Return the token after a province that no table has: two capitals that open no person's name, and end there or before one."""
    if not (tokens.cap(i) and tokens.cap(i + 1)) or tokens.words[i] in common_families() | word_set("stop"):
        return i
    if not (tokens.words[i].isalpha() and tokens.words[i + 1].isalpha()) or is_person(tokens, i):
        return i
    if tokens.words[i + 1] in {"thị", "văn"}:
        return i
    follows = tokens.word(i + 2) in families() and tokens.cap(i + 2) and tokens.cap(i + 3)
    return i + 2 if follows or not tokens.cap(i + 2) else i


def place_at(tokens: Tokens, i: int, bare: bool = True) -> tuple[int, str]:
    """Return the token after a place at `i` and its text, expanded; `bare` allows a level word alone. `(i, "")` if none."""
    word = tokens.word(i)
    if word in {"tphcm", "tp.hcm"}:
        return i + 1, _HCM
    after, level = level_at(tokens, i)
    if not level:
        known = province_at(tokens, i)
        return (known, tokens.slice(i, known)) if known > i else (i, "")
    known = name_at(tokens, after)
    if known == after and level not in {"tỉnh"} and tokens.word(after).isdigit():
        known = after + 1
    if known == after and level in {"phường", "xã", "đặc khu", "thị trấn"}:
        known = find_phrase(tokens, after, communes())
    if known == after:
        known = unknown_province_at(tokens, after) if level == "tỉnh" else _free_name(tokens, after)
    if known == after:
        return (after, level) if bare else (i, "")
    name = tokens.slice(after, known)
    if name.lower() in {"hcm", "hồ chí minh"}:
        return known, _HCM
    return known, f"{level} {name}"


def department_place(tokens: Tokens, i: int) -> tuple[int, str]:
    """Return the token after the place behind a department's field and the place: "tỉnh Yên Bái", "Yên Bái"; `(i, "")` if none.

    A province that no table has counts where two capitals stand there, which are no person's name.
    """
    after, place = place_at(tokens, i)
    if place:
        return after, place
    unknown = unknown_province_at(tokens, i)
    return (unknown, tokens.slice(i, unknown)) if unknown > i else (i, "")


def with_level(name: str) -> str:
    """Return a province's name with its level: "thành phố Hà Nội", "tỉnh Yên Bái"."""
    folded = name.lower()
    if folded in {"hồ chí minh", "tphcm", "tp.hcm", "hcm"}:
        return _HCM
    return f"{'thành phố' if folded in CITIES else 'tỉnh'} {name}"
