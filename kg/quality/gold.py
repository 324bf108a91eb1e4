"""The gold sets, their readings by the reader as it is, and the scores per class under `gold/score.py`."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.model.article import Article
from kg.quality.places import GOLD
from kg.read import read
from kg.train.names import scorer
from loaders.jsonl import article_of_record

SETS: Final = ("train", "ledes", "dev")
"""`train` and `ledes` are learned from, `dev` is the yardstick."""

Record = Mapping[str, Any]
Readings = Mapping[str, Record]
"""Readings in their JSON form by article id."""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A gold set: its records as they lie in the file, and its gold readings by id."""

    name: str
    records: tuple[Record, ...]
    gold: Readings

    def articles(self) -> Iterator[Article]:
        """Yield the articles in the order of the file."""
        return (article_of_record(record, source=self.name, locator=None) for record in self.records)


def load_set(name: str) -> GoldSet:
    """Return the set `NAME.articles.jsonl` with `NAME.gold.jsonl`. Raises OSError where the gold is absent."""
    return GoldSet(
        name,
        tuple(_records(GOLD / f"{name}.articles.jsonl")),
        {record["id"]: record for record in _records(GOLD / f"{name}.gold.jsonl")},
    )


def digest(name: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of the set's two files: floors hold for this text only."""
    content = b"".join((GOLD / f"{name}.{part}.jsonl").read_bytes() for part in ("articles", "gold"))
    return hashlib.sha256(content).hexdigest()[:16]


def read_set(gold_set: GoldSet) -> Readings:
    """Read every article of the set."""
    return {str(article.record_id): read(article).model_dump(mode="json") for article in gold_set.articles()}


def class_scores(gold_set: GoldSet, readings: Readings, label: str) -> dict[str, float]:
    """Return F1 per class and the verbs' accuracy under `LABEL/CLASS`; a class that the set has no gold of is left out."""
    scores: dict[str, float] = {}
    for name, figures in scorer().score(gold_set.gold, readings).items():
        short = name.partition(" (")[0].removesuffix(" on matched directives")
        if not isinstance(figures, dict):
            scores[f"{label}/{short}"] = figures or 0.0
        elif figures["gold"]:
            scores[f"{label}/{short}"] = figures["f1"]
    return scores


def _records(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
