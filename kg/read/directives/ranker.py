"""A linear ranker: the candidate whose features weigh most. Weights are a sorted JSON file that `make train` writes."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp

from kg.read.model_files import model_file


class Ranker:
    """Chooses among candidates by the sum of their features' weights.

    >>> Ranker({"near": 1.0, "far": -1.0}).best([["far"], ["near"]])
    1
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    def score(self, features: Sequence[str]) -> float:
        """Return the sum of the weights of `features`; unknown features weigh nothing."""
        return sum(filter(None, map(self._weights.get, features)))

    def best(self, candidates: Sequence[Sequence[str]]) -> int:
        """Return the index of the best candidate, the first among equals. Raises ValueError where there is none."""
        scores = [self.score(features) for features in candidates]
        return max(range(len(scores)), key=lambda i: (scores[i], -i))

    def probability(self, candidates: Sequence[Sequence[str]], chosen: int) -> float:
        """Return the softmax share of candidate `chosen`, 0 to 1."""
        scores = [self.score(features) for features in candidates]
        top = max(scores)
        return exp(scores[chosen] - top) / sum(exp(s - top) for s in scores)


@cache
def load_ranker(name: str) -> Ranker:
    """Return the ranker of `kg/read/models/NAME.json`."""
    return Ranker(json.loads(model_file(f"{name}.json").read_text(encoding="utf-8")))
