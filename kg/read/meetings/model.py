"""The small linear model that tells this article's meetings from those it only mentions (`python -m kg.train.meetings` writes it)."""

import json
from collections.abc import Sequence
from functools import cache
from math import exp

from kg.read.model_files import model_file


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads(model_file("meetings.json").read_text(encoding="utf-8"))
    return weights


def probability(features: Sequence[str]) -> float:
    """Return how sure the model is that a group with `features` is a meeting that the article reports, 0 to 1."""
    weights = _weights()
    total = sum((weights.get(feature, 0.0) for feature in features), 0.0)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
