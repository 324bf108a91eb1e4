"""The numbers that Word writes before paragraphs and does not store in them ("1.", "a)", "-"): ECMA-376, part 1, 17.9."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from docx.oxml.ns import qn
from lxml.etree import _Element

_SLOT = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = (*_ROMAN, (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BULLET = "-"


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN_ONES:
        count, number = divmod(number, value)
        out += letters * count
    return out


def _letter(number: int) -> str:
    # Word doubles the letter behind z: aa, bb
    turn, at = divmod(max(number, 1) - 1, 26)
    return chr(ord("a") + at) * (turn + 1)


_FORMS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimal": str,
        "decimalZero": lambda n: f"{n:02}",
        "lowerLetter": _letter,
        "upperLetter": lambda n: _letter(n).upper(),
        "lowerRoman": _roman,
        "upperRoman": lambda n: _roman(n).upper(),
    }
)


@dataclass(slots=True)
class Numbers:
    """The lists of a document: give each paragraph's list and level in order, get its label."""

    lists: Mapping[str, Mapping[int, _Level]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """Return what Word shows before the next paragraph of list `number` at `level` (0 to 8), with a blank; "" for none.

        >>> Numbers({"1": {0: _Level("decimal", "Điều %1.", 1)}}).label("1", 0)
        'Điều 1. '
        """
        levels = self.lists.get(number, {})
        entry = levels.get(level)
        if entry is None or entry.form == "none":
            return ""
        if entry.form == "bullet":
            return f"{_BULLET} "
        counts = self.counters.setdefault(number, {})
        counts[level] = counts.get(level, entry.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]

        def shown(slot: re.Match[str]) -> str:
            at = int(slot[1]) - 1
            known = levels.get(at, entry)
            return _FORMS.get(known.form, str)(counts.get(at, known.start))

        return _SLOT.sub(shown, entry.text).strip() + " "


def numbers_of(root: _Element | None) -> Numbers:
    """Return the lists of `word/numbering.xml`, none where a document has no such part."""
    if root is None:
        return Numbers()
    abstract = {one.get(qn("w:abstractNumId")): dict(_levels(one)) for one in root.iter(qn("w:abstractNum"))}
    lists: dict[str, Mapping[int, _Level]] = {}
    for one in root.iter(qn("w:num")):
        of = one.find(qn("w:abstractNumId"))
        base = abstract.get(of.get(qn("w:val")) if of is not None else None, {})
        lists[one.get(qn("w:numId")) or ""] = {**base, **dict(_overrides(one, base))}
    return Numbers(lists)


def _levels(element: _Element) -> Iterator[tuple[int, _Level]]:
    for one in element.iter(qn("w:lvl")):
        yield (
            _int(one.get(qn("w:ilvl")), 0),
            _Level(_val(one, "w:numFmt") or "decimal", _val(one, "w:lvlText") or "", _int(_val(one, "w:start"), 1)),
        )


def _overrides(element: _Element, base: Mapping[int, _Level]) -> Iterator[tuple[int, _Level]]:
    for one in element.iter(qn("w:lvlOverride")):
        level = _int(one.get(qn("w:ilvl")), 0)
        yield from _levels(one)
        start = _val(one, "w:startOverride")
        if start is not None and level in base and one.find(qn("w:lvl")) is None:
            yield level, _Level(base[level].form, base[level].text, _int(start, 1))


def _val(element: _Element, name: str) -> str | None:
    found = element.find(qn(name))
    return found.get(qn("w:val")) if found is not None else None


def _int(value: str | None, default: int) -> int:
    return int(value) if value and value.lstrip("-").isdigit() else default
