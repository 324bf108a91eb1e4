"""Boosted decision trees over present and absent features, read from JSON: the second opinion on doubtful sentences."""

import json
from collections.abc import Iterable
from functools import cache
from math import exp
from typing import Any, cast

from kg.read.model_files import model_file


class Trees:
    """An ensemble of trees. A node is `[feature, without, with]`, a leaf a number; features are indices into `names`.

    >>> Trees(["a"], [[0, -2.0, 2.0]]).probability(["a", "b"]) > 0.8
    True
    """

    def __init__(self, names: list[str], trees: list[Any]) -> None:
        self._index = {name: number for number, name in enumerate(names)}
        self._trees = trees

    def probability(self, features: Iterable[str]) -> float:
        """Return the probability, 0 to 1, of a sentence with `features`."""
        index = self._index
        present = {index[feature] for feature in features if feature in index}
        total = 0.0
        for tree in self._trees:
            node = tree
            while type(node) is list:
                node = node[2] if node[0] in present else node[1]
            total += cast(float, node)
        return 1.0 / (1.0 + exp(-total))


@cache
def load_trees(name: str) -> Trees:
    """Return the trees of `kg/read/models/NAME.json`."""
    data = json.loads(model_file(f"{name}.json").read_text(encoding="utf-8"))
    return Trees(data["features"], data["trees"])
