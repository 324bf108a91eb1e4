"""Which sentences are directives: a CRF over the sequence of sentences, and boosted trees where it is in doubt."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg.read.directives.analysis import SentenceView
from kg.read.directives.bundles import Parts
from kg.read.directives.carried import carries_on, is_bare
from kg.read.directives.features import sentence_parts
from kg.read.directives.sequence import sentence_crf
from kg.read.directives.speakers import Speaker
from kg.read.directives.trees import load_trees
from kg.read.model_files import model_file

THRESHOLD = 0.5
"""A sentence is a directive from this probability on."""

RUN_THRESHOLD = 0.25
"""Enough for a bare imperative ("Tiếp tục củng cố ...") right behind a directive. Both by five-fold cross-validation on `gold/train`."""

BARE_THRESHOLD = 0.13
"""The same where nothing in the whole sentence speaks against it: of such sentences behind a directive of `gold/train` nine in ten are one."""

CARRIED_THRESHOLD = 0.08
"""Enough where the grammar says that the sentence carries the run on ("Y <to do>"): nine of ten such sentences behind a directive of `gold/train` are one."""

_DOUBT = (0.02, 0.98)


@cache
def vocabulary() -> frozenset[str]:
    """Return the common lower-case words and pairs that the models look at."""
    return frozenset(model_file("vocabulary.txt").read_text(encoding="utf-8").split())


class Opinion(NamedTuple):
    """How probable it is that a sentence is a directive: for the CRF, for the trees (None where they were not asked), for both."""

    crf: float
    trees: float | None

    @property
    def probability(self) -> float:
        """The mean of both; the CRF's alone where it leaves no doubt."""
        return self.crf if self.trees is None else 0.5 * (self.crf + self.trees)


def directive_probabilities(
    views: Sequence[SentenceView], speakers: Sequence[Speaker], ranks: Mapping[str, int], text: str
) -> list[float]:
    """Return for each sentence the probability that it is a directive."""
    parts = sentence_parts(views, speakers, ranks, text)
    return [opinion.probability for opinion in opinions(parts)]


def opinions(parts: Sequence[Parts]) -> list[Opinion]:
    """Return what the models hold of each sentence of an article."""
    marginals = sentence_crf().marginals(parts)
    doubtful = [i for i, crf in enumerate(marginals) if _DOUBT[0] < crf < _DOUBT[1]]
    trees = dict(zip(doubtful, load_trees("directive-trees").probabilities(parts, doubtful), strict=True))
    return [Opinion(crf, trees.get(i)) for i, crf in enumerate(marginals)]


def threshold(folded: str, view: SentenceView, chosen: Sequence[int]) -> float:
    """Return the probability that makes `view` a directive, given the folded text and the indices of those `chosen` before it."""
    if not chosen or chosen[-1] != view.index - 1:
        return THRESHOLD
    run = len(chosen) > 1 and chosen[-2] == view.index - 2
    together = not folded.startswith("\n", view.start - 1)
    if (run or together) and carries_on(folded, view):
        return CARRIED_THRESHOLD
    if not view.task_opening:
        return THRESHOLD
    return BARE_THRESHOLD if together and is_bare(folded, view) else RUN_THRESHOLD


def choose(folded: str, views: Sequence[SentenceView], probabilities: Sequence[float]) -> list[int]:
    """Return the indices of the sentences of a folded text that are directives."""
    chosen: list[int] = []
    for view, probability in zip(views, probabilities, strict=True):
        # no threshold is lower or higher than these
        if probability >= CARRIED_THRESHOLD and (
            probability >= THRESHOLD or probability >= threshold(folded, view, chosen)
        ):
            chosen.append(view.index)
    return chosen
