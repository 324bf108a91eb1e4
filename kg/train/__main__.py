"""`python -m kg.train`: trains every learned part and writes `kg/read/models`; needs `../shared/gold` and the extra `train`."""

import json
import sys
from pathlib import Path

from kg.train.data import load_gold, load_own
from kg.train.names import GOLD
from kg.train.sentences import build_vocabulary, train_crf, train_trees
from kg.train.whom import train_rankers

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "kg" / "read" / "models"


def main() -> int:
    """Train and write the models; returns 1 where the gold readings are absent."""
    if not GOLD.is_dir():
        print(f"no gold readings at {GOLD}: models stay as they are", file=sys.stderr)
        return 1
    articles = load_gold(GOLD, "train") + load_gold(GOLD, "ledes") + load_own(ROOT / "training" / "own")
    MODELS.mkdir(exist_ok=True)
    vocabulary = build_vocabulary(articles)
    (MODELS / "vocabulary.txt").write_text("\n".join(sorted(vocabulary)) + "\n", encoding="utf-8")
    train_crf(articles, vocabulary, MODELS / "directive-sentences.crfsuite")
    _write("directive-trees", train_trees(articles, vocabulary))
    for name, weights in train_rankers(articles).items():
        _write(name, weights)
    print(f"trained on {len(articles)} articles", file=sys.stderr)
    return 0


def _write(name: str, data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (MODELS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
