"""Reads `letters.toml`: the fixed words of official letters, compiled once. Every pattern wants a folded text."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.read.directives.cues import task_verbs
from kg.text.fold import fold


@dataclass(frozen=True, slots=True)
class Words:
    """The compiled table."""

    motto: re.Pattern[str]
    independence: re.Pattern[str]
    party: re.Pattern[str]
    urgency: frozenset[str]
    secrecy: frozenset[str]
    kinds: frozenset[str]
    opens_body: re.Pattern[str]
    heads: re.Pattern[str]
    not_heads: re.Pattern[str]
    dependent: frozenset[str]
    party_parents: re.Pattern[str]
    posts: frozenset[str]
    central_committee: re.Pattern[str]
    central_organs: re.Pattern[str]
    levels: tuple[str, ...]
    recipients: re.Pattern[str]
    no_recipient: re.Pattern[str]
    signed: frozenset[str]
    titles: re.Pattern[str]
    order: re.Pattern[str]
    opening: re.Pattern[str]
    assigning: re.Pattern[str]
    upward: frozenset[str]
    duties: re.Pattern[str]
    idle: re.Pattern[str]
    performative: re.Pattern[str]
    topics: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    # longest first, so that a word that begins another does not hide it
    ordered = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


@cache
def words() -> Words:
    """Return the table.

    >>> bool(words().opens_body.match("căn cứ luật tổ chức chính phủ"))
    True
    """
    table = tomllib.loads((files("kg.read.letters") / "letters.toml").read_text(encoding="utf-8"))
    head, bodies, end, tasks = table["head"], table["bodies"], table["end"], table["tasks"]
    # one-syllable verbs are syllables of names, too: "trung học"
    duties = (*tasks["duties"], *(verb for verb in task_verbs() if len(verb.split()) > 1))
    return Words(
        motto=re.compile(_any([head["motto"]])),
        independence=re.compile(_any([head["independence"]]).replace(r"\ \-\ ", r"\s*-\s*")),
        party=re.compile(_any([head["party"]])),
        urgency=_set(head["urgency"]),
        secrecy=_set(head["secrecy"]),
        kinds=_set(head["kinds"]),
        opens_body=re.compile(rf"{_any(head['body'])}\b|[-–—_=*]{{3,}}|[ivx]+\.\s|\d+\.\s"),
        heads=re.compile(rf"{_any(bodies['heads'])}\b"),
        not_heads=re.compile(rf"{_any(bodies['not_heads'])}\b"),
        dependent=_set(bodies["dependent"]),
        party_parents=re.compile(rf"{_any(bodies['party_parents'])}\b"),
        posts=_set(bodies["posts"]),
        central_committee=re.compile(_any([bodies["central_committee"]])),
        central_organs=re.compile(_any(bodies["central_organs"])),
        levels=tuple(bodies["levels"]),
        recipients=re.compile(rf"{_any([end['recipients']])}\s*:?\s*"),
        no_recipient=re.compile(rf"{_any(end['not_recipients'])}\b"),
        signed=_set(end["signed"]),
        titles=re.compile(rf"(?:{_any(end['titles'])}\.?\s+)+"),
        order=re.compile(rf"\b{_any(tasks['order'])}\b(?!\s(?:thông|lưu|dịch|tiếp|nhận)\b)"),
        opening=re.compile(rf"\b{_any(tasks['opening'])}\b(?!\s(?:thông|lưu|dịch|tiếp|nhận)\b)"),
        assigning=re.compile(rf"(?:điều\s+\d+\.?|[ivx]+\.|\d+\.)?\s*{_any(tasks['assigning'])}\b[^.;]{{0,60}}[:.]?"),
        upward=_set(tasks["upward"]),
        duties=re.compile(rf"\b{_any(duties)}\b"),
        idle=re.compile(_any(tasks["idle"])),
        performative=re.compile(rf"{_any(tasks['performative'])}\b"),
        topics=re.compile(rf"{_any(tasks['topics'])}\b"),
    )
