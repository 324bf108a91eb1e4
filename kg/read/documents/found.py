"""One place that cites a document, before the places that cite the same one are joined."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from kg.read.records import record


class Taken:
    """Stretches of a text that are spoken for, in any order.

    >>> taken = Taken([(10, 20), (3, 5)])
    >>> taken.meets(5, 10), taken.meets(4, 6), taken.holds(19)
    (False, True, True)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def meets(self, start: int, end: int) -> bool:
        """Say whether any stretch overlaps `start` to `end`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start

    def holds(self, offset: int) -> bool:
        """Say whether `offset` lies in a stretch."""
        return self.meets(offset, offset + 1)


@record
class Found:
    """A citation at code points `start` to `end`.

    `ident` is equal for two citations of one document (an empty one joins nothing); `short` are the (type, number) pairs by
    which a later "Nghị quyết 18" may mean it. `accept` are the forms that name it, best first.
    """

    start: int
    end: int
    type: str
    ident: str
    rule: str
    name: str
    number: str | None = None
    accept: tuple[str, ...] = ()
    issuer: str | None = None
    date: str | None = None
    key: str | None = None
    term: str | None = None
    title: str | None = None
    short: tuple[str, str] | None = None
    confidence: float = 0.95
