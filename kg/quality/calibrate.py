"""`python -m kg.quality.calibrate`: measures how often directives are right, by how sure the models are, and writes kg/read/models/confidence.json.

Five times four fifths of `gold/train` are learned from and the rest is read (some minutes); needs `../shared/gold` and the extra `train`.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.quality.folds import folded_readings
from kg.quality.gold import GoldSet, Readings, load_set
from kg.quality.places import GOLD, ROOT
from kg.train.names import scorer

_TABLE = ROOT / "kg" / "read" / "models" / "confidence.json"
_BINS = 12
"""Points of the table: some fifty directives each."""
_UNSEEN = 0.92
"""The grammar's rules, unlike the models of a fold, have seen all of train: on dev the share that is right was .92 of what train alone says."""


def outcomes(gold: GoldSet, readings: Readings) -> Iterator[tuple[float, bool]]:
    """Yield (confidence, whether sentence, issuer and addressees are right) of each directive read; what the gold leaves open is left out."""
    score = scorer()
    for ident, right in gold.gold.items():
        read = readings[ident]["directives"]
        matched = {
            at: right["directives"][which] for which, at in score.match(right["directives"], read, score.overlap)
        }
        for at, one in enumerate(read):
            wanted = matched.get(at)
            if wanted is None and any(score.overlap(free, one) for free in right.get("optional") or ()):
                continue
            yield one["confidence"], wanted is not None and _same_parties(score, wanted, one)


def table(found: Sequence[tuple[float, bool]], bins: int = _BINS) -> list[list[float]]:
    """Return [certainty, share right] rows, both rising: the means of equal bins after isotonic regression, less what train flatters."""
    from scipy.optimize import isotonic_regression

    ordered = sorted(found)
    fitted = isotonic_regression([float(right) for _, right in ordered]).x
    rows = []
    for number in range(bins):
        part = slice(number * len(ordered) // bins, (number + 1) * len(ordered) // bins)
        certainties = [certainty for certainty, _ in ordered[part]]
        shares = [_UNSEEN * float(share) for share in fitted[part]]
        rows.append([round(sum(certainties) / len(certainties), 3), round(sum(shares) / len(shares), 3)])
    return rows


def _same_parties(score: object, wanted: dict[str, list[str]], one: dict[str, list[str]]) -> bool:
    compare = score.people_or_bodies  # type: ignore[attr-defined]  # gold/score.py is loaded as a module without types
    hit, read, gold = compare(wanted["issuers"], one["issuers"])
    issuer = read == 0 if gold == 0 else hit == gold and read <= gold + 1
    hit, read, gold = compare(wanted["addressees"], one["addressees"])
    return bool(issuer and (read == 0 if gold == 0 else 2 * hit / (read + gold) >= 0.5))


def main(target: Path = _TABLE) -> int:
    """Measure and write; returns 1 where the gold readings are absent."""
    if not GOLD.is_dir():
        print(f"no gold readings at {GOLD}: the table stays as it is", file=sys.stderr)
        return 1
    train = load_set("train")
    rows = table(list(outcomes(train, folded_readings(train))))
    target.write_text(json.dumps(rows) + "\n", encoding="utf-8")
    print("\n".join(f"{certainty:.3f} -> {share:.3f}" for certainty, share in rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
