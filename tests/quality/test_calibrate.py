"""The table of confidences: rising, within bounds, and what the reader says agrees with it."""

import pytest

from kg.quality.calibrate import table
from kg.read.directives.confidence import calibrated

pytest.importorskip("scipy")


def test_the_table_rises_with_the_share_that_is_right():
    found = [(n / 100, n % 10 < n // 10) for n in range(100)]
    rows = table(found, bins=10)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
    assert rows[0][1] < 0.2
    assert rows[-1][1] > 0.7


def test_the_same_cases_in_another_order_give_the_same_table():
    found = [(n / 40, n % 3 > 0) for n in range(40)]
    assert table(found, bins=4) == table(found[::-1], bins=4)


def test_confidences_rise_and_stay_below_what_was_measured():
    shares = [calibrated(n / 100) for n in range(101)]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.3
    assert 0.8 < shares[-1] < 0.95
