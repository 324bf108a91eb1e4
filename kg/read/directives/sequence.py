"""The CRF over the sequence of sentences, applied: exact marginals of two labels from crfsuite's weights.

python-crfsuite trains the model and reads its file; applying it here saves the reader from spelling out every neighbour's feature as a
string of its own.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp

import pycrfsuite

from kg.read.directives.bundles import NEIGHBOURS, ByPlace, Parts
from kg.read.model_files import model_file

Transitions = tuple[tuple[float, float], tuple[float, float]]
"""Factors from a label (row) to the next sentence's (column), O before D."""

_STEPS = tuple(NEIGHBOURS.values())
_FARTHEST = 2
Near = tuple[float, float, float, float]
"""What a sentence's features weigh for the sentences that see it as NEIGHBOURS says, in that order."""

_NOTHING: Near = (0.0, 0.0, 0.0, 0.0)
_UTMOST = 300.0
"""A sentence of a hundred orders has a score whose exponential no float holds; beyond this one it makes no difference."""


class SentenceCrf:
    """A linear chain with the labels O and D. `weights` are a feature's weight for D less that for O, transitions as crfsuite gives them.

    >>> from kg.read.directives.bundles import Bundle
    >>> crf = SentenceCrf({"order": 2.0}, {})
    >>> [round(p, 2) for p in crf.marginals([Parts([Bundle("order")]), Parts([])])]
    [0.88, 0.5]
    """

    def __init__(self, weights: Mapping[str, float], transitions: Mapping[tuple[str, str], float]) -> None:
        self.weights = weights
        self._values = ByPlace(weights, sum)
        self._factors: Transitions = (
            (exp(transitions.get(("O", "O"), 0.0)), exp(transitions.get(("O", "D"), 0.0))),
            (exp(transitions.get(("D", "O"), 0.0)), exp(transitions.get(("D", "D"), 0.0))),
        )

    def marginals(self, parts: Sequence[Parts]) -> list[float]:
        """Return for each sentence the probability of the label D (forward-backward, scaled at each step)."""
        odds = [exp(max(-_UTMOST, min(_UTMOST, score))) for score in self._scores(parts)]
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

    def _scores(self, parts: Sequence[Parts]) -> list[float]:
        """The state score of each sentence: what its own features weigh, and what its neighbours' weigh from where they stand."""
        weighed = [self._weighed(part) for part in parts]
        rows = [_NOTHING] * _FARTHEST + [near for _, near in weighed] + [_NOTHING] * _FARTHEST
        scores: list[float] = []
        for i, (own, _) in enumerate(weighed, _FARTHEST):
            around = 0.0
            for place, step in enumerate(_STEPS):
                around += rows[i + step][place]
            scores.append(own + around)
        return scores

    def _weighed(self, part: Parts) -> tuple[float, Near]:
        """What the features of a sentence weigh for itself, and for each of NEIGHBOURS that sees them."""
        of = self._values.of
        own = before = after = before_last = after_next = 0.0
        for bundle in part.bundles:
            alone, near = of(bundle)
            own += alone
            if bundle.shared:
                before += near[0]
                after += near[1]
                before_last += near[2]
                after_next += near[3]
        return own + sum(self._values.words(part.words), 0.0), (before, after, before_last, after_next)

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
