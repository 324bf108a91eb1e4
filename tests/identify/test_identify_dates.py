"""Dates of any precision, and the choice among dated versions."""

from typing import NamedTuple

import pytest

from kg.identify.dates import Days, choose, days_of, span


class V(NamedTuple):
    name: str
    days: Days


OLD, NEW = V("old", span("", "2025-02-28")), V("new", span("2025-03-01", ""))
MONTHS = V("a", span("", "2025-02")), V("b", span("2025-02", ""))


@pytest.mark.parametrize(
    ("versions", "day", "expected"),
    [
        ((OLD, NEW), "2024", "old"),
        ((OLD, NEW), "2025-02-28", "old"),
        ((OLD, NEW), "2025-03-01T10:00+07:00", "new"),
        ((OLD, NEW), "2025", None),
        ((OLD, NEW), None, None),
        ((NEW,), "2024", None),
        ((NEW,), None, "new"),
        ((OLD,), "2026", "old"),
        (MONTHS, "2025-02-15", None),
        (MONTHS, "2025-03", "b"),
        ((), "2025", None),
    ],
)
def test_choose(versions, day, expected):
    found = choose(versions, days_of(day))
    assert (found and found.name) == expected


def test_a_name_of_the_past_is_the_last_that_bore_it():
    first, second = V("first", span("", "2010")), V("second", span("2015", "2020"))
    assert choose((first, second), days_of("2024")) is second
    assert choose((first, second), days_of("2012")) is first
