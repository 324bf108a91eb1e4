"""Dates of mixed precision as intervals of days, and the choice among dated versions of one name."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol, TypeVar

_FIRST, _LAST = "0000-00-00", "9999-99-99"


class Days(NamedTuple):
    """An interval of days, both ends included, as ISO strings that compare in time."""

    first: str
    last: str

    def covers(self, other: "Days") -> bool:
        """Say whether all of `other` lies inside."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: "Days") -> bool:
        """Say whether they share a day."""
        return self.first <= other.last and other.first <= self.last


class Dated(Protocol):
    """Something that held from its first to its last day."""

    @property
    def days(self) -> Days:
        """When it held."""


Version = TypeVar("Version", bound=Dated)


def days_of(iso: str | None) -> Days | None:
    """Return the days that an ISO date of any precision may mean.

    >>> days_of("2025-02")
    Days(first='2025-02-01', last='2025-02-31')
    """
    if not iso:
        return None
    day = iso[:10]
    return Days(day + "-01-01"[len(day) - 4 :], day + "-12-31"[len(day) - 4 :])


def span(valid_from: str, valid_to: str) -> Days:
    """Return the interval of a register's row; an empty end is open."""
    first, last = days_of(valid_from), days_of(valid_to)
    return Days(first.first if first else _FIRST, last.last if last else _LAST)


def choose(versions: Sequence[Version], day: Days | None) -> Version | None:
    """Return the version of a name that an article of `day` means, or None where that is in doubt.

    A text can't name what did not exist yet; it may name what is gone, as long as no other version fits the day (DOMAIN.md 1.3, 2).
    """
    known = [v for v in versions if day is None or v.days.first <= day.last]
    if len(versions) == 1:
        return known[0] if known else None
    if day is None:
        return None
    covering = [v for v in known if v.days.covers(day)]
    if covering or any(v.days.meets(day) for v in known):
        return covering[0] if len(covering) == 1 else None
    latest = max((v.days.last for v in known), default="")
    last = [v for v in known if v.days.last == latest]
    return last[0] if len(last) == 1 else None


def days_apart(one: str | None, other: str | None) -> int | None:
    """Return the days between two dates, None where one is not known to the day."""
    try:
        return abs((date.fromisoformat((one or "")[:10]) - date.fromisoformat((other or "")[:10])).days)
    except ValueError:
        return None


def known_day(iso: str | None) -> str:
    """Return the day of an ISO date, empty where it is not known to the day.

    >>> known_day("2025-02-03T07:00"), known_day("2025-02"), known_day(None)
    ('2025-02-03', '', '')
    """
    try:
        return date.fromisoformat((iso or "")[:10]).isoformat()
    except ValueError:
        return ""


def day_after(day: str, days: int = 1) -> str:
    """Return the day so many days after another, empty where the calendar has none.

    >>> day_after("2025-02-28"), day_after("2025-03-01", -1), day_after("9999-12-31")
    ('2025-03-01', '2025-02-28', '')
    """
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return ""
