"""The CRF over the sequence of sentences, applied: exact marginals of two labels from crfsuite's weights.

python-crfsuite trains the model and reads its file; applying it here saves the reader from spelling out every neighbour's feature as a
string of its own.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp

import pycrfsuite

from kg.read.directives.features import ByPlace, Parts
from kg.read.model_files import model_file

Transitions = tuple[tuple[float, float], tuple[float, float]]
"""Factors from a label (row) to the next sentence's (column), O before D."""


class SentenceCrf:
    """A linear chain with the labels O and D. `weights` are a feature's weight for D less that for O, transitions as crfsuite gives them.

    >>> crf = SentenceCrf({"order": 2.0}, {})
    >>> [round(p, 2) for p in crf.marginals([Parts(["order"], []), Parts([], [])])]
    [0.88, 0.5]
    """

    def __init__(self, weights: Mapping[str, float], transitions: Mapping[tuple[str, str], float]) -> None:
        self.weights = weights
        self._values = ByPlace(weights)
        self._factors: Transitions = (
            (exp(transitions.get(("O", "O"), 0.0)), exp(transitions.get(("O", "D"), 0.0))),
            (exp(transitions.get(("D", "O"), 0.0)), exp(transitions.get(("D", "D"), 0.0))),
        )

    def marginals(self, parts: Sequence[Parts]) -> list[float]:
        """Return for each sentence the probability of the label D (forward-backward, scaled at each step)."""
        odds = [exp(sum(self._values.of(parts, i))) for i in range(len(parts))]
        forward = self._forward(odds)
        out: list[float] = []
        (oo, od), (do, dd) = self._factors
        beta_o = beta_d = 1.0
        for (alpha_o, alpha_d), odd in zip(reversed(forward), reversed(odds), strict=True):
            both = alpha_d * beta_d
            out.append(both / (alpha_o * beta_o + both))
            next_d = odd * beta_d
            beta_o, beta_d = oo * beta_o + od * next_d, do * beta_o + dd * next_d
            scale = beta_o + beta_d
            beta_o, beta_d = beta_o / scale, beta_d / scale
        return out[::-1]

    def _forward(self, odds: Sequence[float]) -> list[tuple[float, float]]:
        (oo, od), (do, dd) = self._factors
        rows: list[tuple[float, float]] = []
        for odd in odds:
            if rows:
                before_o, before_d = rows[-1]
                alpha_o, alpha_d = before_o * oo + before_d * do, (before_o * od + before_d * dd) * odd
            else:
                alpha_o, alpha_d = 1.0, odd
            scale = alpha_o + alpha_d
            rows.append((alpha_o / scale, alpha_d / scale))
        return rows


@cache
def sentence_crf() -> SentenceCrf:
    """Return the committed CRF."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model_file("directive-sentences.crfsuite")))
    info = tagger.info()
    weights: dict[str, float] = {}
    for (feature, label), weight in info.state_features.items():
        weights[feature] = weights.get(feature, 0.0) + (weight if label == "D" else -weight)
    return SentenceCrf(weights, info.transitions)
