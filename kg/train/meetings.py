"""Trains the meeting model on `../shared/gold/train` and `ledes`: `python -m kg.train.meetings` writes kg/read/models/meetings.json.

The gold stays outside the project; without it the command says so and leaves the committed weights as they are. What is kept are weights
of grammar features (families, roles of words, positions), none of an article's words.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.read.actors import read_actors
from kg.read.dates import read_dates
from kg.read.meetings.features import group_features
from kg.read.meetings.groups import Group, group_places
from kg.read.meetings.heads import find_places
from kg.read.page import Page
from kg.text.fold import fold
from kg.train.logistic import Example, train_classifier
from loaders.jsonl import article_of_record

_ROOT = Path(__file__).parents[2]
_GOLD = _ROOT.parent / "shared" / "gold"
_WEIGHTS = _ROOT / "kg" / "read" / "models" / "meetings.json"
_SETS = ("train", "ledes")
_SAME_KIND = 0.5
"""Share of words from which two kinds name one kind of meeting (gold/score.py)."""


def examples(folder: Path, name: str) -> Iterator[tuple[str, list[Example]]]:
    """Yield each article's id with the groups of its page as examples: right where one is a meeting of the gold reading."""
    readings = {r["id"]: r for r in _records(folder / f"{name}.gold.jsonl")}
    for record in _records(folder / f"{name}.articles.jsonl"):
        page = Page.of(article_of_record(record, source=name, locator=None))
        dates = read_dates(page)
        mentions = read_actors(page).mentions
        starts = [m.start for m in mentions]
        groups = group_places(page, find_places(page), dates)
        right = _right(groups, readings[record["id"]]["meetings"])
        yield (
            record["id"],
            [
                Example(group_features(page, group, groups, mentions, starts, dates), at in right)
                for at, group in enumerate(groups)
            ],
        )


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _right(groups: list[Group], gold: list[dict[str, Any]]) -> set[int]:
    """The groups that are meetings of the gold, each gold meeting once, the best fit first."""
    pairs = sorted(
        (-_fit(meeting, group), at, number)
        for number, meeting in enumerate(gold)
        for at, group in enumerate(groups)
        if _fit(meeting, group) > 0
    )
    used: set[int] = set()
    right: set[int] = set()
    for _, at, number in pairs:
        if number not in used and at not in right:
            used.add(number)
            right.add(at)
    return right


def _fit(meeting: dict[str, Any], group: Group) -> float:
    kind = _dice(meeting["kind"], group.kind)
    day = meeting["date"]
    if kind < _SAME_KIND or (day and group.date and day != group.date):
        return 0.0
    return kind + 0.6 * bool(day and group.date) + 0.3 * (len(group.places) > 1) - 0.01 * group.places[0].sentence


def _dice(one: str, other: str) -> float:
    left, right = fold(one).split(), fold(other).split()
    common = sum(min(left.count(word), right.count(word)) for word in set(left))
    return 2 * common / (len(left) + len(right))


def write_weights(cases: Sequence[Example], path: Path) -> dict[str, float]:
    """Train on `cases`, write the weights to `path` and return them."""
    weights = train_classifier(cases, decay=0.1, minimum=4)
    path.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    return weights


def main() -> int:
    """Write the weights; return 1 where the gold is absent."""
    if not _GOLD.is_dir():
        print(f"{_GOLD} is absent: the committed weights stay as they are", file=sys.stderr)
        return 1
    cases = [example for name in _SETS for _, found in examples(_GOLD, name) for example in found]
    weights = write_weights(cases, _WEIGHTS)
    print(
        f"{len(cases)} groups, {sum(e.label for e in cases)} of them meetings, {len(weights)} weights", file=sys.stderr
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
