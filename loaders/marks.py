"""Reads `marks.toml`: the words by which a page's furniture is known, compiled once."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kg.text.fold import fold


@dataclass(frozen=True, slots=True)
class Marks:
    """The compiled table; every pattern wants a folded line. `html` maps the kind of zone to tokens of a class attribute."""

    navigation: re.Pattern[str]
    navigation_start: re.Pattern[str]
    related_head: re.Pattern[str]
    crawl_head: re.Pattern[str]
    date_label: re.Pattern[str]
    publisher: re.Pattern[str]
    caption_cue: re.Pattern[str]
    byline_label: re.Pattern[str]
    html: Mapping[str, frozenset[str]]
    skipped_tags: frozenset[str]
    block_tags: frozenset[str]


def _any(words: Iterable[str]) -> str:
    # longest first, so that a word that begins another does not hide it
    ordered = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"


@cache
def marks() -> Marks:
    """Return the table of marks.

    >>> bool(marks().navigation.fullmatch("in tin bàilưu tin bài"))
    True
    """
    table = tomllib.loads((files("loaders") / "marks.toml").read_text(encoding="utf-8"))
    navigation, date = table["navigation"], table["date"]
    return Marks(
        navigation=re.compile(rf"(?:[\s|:>»/·•,-]*{_any(navigation['words'])})+[\s|:>»/·•,.-]*"),
        navigation_start=re.compile(_any(navigation["starts"])),
        related_head=re.compile(rf"[\s»>•-]*{_any(navigation['related'])}[\s:»>.]*"),
        crawl_head=re.compile(_any(date["crawl"])),
        date_label=re.compile(rf"(?<!\w){_any(date['labels'])}(?!\w)"),
        publisher=re.compile(rf"{_any(table['publisher']['starts'])}\b"),
        caption_cue=re.compile(_any(table["caption"]["cues"])),
        byline_label=re.compile(rf"\(?\s*(?:{_any(table['byline']['labels'])})\s*:\s*"),
        html=MappingProxyType({kind: frozenset(tokens) for kind, tokens in table["html"].items()}),
        skipped_tags=frozenset(table["tags"]["skipped"]),
        block_tags=frozenset(table["tags"]["block"]),
    )
