"""The words that steer directives: speech verbs, modals, connectives, and the compounds that only look like them."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from kg.lexicon.matcher import Hit, Matcher
from kg.text.fold import fold


class Cue(NamedTuple):
    """A row of `cues.csv`: what kind of word it is and the lemma it stands for."""

    kind: str
    lemma: str


def _lines(name: str) -> Iterator[str]:
    text = (files("kg.read.directives") / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def cue_matcher() -> Matcher[Cue]:
    """Return the matcher of `cues.csv`.

    >>> [hit.payload.kind for hit in cue_matcher().find("ban chỉ đạo yêu cầu sở giao thông vận tải")]
    ['trap', 'order', 'trap']
    """
    return Matcher({row["phrase"]: Cue(row["kind"], row["lemma"]) for row in csv.DictReader(_lines("cues.csv"))})


@cache
def task_verbs() -> frozenset[str]:
    """Return the folded verbs that open a bare imperative, of one to three words."""
    return frozenset(fold(line) for line in _lines("task_verbs.txt"))


@cache
def told_verbs() -> frozenset[str]:
    """Return the folded speech verbs that in a bare order name what its addressee has to do."""
    return frozenset(fold(line) for line in _lines("told_verbs.txt"))


CueHit = Hit[Cue]
