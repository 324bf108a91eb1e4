"""Trains the models that say which sentences are directives: vocabulary, CRF over the sequence, boosted trees."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycrfsuite

from kg.read.directives.features import lower_words, sentence_features
from kg.train.data import Labelled
from kg.train.forest import forest, presence_matrix

LEAST_ARTICLES = 5
"""A word or pair enters the vocabulary when that many articles hold it: common language, never a name."""

_CRF = {"c1": 0.3, "c2": 1.0, "max_iterations": 120, "feature.possible_transitions": True}
_TREES = {
    "objective": "binary",
    "learning_rate": 0.08,
    "num_leaves": 24,
    "min_data_in_leaf": 6,
    "feature_fraction": 0.2,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
_ROUNDS = 220
FORESTS = 5
"""Forests of as many seeds, of which the mean is taken: another seed alone turns two sentences in a hundred."""
_LEAST_SENTENCES = 5


def build_vocabulary(articles: Sequence[Labelled]) -> frozenset[str]:
    """Return the lower-case words and pairs of words that stand in at least `LEAST_ARTICLES` articles."""
    counts: Counter[str] = Counter()
    for article in articles:
        seen: set[str] = set()
        for view in article.views:
            words = lower_words(view, article.page.text)
            seen.update(word for word in words if word not in {"#", "0"})
            seen.update(f"{left}_{right}" for left, right in pairwise(words))
        counts.update(seen)
    return frozenset(word for word, count in counts.items() if count >= LEAST_ARTICLES)


def features_of(article: Labelled, vocabulary: frozenset[str]) -> list[list[str]]:
    """Return the features of each sentence of `article`."""
    return sentence_features(article.views, article.speakers, article.ranks, vocabulary, article.page.text)


def train_crf(articles: Sequence[Labelled], vocabulary: frozenset[str], path: Path) -> None:
    """Train the CRF and write it to `path`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_CRF)
    for article in articles:
        if article.views:
            labels = ["D" if label == "D" else "O" for label in article.labels()]
            trainer.append(features_of(article, vocabulary), labels)
    trainer.train(str(path))


def train_trees(articles: Sequence[Labelled], vocabulary: frozenset[str]) -> dict[str, Any]:
    """Return boosted trees as JSON-ready data: `features` and `trees` (nodes `[feature, without, with]`, leaves numbers)."""
    import lightgbm
    import numpy as np

    rows = [features for article in articles for features in features_of(article, vocabulary)]
    labels = [label == "D" for article in articles for label in (article.labels() if article.views else [])]
    counts = Counter(feature for features in rows for feature in set(features))
    names = sorted(feature for feature, count in counts.items() if count >= _LEAST_SENTENCES)
    matrix, wanted = presence_matrix(rows, names), np.array(labels, dtype=np.float32)
    grown = []
    for seed in range(1, FORESTS + 1):
        data = lightgbm.Dataset(matrix, label=wanted)
        grown.append(lightgbm.train({**_TREES, "seed": seed}, data, num_boost_round=_ROUNDS))
    return forest(grown, names)
