"""The CRF over the sequence of sentences, applied: exact marginals of two labels from crfsuite's weights.

python-crfsuite trains the model and reads its file; applying it here saves the reader from spelling out every neighbour's feature as a
string of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import exp

import pycrfsuite

from kg.read.directives.bundles import NEIGHBOURS, ByPlace, Parts
from kg.read.model_files import model_file

Transitions = tuple[tuple[float, float], tuple[float, float]]
"""Factors from a label (row) to the next sentence's (column), O before D."""

_STEPS = tuple(NEIGHBOURS.values())
_NOTHING = (0.0,) * len(_STEPS)
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

    def _scores(self, parts: Sequence[Parts]) -> Iterator[float]:
        """The state score of each sentence: what its own features weigh, and what its neighbours' weigh from where they stand."""
        beyond = [_NOTHING] * max(map(abs, _STEPS))
        rows = [*beyond, *map(self._near, parts), *beyond]
        for i, part in enumerate(parts, len(beyond)):
            own = sum(map(self._values.own, part.bundles), 0.0) + sum(self._values.words(part.words), 0.0)
            yield own + sum([rows[i + step][place] for place, step in enumerate(_STEPS)], 0.0)

    def _near(self, part: Parts) -> Sequence[float]:
        """What the features of a sentence weigh for each of NEIGHBOURS that sees them."""
        shared = [self._values.near(bundle) for bundle in part.bundles if bundle.shared]
        return [sum(column, 0.0) for column in zip(*shared, strict=True)] if shared else _NOTHING

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
