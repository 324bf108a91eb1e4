"""On what reports are compared: directives of one ground and one day with each other, those of the next day and those of no day.

So a new report costs what is told about its days, however many there are of the same issuer.
"""

from kg.identify.dates import day_after
from kg.identify.same import Report, days_beside, pairs_of_day
from kg.resolved.store import ResolvedStore
from kg.resolved.work import report_of_row

_BETWEEN = "|"


def compare_again(store: ResolvedStore, kind: str, ground: str, day: str) -> None:
    """Make work of what a report of a ground and day, which comes or goes, is compared with."""
    if kind != "directives":
        store.todo(kind, [ground])
        return
    days = {day, day_after(day, -1)} if day else {"", *_days(store, ground)}
    store.todo(kind, (f"{one}{_BETWEEN}{ground}" for one in days if one or not day))


def directives_on(store: ResolvedStore, key: str) -> set[tuple[str, str]]:
    """Return the pairs of one directive for one piece of work."""
    day, _, ground = key.partition(_BETWEEN)
    group = _reports(store, ground, day)
    return (
        pairs_of_day(group, [one for other in days_beside(day) for one in _reports(store, ground, other)])
        if group
        else set()
    )


def _days(store: ResolvedStore, ground: str) -> list[str]:
    rows = store.db.execute("SELECT DISTINCT day FROM report WHERE kind = 'directives' AND ground = ?", (ground,))
    return [row[0] for row in rows]


def _reports(store: ResolvedStore, ground: str, day: str) -> list[Report]:
    rows = store.db.execute(
        "SELECT id, article, data FROM report WHERE kind = 'directives' AND ground = ? AND day = ?", (ground, day)
    )
    return [report_of_row(*row) for row in rows]
