"""Writes the models of the directive reader, learned from labelled articles, into a folder."""

import json
from collections.abc import Sequence
from pathlib import Path

from kg.train.data import Labelled
from kg.train.sentences import build_vocabulary, train_crf, train_trees
from kg.train.whom import train_rankers

DENSE = "block-"
"""Ids of our own texts that are dense in orders on purpose: the sentence models, which learn how rare orders are, do not see them."""


def write_models(articles: Sequence[Labelled], folder: Path) -> None:
    """Train on `articles` and write vocabulary, CRF, trees and rankers into `folder`; the same articles give the same bytes."""
    folder.mkdir(exist_ok=True)
    news = _like_news(articles)
    vocabulary = build_vocabulary(news)
    (folder / "vocabulary.txt").write_text("\n".join(sorted(vocabulary)) + "\n", encoding="utf-8")
    train_crf(news, vocabulary, folder / "directive-sentences.crfsuite")
    _write(folder / "directive-trees.json", train_trees(news, vocabulary))
    for name, weights in train_rankers(articles).items():
        _write(folder / f"{name}.json", weights)


def _like_news(articles: Sequence[Labelled]) -> list[Labelled]:
    """The articles whose share of orders is that of newspapers, without those that follow one of train (docs/decisions/0003)."""
    dense = [(article.page.article.record_id or "").startswith(DENSE) for article in articles]
    return [article for article, block in zip(articles, dense, strict=True) if not block and article.source is None]


def _write(path: Path, data: object) -> None:
    path.write_text(
        json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8"
    )
