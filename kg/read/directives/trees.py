"""Boosted decision trees over present and absent features, read from JSON: the second opinion on doubtful sentences."""

import json
from collections.abc import Collection, Sequence
from functools import cache
from math import exp
from typing import Any

from kg.read.directives.features import ByPlace, Parts
from kg.read.model_files import model_file


class Trees:
    """An ensemble of trees. A node is `[feature, without, with]`, a leaf a number; features are indices into `names`.

    Most features are absent from a sentence, so a tree is kept as the chain that leads through absent features only, with the branch that
    leaves it at each; a present feature then finds the chains on which it stands, and nothing is asked about the absent ones.

    >>> trees = Trees(["a", "p:a"], [[0, -2.0, 2.0], [1, -1.0, 1.0]])
    >>> [round(trees.probability([Parts(["a"], ["a"]), Parts([], [])], i), 2) for i in (0, 1)]
    [0.73, 0.27]
    """

    def __init__(self, names: Sequence[str], trees: Sequence[Any]) -> None:
        # counted from 1, because a place without a value reads as nothing
        self._numbers = ByPlace({name: number for number, name in enumerate(names, 1)})
        self._branches: list[list[Any]] = []
        self._chains: dict[int, list[tuple[int, int]]] = {}
        for tree, node in enumerate(trees):
            branches: list[Any] = []
            while type(node) is list:
                self._chains.setdefault(node[0], []).append((tree, len(branches)))
                branches.append(node[2])
                node = node[1]
            self._branches.append([*branches, node])
        self._ends = [len(branches) - 1 for branches in self._branches]

    def probability(self, parts: Sequence[Parts], i: int) -> float:
        """Return the probability, 0 to 1, of sentence `i` of `parts`."""
        return 1.0 / (1.0 + exp(-self._total({number - 1 for number in self._numbers.of(parts, i)})))

    def _total(self, present: Collection[int]) -> float:
        leaves = self._ends.copy()
        for feature in present:
            for tree, place in self._chains.get(feature, ()):
                if place < leaves[tree]:
                    leaves[tree] = place
        total = 0.0
        for branches, place in zip(self._branches, leaves, strict=True):
            node = branches[place]
            while type(node) is list:
                node = node[2] if node[0] in present else node[1]
            total += node
        return total


@cache
def load_trees(name: str) -> Trees:
    """Return the trees of `kg/read/models/NAME.json`."""
    data = json.loads(model_file(f"{name}.json").read_text(encoding="utf-8"))
    return Trees(data["features"], data["trees"])
