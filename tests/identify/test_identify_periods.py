"""A name is understood once for all days that no register tells apart: the outcome is that of the day itself."""

import pytest

from kg.identify.bodies import _resolve, period_of
from kg.identify.dates import Days, days_of
from kg.identify.places import provinces
from kg.identify.register import rows

EDGES = sorted(
    {
        day
        for days in [*(row.days for row in rows().values()), *(province.days for province in provinces().values())]
        for day in days
        if day[:1] in "12"
    }
)
DATES = [days_of(text) for edge in EDGES for text in (edge, edge[:7], edge[:4], f"{edge[:8]}00", f"{edge}T07:00")]
SPANS = [row.days for row in rows().values()] + [province.days for province in provinces().values()]
NAMES = (
    ("Sở Nông nghiệp và Môi trường", None),
    ("UBND tỉnh Bình Thuận", None),
    ("Bộ Tài nguyên và Môi trường", None),
    ("Thành ủy Huế", "thành phố Huế"),
    ("Huyện ủy Tuy Phong", "Bình Thuận"),
    ("UBND phường Hàm Thắng", "Lâm Đồng"),
)


def test_no_register_tells_a_day_from_its_period():
    for day in DATES:
        period = period_of(day)
        for days in {(span.first, span.last): span for span in SPANS}.values():
            assert days.covers(day) == days.covers(period), (day, days)
            assert days.meets(day) == days.meets(period), (day, days)
            assert (days.first <= day.last) == (days.first <= period.last), (day, days)


@pytest.mark.parametrize(("name", "place"), NAMES)
@pytest.mark.parametrize("province", [None, "binh-thuan", "hue"])
def test_names_mean_the_same(name, place, province):
    around = provinces().get(province) if province else None
    for day in DATES:
        assert _resolve(name, place, period_of(day), around) == _resolve(name, place, day, around), day


def test_periods_are_few():
    days = [
        Days(f"{year}-{month:02}-15", f"{year}-{month:02}-15") for year in range(2020, 2027) for month in range(1, 13)
    ]
    assert len({period_of(day) for day in days}) < len(days) // 2
