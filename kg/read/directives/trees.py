"""Boosted decision trees over present and absent features, read from JSON: the second opinion on doubtful sentences."""

import json
from collections.abc import Iterable, Sequence
from functools import cache, reduce
from math import exp
from operator import or_

from kg.read.directives.bundles import NEIGHBOURS, ByPlace, Parts
from kg.read.directives.forest import Forest, Node
from kg.read.model_files import model_file


class Trees:
    """An ensemble of trees over the features of sentences. A node is `[feature, without, with]`; features are indices into `names`.

    >>> from kg.read.directives.bundles import Bundle
    >>> trees = Trees(["to", "p:to"], [[0, -2.0, 2.0], [1, -1.0, 1.0]])
    >>> [round(p, 2) for p in trees.probabilities([Parts([Bundle("to")]), Parts([])], [0, 1])]
    [0.73, 0.27]
    """

    def __init__(self, names: Sequence[str], trees: Sequence[Node]) -> None:
        self._forest = Forest(names, trees)
        self._cleared = ByPlace(self._forest.cleared, _union)

    def probabilities(self, parts: Sequence[Parts], asked: Sequence[int]) -> list[float]:
        """Return the probability, 0 to 1, of each sentence of `parts` whose index is `asked`."""
        totals = self._forest.totals([self._ruled_out(parts, i) for i in asked])
        return [1.0 / (1.0 + exp(-total)) for total in totals]

    def _ruled_out(self, parts: Sequence[Parts], i: int) -> int:
        """Unite what the features of sentence `i` and of its neighbours clear."""
        cleared, part = self._cleared, parts[i]
        found = [cleared.of(bundle)[0] for bundle in part.bundles] + cleared.words(part.words)
        for place, step in enumerate(NEIGHBOURS.values()):
            if 0 <= i + step < len(parts):
                found += [cleared.of(bundle)[1][place] for bundle in parts[i + step].bundles if bundle.shared]
        return _union(filter(None, found))


def _union(cleared: Iterable[int]) -> int:
    return reduce(or_, cleared, 0)


@cache
def load_trees(name: str) -> Trees:
    """Return the trees of `kg/read/models/NAME.json`."""
    data = json.loads(model_file(f"{name}.json").read_text(encoding="utf-8"))
    return Trees(data["features"], data["trees"])
