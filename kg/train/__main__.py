"""`python -m kg.train`: trains every learned part and writes `kg/read/models`; needs `../shared/gold` and the extra `train`."""

import sys
from pathlib import Path

from kg.train.data import load_gold, load_own
from kg.train.models import write_models
from kg.train.names import GOLD

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "kg" / "read" / "models"


def main() -> int:
    """Train and write the models; returns 1 where the gold readings are absent."""
    if not GOLD.is_dir():
        print(f"no gold readings at {GOLD}: models stay as they are", file=sys.stderr)
        return 1
    articles = load_gold(GOLD, "train") + load_gold(GOLD, "ledes") + load_own(ROOT / "training" / "own")
    write_models(articles, MODELS)
    print(f"trained on {len(articles)} articles", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
