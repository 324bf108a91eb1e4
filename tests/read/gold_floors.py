"""Holds the reader to floors on the shared gold readings: F1 of each class, as `gold/score.py` counts it."""

import json

from kg.train.names import GOLD, scorer


def records(name):
    """Return the records of a file of the gold folder."""
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def assert_floors(part, floors, predicted):
    """Read every article of a part with `predicted` and fail where a class scores below its floor."""
    gold = {r["id"]: r for r in records(f"{part}.gold.jsonl")}
    read = {r["id"]: predicted(r) for r in records(f"{part}.articles.jsonl")}
    figures = scorer().score(gold, read)
    reached = {name: figures[name]["f1"] for name in floors}
    assert all(reached[name] >= floor for name, floor in floors.items()), reached
