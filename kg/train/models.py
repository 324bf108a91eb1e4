"""Writes the models of the directive reader, learned from labelled articles, into a folder."""

import json
from collections.abc import Sequence
from pathlib import Path

from kg.train.data import Labelled
from kg.train.sentences import build_vocabulary, train_crf, train_trees
from kg.train.whom import train_rankers


def write_models(articles: Sequence[Labelled], folder: Path) -> None:
    """Train on `articles` and write vocabulary, CRF, trees and rankers into `folder`; the same articles give the same bytes."""
    folder.mkdir(exist_ok=True)
    vocabulary = build_vocabulary(articles)
    (folder / "vocabulary.txt").write_text("\n".join(sorted(vocabulary)) + "\n", encoding="utf-8")
    train_crf(articles, vocabulary, folder / "directive-sentences.crfsuite")
    _write(folder / "directive-trees.json", train_trees(articles, vocabulary))
    for name, weights in train_rankers(articles).items():
        _write(folder / f"{name}.json", weights)


def _write(path: Path, data: object) -> None:
    path.write_text(
        json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8"
    )
