"""The page of one build: what was read, passed over, failed and why, coverage by month and place, the slowest articles."""

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final

from kg.home.ingest import Item
from kg.home.stats import Stats
from kg.home.summary import Summary

_LISTED: Final = 1000
_SLOWEST: Final = 25
_READ: Final = frozenset({"new", "updated"})


@dataclass(slots=True)
class BuildReport:
    """Takes in what became of each item; `html` makes the page. Memory is bounded: lists end at 1,000 items and say so."""

    reasons: Counter[str] = field(default_factory=Counter)
    failed: list[Item] = field(default_factory=list)
    skipped: list[Item] = field(default_factory=list)
    seconds: float = 0.0
    reads: int = 0
    _slowest: list[tuple[float, int, Item]] = field(default_factory=list)

    def item(self, item: Item) -> None:
        """Take in one item."""
        if item.outcome == "failed":
            self.reasons[kind_of_reason(item.reason)] += 1
            _add(self.failed, item)
        elif item.outcome not in _READ:
            _add(self.skipped, item)
        if item.seconds:
            self.reads += 1
            self.seconds += item.seconds
            heapq.heappush(self._slowest, (item.seconds, -self.reads, item))
            if len(self._slowest) > _SLOWEST:
                heapq.heappop(self._slowest)

    def slowest(self) -> list[Item]:
        """Return the articles that took longest to read, the slowest first."""
        return [item for _, _, item in sorted(self._slowest, reverse=True)]

    def html(self, summary: Summary, found: Stats, labels: Iterable[tuple[str, str, int]], lasted: float) -> str:
        """Return the page; whatever comes from outside is escaped. `found` is counted in the graph, `labels` are the counts: name, label, number."""
        import jinja2

        environment = jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
        template = environment.from_string((files("kg.home") / "report.html.jinja").read_text(encoding="utf-8"))
        return template.render(
            report=self,
            reasons=_most_first(self.reasons),
            counts=list(labels),
            total=summary.total,
            lasted=lasted,
            months=sorted(found.months.items()),
            most=max(found.months.values(), default=1),
            places=_most_first(found.places),
            classes=found.classes.items(),
            unresolved=[(name, count) for name, count in sorted(found.unresolved.items()) if count],
            listed=_LISTED,
        )


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _add(listed: list[Item], item: Item) -> None:
    if len(listed) < _LISTED:
        listed.append(item)


def kind_of_reason(reason: str | None) -> str:
    """Return the part of a reason that many inputs share."""
    return (reason or "?").split(":", 1)[0].split("(", 1)[0].strip()[:120]
