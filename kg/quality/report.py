"""The misses as one HTML page that needs no network and no script; it quotes the gold, so it is written outside the project only."""

from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import jinja2

from kg.errors import UsageError
from kg.quality.items import faults, items
from kg.quality.misses import Miss, counts
from kg.quality.places import ROOT


def check_outside(path: Path) -> None:
    """Raise UsageError where `path` lies inside the project, whose files must not quote the gold."""
    if path.resolve().is_relative_to(ROOT):
        raise UsageError(
            f"{path}: lies in the project, and the report quotes the gold; choose a place outside of {ROOT}"
        )


def sentence_misses() -> list[Miss]:
    """Return a miss for each of our test sentences that is read wrong, its faults as the reading's side."""
    found = []
    for construction, item in items():
        wrong = faults(item)
        if wrong:
            found.append(
                Miss("test sentence", construction, item["id"], item["text"], item.get("note", ""), "; ".join(wrong))
            )
    return found


def write_report(misses: Sequence[Miss], table: str, path: Path) -> None:
    """Write the page, the most frequent kind first; texts are escaped. Raises UsageError for a place inside the project."""
    check_outside(path)
    kinds = [(kind, [miss for miss in misses if miss.kind == kind]) for kind in counts(misses)]
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string((files("kg.quality") / "report.html.jinja").read_text(encoding="utf-8"))
    page = template.render(kinds=kinds, table=table, places=_places)
    path.write_text(page + "\n", encoding="utf-8")


def _places(misses: Sequence[Miss]) -> list[tuple[str, int]]:
    return sorted(Counter(miss.place for miss in misses).items())
