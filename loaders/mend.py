"""Text whose letters are wrong although its bytes are not: UTF-8 read as windows-1252, or the bytes of a legacy font put into Unicode as they were.

Nothing is touched unless the words become Vietnamese by it: good Vietnamese and English pages stay as they are.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from kg.text.offsets import Edit, Edited, apply
from loaders.legacy import LEGACY, UNKNOWN, decode_legacy
from loaders.syllables import Evidence, evidence, is_syllable

SURE: Final = 0.8
"""Share of Vietnamese words from which a reading is believed."""

_MARGIN: Final = 0.15
_FEWEST: Final = 3
_ENOUGH: Final = 200
_HEAD: Final = 2_000
"""Lines by which a text is judged, and characters of each."""
# what Vietnamese has no use for beside a letter: other languages' letters, signs, and the C1 controls
_ODD = "\x80-\x9f\xa1-\xac\xad\xae-\xbf\xc4-\xc7\xcb\xce\xcf\xd1\xd6\xd7\xd8\xdb-\xdf\xe4-\xe7\xeb\xee\xef\xf1\xf6-\xf8\xfb\xfc\xfe\xff"
# a letter that a mark stands behind as VNI writes it ("aù"), or windows-1258 ("êò"); Vietnamese itself has only some such pairs (oà, uê). The second
# letter comes first in the patterns: `re` looks for its set without trying each place
_PAIRS = (
    r"[ùõÙÕ](?<=[AaEeOoUuYyÔô].)|[âÂ](?<=[AaEeOo].)|[êéèúÊÉÈÚ](?<=[Aa].)|[áàãÁÀÃ](?<=[AaEe].)"
    r"|[ìòÌÒ](?<=[aeoyâêôãõýAEOYÂÊÔÃÕÝ].)|[ýõ](?<=[ýõ].)"
)
_SUSPECT = re.compile(rf"[{_ODD}](?<=[^\W\d_].)|[{_ODD}](?=[^\W\d_])|Ã[\xa0 ]|{_PAIRS}")
_ANY_ODD = re.compile(f"[{_ODD}]")
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9]")
_SLOPPY: Final[Mapping[int, int]] = MappingProxyType(
    {ord(char): code for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))}
)
_WORDS = re.compile(r"[^ \t]+")  # other blanks may stand for letters: A0 is Õ in VISCII


def raw_bytes(text: str) -> bytes | None:
    """Return the bytes that `text` was wrongly made of, one a character, or None where it can't have been (windows-1252, Latin-1).

    >>> raw_bytes("Tá»‰nh") == "Tỉnh".encode(), raw_bytes("Tỉnh")
    (True, None)
    """
    try:
        return text.translate(_SLOPPY).encode("latin-1")
    except UnicodeEncodeError:
        return None


# the second byte of à is a no-break space, which is made plain on many a way
_LOST = re.compile(r"(\S{0,12}Ã) (\w{0,8})")


def _as_utf8(line: str) -> str | None:
    import ftfy

    def whole(match: re.Match[str]) -> str:
        joined = f"{match[1]}\xa0{match[2]}"
        return joined if _is_mojibake_syllable(joined) else match.group()

    fixed = ftfy.fix_encoding(line if "\xa0" in line else _LOST.sub(whole, line))
    return None if fixed == line else fixed


@lru_cache(maxsize=4_096)
def _is_mojibake_syllable(word: str) -> bool:
    import ftfy

    return is_syllable(ftfy.fix_encoding(word).strip("“”\"'(),.:;"))


def _as_legacy(encoding: str) -> Callable[[str], str | None]:
    def read(line: str) -> str | None:
        data = raw_bytes(line)
        return None if data is None else decode_legacy(data, encoding)

    return read


_READINGS: Final[Mapping[str, Callable[[str], str | None]]] = MappingProxyType(
    {"utf-8": _as_utf8, **{name: _as_legacy(name) for name in LEGACY}}
)


@dataclass(frozen=True, slots=True)
class Damage:
    """What a text's letters really are: `encoding` ("utf-8": mojibake, else a legacy font's), and the share of words that say so."""

    encoding: str
    confidence: float

    def mend(self, text: str) -> str:
        """Return `text` with each line that is damaged made good; lines stay lines."""
        return "\n".join(self._line(line) or line for line in text.split("\n"))

    def mend_marked(self, text: str) -> Edited:
        """Return the same with marks back to `text`, word for word."""
        edits: list[Edit] = []
        start = 0
        for line in text.split("\n"):
            if (new := self._line(line)) is not None:
                edits.extend(_edits(line, new, start))
            start += len(line) + 1
        return apply(text, edits)

    def _line(self, line: str) -> str | None:
        if line.isascii():
            return None
        new = _READINGS[self.encoding](line)
        if new is None or new == line or UNKNOWN in new:
            return None
        before, after = evidence(line), evidence(new)
        return new if _better(before, after) else None


def _better(before: Evidence, after: Evidence) -> bool:
    # a line without a word to judge by (a lone sign) goes with the others
    return after.share >= before.share if after.total else before.share < SURE


def _edits(line: str, new: str, start: int) -> Iterator[Edit]:
    old_words, new_words = list(_WORDS.finditer(line)), list(_WORDS.finditer(new))
    if len(old_words) != len(new_words):
        yield Edit(start, start + len(line), new)
        return
    for old, word in zip(old_words, new_words, strict=True):
        if old.group() != word.group():
            yield Edit(start + old.start(), start + old.end(), word.group())


def damage_of(text: str) -> Damage | None:
    """Return what is wrong with the letters of `text`, or None where they are as they should be, or nothing makes them so.

    >>> damage_of("UBND tØnh V©n Hµ giao Së Y tÕ, Së Tµi chÝnh"), damage_of("Tỉnh ủy Vân Hà, señor Núñez")
    (Damage(encoding='tcvn3', confidence=1.0), None)
    """
    if _is_sound(text):
        return None
    lines = [line[:_HEAD] for line in text.split("\n") if _SUSPECT.search(line)][:_ENOUGH]
    if not lines:
        return None
    before = _joined(lines)
    tried = sorted(((_rated(read, lines), name) for name, read in _READINGS.items()), reverse=True)
    (best, name), (second, _) = tried[0], tried[1]
    if best.share < SURE or best.kinds < _FEWEST or best.share < before.share + _MARGIN:
        return None
    if best.share < second.share + _MARGIN and best.valid < 2 * second.valid:
        return None
    return Damage(name, round(best.share, 2))


def _is_sound(text: str) -> bool:
    """Say at a glance whether nothing can be wrong: letters that only Vietnamese has, and none that it has not."""
    return text.isascii() or bool(_VIETNAMESE.search(text) and not _ANY_ODD.search(text))


def _joined(lines: Iterable[str]) -> Evidence:
    return evidence("\n".join(lines))


def _rated(read: Callable[[str], str | None], lines: Iterable[str]) -> Evidence:
    return _joined(new for line in lines if (new := read(line)) is not None and UNKNOWN not in new)
