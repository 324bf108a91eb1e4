"""Which words are Vietnamese syllables: what tells the right reading of some bytes from the wrong ones."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_STRIP: Final = str.maketrans("", "", _TONES)
_FRONT: Final = "eêiy"
# letters, marks, and the signs that stand for letters where an encoding was taken for another
_WORD: Final = re.compile(
    r"(?:[^\W\d_]|[\x80-\x9f\xa1-\xac\xae-\xbf×÷\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u0300-\u036f\ufffd])+"
)
_EDGES: Final = "«»·°×÷©®¶§"
_LONGEST: Final = 7  # nghiêng
_ENOUGH: Final = 3_000
"""Words are looked at up to this number: more would change no verdict."""


class Evidence(NamedTuple):
    """Of `total` words with a letter beyond ASCII, `valid` are Vietnamese syllables, `kinds` of them different."""

    valid: int
    total: int
    kinds: int

    @property
    def share(self) -> float:
        """The share of valid words; 0 where there is none."""
        return self.valid / self.total if self.total else 0.0


@cache
def _bases() -> frozenset[str]:
    """All syllables without their tone."""
    table = tomllib.loads((files("loaders") / "charsets" / "syllables.toml").read_text(encoding="utf-8"))
    rhymes, found = table["rhymes"].split(), set(table["rhymes"].split())
    for onset in table["onsets"].split():
        for rhyme in rhymes:
            is_front = rhyme[0] in _FRONT
            if (onset in table["front"] and not is_front) or (onset in table["back"] and is_front):
                continue
            # the i of gi and the u of qu swallow that of the rhyme: gìn, quốc
            found.add(onset[:-1] + rhyme if onset == "gi" and rhyme[0] == "i" else onset + rhyme)
            if onset == "qu" and rhyme[0] == "u" and len(rhyme) > 1:
                found.add("q" + rhyme)
    return frozenset(unicodedata.normalize("NFC", base) for base in found)


@lru_cache(maxsize=8_192)
def is_syllable(word: str) -> bool:
    """Say whether `word` is a syllable as Vietnamese writes them, in lower case, upper case or with a capital.

    >>> is_syllable("nghiệp"), is_syllable("Thuỷ"), is_syllable("céng"), is_syllable("hộpt"), is_syllable("ViÖt")
    (True, True, False, False, False)
    """
    if len(word) > _LONGEST or not (word.islower() or word.isupper() or word.istitle()):
        return False
    marks = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in marks if char in _TONES]
    base = unicodedata.normalize("NFC", marks.translate(_STRIP))
    if len(tones) > 1 or base not in _bases():
        return False
    return not base.endswith(("c", "ch", "p", "t", "k")) or not tones or tones[0] in "\u0301\u0323"


def _is_abbreviation(word: str) -> bool:
    return "Đ" in word and word.isupper() and not is_syllable(word) and word.replace("Đ", "D").isascii()


def evidence(text: str) -> Evidence:
    """Return how far the words of `text` that hold a letter beyond ASCII are Vietnamese.

    >>> evidence("Tỉnh ủy h\\xd7p")
    Evidence(valid=2, total=3, kinds=2)
    """
    valid, total, kinds = 0, 0, set()
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isascii():
            continue
        word = word.strip(_EDGES)
        if not word or word.isascii() or _is_abbreviation(word):
            continue
        total += 1
        if is_syllable(word):
            valid += 1
            kinds.add(word)
        if total == _ENOUGH:
            break
    return Evidence(valid, total, len(kinds))
