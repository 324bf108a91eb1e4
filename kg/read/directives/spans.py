"""Which sentences are directives: a CRF over the sequence of sentences, and boosted trees where it is in doubt."""

from collections.abc import Mapping, Sequence
from functools import cache

import pycrfsuite

from kg.read.directives.analysis import SentenceView
from kg.read.directives.features import sentence_features
from kg.read.directives.speakers import Speaker
from kg.read.directives.trees import load_trees
from kg.read.model_files import model_file

THRESHOLD = 0.42
"""A sentence is a directive from this probability on."""

RUN_THRESHOLD = 0.25
"""Enough for a bare imperative ("Tiếp tục củng cố ...") right behind a directive. Both by five-fold cross-validation on `gold/train`."""

_DOUBT = (0.02, 0.98)


@cache
def tagger() -> pycrfsuite.Tagger:
    """Return the CRF with its model open."""
    crf = pycrfsuite.Tagger()
    crf.open(str(model_file("directive-sentences.crfsuite")))
    return crf


@cache
def vocabulary() -> frozenset[str]:
    """Return the common lower-case words and pairs that the models look at."""
    return frozenset(model_file("vocabulary.txt").read_text(encoding="utf-8").split())


def directive_probabilities(
    views: Sequence[SentenceView], speakers: Sequence[Speaker], ranks: Mapping[str, int], text: str
) -> list[float]:
    """Return for each sentence the probability that it is a directive."""
    if not views:
        return []
    features = sentence_features(views, speakers, ranks, vocabulary(), text)
    crf = tagger()
    crf.set(features)
    return [combine(crf.marginal("D", i), own) for i, own in enumerate(features)]


def combine(marginal: float, features: Sequence[str]) -> float:
    """Return the mean of the CRF's marginal and the trees' probability; the marginal alone where it leaves no doubt."""
    if not _DOUBT[0] < marginal < _DOUBT[1]:
        return marginal
    return 0.5 * (marginal + load_trees("directive-trees").probability(features))


def threshold(view: SentenceView, chosen: Sequence[int]) -> float:
    """Return the probability that makes `view` a directive, given the indices of those `chosen` before it."""
    runs_on = bool(chosen) and chosen[-1] == view.index - 1 and bool(view.task_opening)
    return RUN_THRESHOLD if runs_on else THRESHOLD


def choose(views: Sequence[SentenceView], probabilities: Sequence[float]) -> list[int]:
    """Return the indices of the sentences that are directives."""
    chosen: list[int] = []
    for view, probability in zip(views, probabilities, strict=True):
        if probability >= threshold(view, chosen):
            chosen.append(view.index)
    return chosen
