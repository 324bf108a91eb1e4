"""When two names or verbs count as the same: the rules of `gold/score.py`, which is loaded from where it lies."""

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
"""Where the gold readings lie: beside the project's root, never in it."""


@cache
def scorer() -> ModuleType:
    """Return `gold/score.py` as a module. Raises FileNotFoundError where it is absent."""
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    if spec is None or spec.loader is None or not (GOLD / "score.py").exists():
        raise FileNotFoundError(f"no scorer at {GOLD / 'score.py'}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def same_names(predicted: Sequence[str], gold: Sequence[str]) -> float:
    """Return the F1 of two lists of names under the scorer's rules; two empty lists agree fully."""
    hit, said, wanted = scorer().people_or_bodies(list(gold), list(predicted))
    return 1.0 if said == wanted == 0 else 2 * hit / (said + wanted)


def same_verb(predicted: str, gold: str) -> bool:
    """Say whether two verbs are equal after the scorer's normalisation."""
    return bool(scorer().norm(predicted) == scorer().norm(gold))
