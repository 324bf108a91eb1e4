"""Directives of one issuer are compared by days: nothing that two reports may share is lost, and a new one costs only its days."""

import random
from itertools import combinations, pairwise

import pytest

from kg.identify.same import Report, directive_pairs, same_directive

TASKS = (
    "rà soát toàn bộ hồ sơ tồn đọng, báo cáo kết quả về Văn phòng",
    "rà soát toàn bộ hồ sơ còn tồn đọng, báo cáo kết quả về Văn phòng",
    "khẩn trương sửa chữa đê kè xung yếu trước mùa mưa lũ năm nay",
)
DATES = ("2025-02-27", "2025-02-28", "2025-03-01", "2025-03-02", "2025-03", None, "2025-03-01T07:30")


def report(number, content, date, twin=None):
    return Report(f"directive/a{number:03}/1", f"a{number:03}", content, (), date, None, ("person/x",), twin)


@pytest.mark.parametrize("seed", range(5))
def test_every_pair_of_a_ground_is_found(seed):
    rng = random.Random(seed)
    reports = [report(n, rng.choice(TASKS), rng.choice(DATES)) for n in range(40)]
    rng.shuffle(reports)
    found = directive_pairs("person/x", reports)
    wanted = {(min(a.id, b.id), max(a.id, b.id)) for a, b in combinations(reports, 2) if same_directive(a, b).same}
    assert found == wanted
    days = {r.id: r.day_at("person/x") for r in reports}
    assert any(days[a] != days[b] for a, b in found)
    assert any(not days[a] and days[b] for a, b in found)


def test_near_duplicates_are_compared_whatever_their_days():
    one, other = report(1, TASKS[0], "2025-01-02", "t"), report(2, TASKS[0], "2025-06-02", "t")
    assert directive_pairs("person/x", [one, other]) == set()
    assert directive_pairs("t", [one, other]) == {(one.id, other.id)}


def test_a_formula_of_one_time_does_not_hide_what_is_told_at_another():
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 5) for day in range(1, 28, 2)]
    reports = [report(n, TASKS[2], day) for n, day in enumerate(days * 2)]
    assert len(reports) > 80
    pairs = directive_pairs("person/x", reports)
    assert len(pairs) == len(days)
    assert all(a != b for a, b in pairwise(sorted(pairs)))
