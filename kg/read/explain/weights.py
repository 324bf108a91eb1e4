"""What weighs for and against a directive in a sentence: its features with their weights in the CRF."""

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from kg.read.directives.sequence import sentence_crf
from kg.read.explain.records import Weight

_NEIGHBOURS = {"p": "câu trước · sentence before", "n": "câu sau · sentence after",
               "pp": "hai câu trước · two before", "nn": "hai câu sau · two after"}  # fmt: skip


def strongest(features: Sequence[str], most: int) -> tuple[tuple[Weight, ...], tuple[Weight, ...]]:
    """Return the `most` features that weigh most for a directive and the `most` against, the heaviest first.

    A weight is the CRF's state weight for D less that for O; a feature that the sentence has twice counts twice. The transitions between
    neighbouring sentences are not in it.
    """
    weights = sentence_crf().weights
    sums: dict[str, float] = {}
    for feature in features:
        if feature in weights:
            sums[feature] = sums.get(feature, 0.0) + weights[feature]
    ordered = sorted(sums.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    named = [Weight(feature, family(feature), round(weight, 3)) for feature, weight in ordered]
    return tuple(w for w in named if w.weight > 0)[:most], tuple(w for w in named if w.weight < 0)[:most]


def family(feature: str) -> str:
    """Return what the family of a feature looks at (features.csv), a neighbour's marked as such; '' for an unknown family.

    >>> family("T=order:giao")
    'động từ nói · speech verb'
    """
    mark, colon, rest = feature.partition(":")
    if colon and mark in _NEIGHBOURS:
        return f"{_NEIGHBOURS[mark]}: {family(rest)}".removesuffix(": ")
    return next((words for prefix, words in _families() if feature.startswith(prefix)), "")


@cache
def _families() -> tuple[tuple[str, str], ...]:
    text = (files("kg.read.explain") / "features.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    # the longest prefix first: "to=" before "t="
    return tuple(sorted(((r["prefix"], f"{r['vi']} · {r['en']}") for r in rows), key=lambda row: (-len(row[0]), row)))
