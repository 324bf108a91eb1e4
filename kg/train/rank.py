"""Training of a ranker: boosted trees that put the right candidate of each choice first (LambdaMART), the mean of several forests, in a
fixed order, so that the bytes repeat.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kg.train.forest import forest, presence_matrix

_LEAST_CHOICES = 4
PARAMETERS: Mapping[str, Any] = {
    "objective": "lambdarank",
    "learning_rate": 0.05,
    "num_leaves": 20,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.25,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 1.0,
    "lambdarank_truncation_level": 20,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}
ROUNDS = 160
FORESTS = 5
"""Forests of as many seeds are averaged: one alone chooses other addressees in one case of twenty when its seed changes."""


class Choice(NamedTuple):
    """One decision to learn: the candidates' features and the indices of those that are right."""

    candidates: Sequence[Sequence[str]]
    right: frozenset[int]


def train_ranker(
    choices: Sequence[Choice], parameters: Mapping[str, Any] = PARAMETERS, rounds: int = ROUNDS
) -> dict[str, Any]:
    """Return the trees of a ranker, `FORESTS` forests of them, as JSON-ready data: `features` and `trees`. Features in few candidates are left out."""
    import lightgbm

    usable = [c for c in choices if c.right and len(c.right) < len(c.candidates)]
    rows = [features for choice in usable for features in choice.candidates]
    labels = [int(i in choice.right) for choice in usable for i in range(len(choice.candidates))]
    counts = Counter(feature for features in rows for feature in set(features))
    names = sorted(feature for feature, count in counts.items() if count >= _LEAST_CHOICES)
    matrix = presence_matrix(rows, names)
    groups = [len(choice.candidates) for choice in usable]
    grown = []
    for seed in range(1, FORESTS + 1):
        data = lightgbm.Dataset(matrix, label=labels, group=groups)
        grown.append(lightgbm.train({**parameters, "seed": seed}, data, num_boost_round=rounds))
    return forest(grown, names)
