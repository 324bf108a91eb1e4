"""A ranker of boosted decision trees: the candidate whose features score most. Its trees are a JSON file that `make train` writes."""

import json
from collections.abc import Sequence
from functools import cache, reduce
from math import exp
from operator import or_

from kg.read.directives.forest import Forest, Node
from kg.read.model_files import model_file


class Ranker:
    """Scores candidates by the sum of its trees. A node is `[feature, without, with]`, a leaf a number; features are indices into `names`.

    >>> Ranker(["near"], [[0, -1.0, 1.0]]).choose([["far"], ["near"]])[0]
    1
    """

    def __init__(self, names: Sequence[str], trees: Sequence[Node]) -> None:
        self._forest = Forest(names, trees)

    def choose(self, candidates: Sequence[Sequence[str]], around: Sequence[str] = ()) -> tuple[int, float]:
        """Return the index of the best candidate, the first among equals, and its softmax share. Raises ValueError where there is none.

        `around` are features that all candidates have.
        """
        if len(candidates) == 1:
            return 0, 1.0
        scores, shares = self.weigh(candidates, around)
        best = scores.index(max(scores))
        return best, shares[best]

    def weigh(self, candidates: Sequence[Sequence[str]], around: Sequence[str] = ()) -> tuple[list[float], list[float]]:
        """Return the scores of candidates and their softmax shares. Raises ValueError where there is none."""
        shared = self._cleared(around, 0)
        scores = self._forest.totals([self._cleared(features, shared) for features in candidates])
        top = max(scores)
        weights = [exp(score - top) for score in scores]
        total = sum(weights, 0.0)
        return scores, [weight / total for weight in weights]

    def _cleared(self, features: Sequence[str], start: int) -> int:
        return reduce(or_, filter(None, map(self._forest.cleared.get, features)), start)


@cache
def load_ranker(name: str) -> Ranker:
    """Return the ranker of `kg/read/models/NAME.json`."""
    data = json.loads(model_file(f"{name}.json").read_text(encoding="utf-8"))
    return Ranker(data["features"], data["trees"])
