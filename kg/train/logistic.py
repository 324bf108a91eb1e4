"""Training of a small linear classifier: logistic loss, AdaGrad with L2, in a fixed order, so that the weights are reproducible."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import exp, sqrt
from typing import NamedTuple


class Example(NamedTuple):
    """One case: its features and whether it is one."""

    features: Sequence[str]
    label: bool


def probability(weights: Mapping[str, float], features: Sequence[str]) -> float:
    """Return how sure the weights are that a case with `features` is one."""
    total = sum(weights.get(f, 0.0) for f in features)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def train_classifier(
    examples: Sequence[Example], *, epochs: int = 30, rate: float = 0.3, decay: float = 0.01, minimum: int = 3
) -> dict[str, float]:
    """Return the weights, rounded to 4 places and sorted; features of fewer than `minimum` examples are left out."""
    counts = Counter(f for example in examples for f in set(example.features))
    cases = [([f for f in e.features if counts[f] >= minimum], e.label) for e in examples]
    weights: defaultdict[str, float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(float)
    for _ in range(epochs):
        for features, label in cases:
            error = probability(weights, features) - label
            for feature in features:
                step = error + decay * weights[feature]
                squares[feature] += step * step
                weights[feature] -= rate * step / (sqrt(squares[feature]) + 1e-6)
    return {f: round(weights[f], 4) for f in sorted(weights) if abs(weights[f]) >= 0.01}
