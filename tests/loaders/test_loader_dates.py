"""Free-form publication dates."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from kg.model.article import IsoDate
from loaders.dates import find_date, parse_date

FORMS = [
    ("24.7.2017 - 11:17", "2017-07-24T11:17+07:00"),
    ("2017 (id order; day in text)", "2017"),
    ("20210430", "2021-04-30"),
    ("2025-04-04 23:29:00", "2025-04-04T23:29:00+07:00"),
    ("08/02/2025 13:21", "2025-02-08T13:21+07:00"),
    ("Thứ năm, 5/3/2020, 15:36 (GMT+7)", "2020-03-05T15:36+07:00"),
    ("2016-11-26, 20:40:00+00:00", "2016-11-26T20:40:00+00:00"),
    ("Wed, 30 Aug 2017 20:03:00 +0700", "2017-08-30T20:03:00+07:00"),
    ("Wed, 30 Aug 2017 20:03:00 GMT", "2017-08-30T20:03:00+00:00"),
    ("23/10/2013", "2013-10-23"),
    ("Thứ 6, 21/03/2025 | 15:45", "2025-03-21T15:45+07:00"),
    ("15:45 | 21/03/2025", "2025-03-21T15:45+07:00"),
    ("15h45 ngày 21-3-2025", "2025-03-21T15:45+07:00"),
    ("Ngày 5 tháng 3 năm 2020", "2020-03-05"),
    ("24/07/2017 02:47:56 CH", "2017-07-24T14:47:56+07:00"),
    ("12:10 SA, 3/4/2019", "2019-04-03T00:10+07:00"),
    ("2025-04-04T23:29:00.123Z", "2025-04-04T23:29:00+00:00"),
    ("2017-07-24T11:17+0700", "2017-07-24T11:17+07:00"),
    ("tháng 7/2017", "2017-07"),
    ("2017-07", "2017-07"),
    ("2017", "2017"),
]
NO_DATE = [
    None, "", " ", "hôm qua", "31/02/2025", "2025-13-45", "2/13/2025", "0001-01-01T00:00:00", "Sat, 01 Jan 0000 00:00:00 +0000",
    "192.168.10.2017", "12/2016/TT-XYZ", "20170101123000", "1/1/20175", "sáng 22.4", "24/7",
]  # fmt: skip


@pytest.mark.parametrize(("written", "iso"), FORMS)
def test_forms(written, iso):
    assert parse_date(written) == iso


@pytest.mark.parametrize("written", NO_DATE)
def test_nothing_is_invented(written):
    assert parse_date(written) is None


def test_impossible_clock_leaves_the_day():
    assert parse_date("2021-04-30T25:61:00") == "2021-04-30"


def test_offsets_of_a_found_date():
    line = "Cập nhật: 21/03/2025 15:45 (GMT+7)"
    found = find_date(line)
    assert line[found.start : found.end] == "21/03/2025 15:45 (GMT+7)"


@given(st.text(alphabet="0123456789/-.:T +GMTZhCHSA,()|", max_size=40) | st.text(max_size=60))
def test_every_result_is_a_date_of_the_model(text):
    iso = parse_date(text)
    assert iso is None or TypeAdapter(IsoDate).validate_python(iso) == iso


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2099, 1, 1)))
def test_round_trip(moment):
    assert parse_date(f"{moment:%d/%m/%Y %H:%M}") == f"{moment:%Y-%m-%dT%H:%M}+07:00"
    assert parse_date(f"{moment:%Y%m%d}") == f"{moment:%Y-%m-%d}"
