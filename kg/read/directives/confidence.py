"""How often a directive that the models are so sure of is right: the share that held in articles they had not seen."""

import json
from bisect import bisect_right
from functools import cache

from kg.read.model_files import model_file


@cache
def _table() -> tuple[tuple[float, ...], tuple[float, ...]]:
    rows = json.loads(model_file("confidence.json").read_text(encoding="utf-8"))
    return tuple(row[0] for row in rows), tuple(row[1] for row in rows)


def calibrated(certainty: float) -> float:
    """Return the confidence of a directive: sentence, issuer and addressees right, given the product of the models' shares.

    Linear between the points of `kg/read/models/confidence.json`, which `python -m kg.quality.calibrate` measures by five-fold
    cross-validation on `gold/train` (isotonic regression; Zadrozny and Elkan 2002).

    >>> calibrated(0.0) <= calibrated(0.5) <= calibrated(1.0) <= 1
    True
    """
    raw, shares = _table()
    above = bisect_right(raw, certainty)
    if above == 0:
        return shares[0]
    if above == len(raw):
        return shares[-1]
    left, right = raw[above - 1], raw[above]
    return shares[above - 1] + (shares[above] - shares[above - 1]) * (certainty - left) / (right - left)
