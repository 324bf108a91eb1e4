"""Training of a linear ranker: softmax over the candidates, AdaGrad with L2, in a fixed order, so that the weights are reproducible."""

from collections import defaultdict
from collections.abc import Sequence
from math import exp, sqrt
from typing import NamedTuple


class Choice(NamedTuple):
    """One decision to learn: the candidates' features and the indices of those that are right."""

    candidates: Sequence[Sequence[str]]
    right: frozenset[int]


def train_ranker(
    choices: Sequence[Choice], *, epochs: int = 12, rate: float = 0.25, decay: float = 1e-3, minimum: int = 3
) -> dict[str, float]:
    """Return the weights, rounded to 4 places and sorted; features in fewer than `minimum` choices are left out."""
    counts: defaultdict[str, int] = defaultdict(int)
    for choice in choices:
        for feature in {f for features in choice.candidates for f in features}:
            counts[feature] += 1
    kept = {feature for feature, count in counts.items() if count >= minimum}
    usable = [
        ([[f for f in features if f in kept] for features in choice.candidates], choice.right)
        for choice in choices
        if choice.right and len(choice.right) < len(choice.candidates)
    ]
    weights: defaultdict[str, float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(float)
    for _ in range(epochs):
        for candidates, right in usable:
            _step(candidates, right, weights, squares, rate, decay)
    return {feature: round(weights[feature], 4) for feature in sorted(weights) if abs(weights[feature]) >= 0.005}


def _step(
    candidates: Sequence[Sequence[str]],
    right: frozenset[int],
    weights: defaultdict[str, float],
    squares: defaultdict[str, float],
    rate: float,
    decay: float,
) -> None:
    scores = [sum(weights[f] for f in features) for features in candidates]
    top = max(scores)
    shares = [exp(score - top) for score in scores]
    total = sum(shares)
    total_right = sum(shares[i] for i in right)
    for i, features in enumerate(candidates):
        wanted = shares[i] / total_right if i in right else 0.0
        error = shares[i] / total - wanted
        if abs(error) < 1e-4:
            continue
        for feature in features:
            gradient = error + decay * weights[feature]
            squares[feature] += gradient * gradient
            weights[feature] -= rate * gradient / sqrt(squares[feature] + 1e-6)
