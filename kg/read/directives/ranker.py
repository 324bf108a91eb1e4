"""A ranker of boosted decision trees: the candidate whose features score most. Its trees are a JSON file that `make train` writes."""

import json
from collections.abc import Sequence
from functools import cache
from math import exp
from operator import getitem
from typing import cast

from kg.read.model_files import model_file

_LEAVES = 16
"""Bits for each tree: no tree has more leaves."""


class Ranker:
    """Scores candidates by the sum of its trees. A node is `[feature, without, with]`, a leaf a number; features are indices into `names`.

    All trees are walked at once (QuickScorer, Lucchese et al. 2015): one bit for each leaf that can still be reached; a present feature
    clears the leaves on its nodes' "without" side, and the lowest bit left in a tree is its leaf. So the cost is that of the features
    present, not of the nodes.

    >>> Ranker(["near"], [[0, -1.0, 1.0]]).choose([["far"], ["near"]])[0]
    1
    """

    def __init__(self, names: Sequence[str], trees: Sequence[object]) -> None:
        numbers = [0] * len(names)
        self._values: list[list[float]] = []
        for position, tree in enumerate(trees):
            leaves: list[float] = []
            _collect(tree, leaves, numbers, position * _LEAVES)
            self._values += _byte_sums(leaves + [0.0] * (_LEAVES - len(leaves)))
        self._cleared = {name: ~number for name, number in zip(names, numbers, strict=True)}
        self._ones = sum(1 << (position * _LEAVES) for position in range(len(trees)))
        self._all = (1 << (len(trees) * _LEAVES)) - 1

    def choose(self, candidates: Sequence[Sequence[str]]) -> tuple[int, float]:
        """Return the index of the best candidate, the first among equals, and its softmax share. Raises ValueError where there is none."""
        if len(candidates) == 1:
            return 0, 1.0
        scores, shares = self.weigh(candidates)
        best = scores.index(max(scores))
        return best, shares[best]

    def weigh(self, candidates: Sequence[Sequence[str]]) -> tuple[list[float], list[float]]:
        """Return the scores of candidates and their softmax shares. Raises ValueError where there is none."""
        scores = [self._score(features) for features in candidates]
        top = max(scores)
        weights = [exp(score - top) for score in scores]
        total = sum(weights)
        return scores, [weight / total for weight in weights]

    def _score(self, features: Sequence[str]) -> float:
        reachable, cleared = self._all, self._cleared
        for feature in features:
            if feature in cleared:
                reachable &= cleared[feature]
        lowest = reachable & ~(reachable - self._ones)
        return sum(map(getitem, self._values, lowest.to_bytes(len(self._values), "little")))


def _collect(node: object, leaves: list[float], cleared: list[int], offset: int) -> None:
    """Append the leaves of `node` from left to right, and to each feature the bits of the leaves that its presence rules out."""
    if not isinstance(node, list):
        leaves.append(cast(float, node))
        return
    first = len(leaves)
    _collect(node[1], leaves, cleared, offset)
    cleared[node[0]] |= ((1 << len(leaves)) - (1 << first)) << offset
    _collect(node[2], leaves, cleared, offset)


def _byte_sums(leaves: Sequence[float]) -> list[list[float]]:
    """For each byte of a tree's bits the value of its one set bit by the byte's value; no bit, no value."""
    tables = []
    for first in range(0, _LEAVES, 8):
        table = [0.0] * 129
        for bit in range(8):
            table[1 << bit] = leaves[first + bit]
        tables.append(table)
    return tables


@cache
def load_ranker(name: str) -> Ranker:
    """Return the ranker of `kg/read/models/NAME.json`."""
    data = json.loads(model_file(f"{name}.json").read_text(encoding="utf-8"))
    return Ranker(data["features"], data["trees"])
