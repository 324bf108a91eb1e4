"""Where an article is: by its source, its dateline, or the one province that acts in it; in doubt nowhere."""

import pytest

from kg.identify.dates import days_of
from kg.identify.local import localize
from tests.reading_factory import agencies, article, reading


def local(text, *names, **fields):
    made = article(text, **{"published": "2019-05-06", **fields})
    return localize(made, reading(made, agencies=agencies(text, *names)))


@pytest.mark.parametrize(
    ("fields", "text", "rule", "place"),
    [
        ({"place": "Bình Thuận"}, "Sở Y tế họp.", "stated", "binh-thuan"),
        ({"place": "Bình Thuận"}, "Sở Y tế tiếp UBND tỉnh Lào Cai.", "stated", "binh-thuan"),
        ({"publisher": "Văn phòng Tỉnh ủy Bình Thuận"}, "Sở Y tế họp.", "portal", "binh-thuan"),
        ({"outlet": "Cổng TTĐT tỉnh Lào Cai"}, "Sở Y tế tiếp UBND tỉnh Bình Thuận.", "portal", "lao-cai"),
        ({"outlet": "Báo Lào Cai"}, "Sở Y tế họp.", "paper", "lao-cai"),
        ({"url": "https://sokhcn.binhthuan.gov.vn/tin/1"}, "Sở Y tế họp.", "portal", "binh-thuan"),
        ({"url": "https://baolaocai.vn/1.html"}, "Sở Y tế họp.", "paper", "lao-cai"),
        ({}, "Lào Cai: Sở Y tế họp.", "dateline", "lao-cai"),
        ({}, "(Lào Cai) - Sở Y tế họp.", "dateline", "lao-cai"),
        ({}, "TTO - Lào Cai: Sở Y tế họp.", "dateline", "lao-cai"),
        ({}, "Hà Nội: Sở Y tế họp.", "dateline", "ha-noi"),
        ({}, "Sáng nay, UBND tỉnh Lào Cai họp. Sở Y tế báo cáo.", "sole_actor", "lao-cai"),
        ({}, "Bí thư Tỉnh ủy Lào Cai Trần Văn Mẫu họp. Sở Y tế báo cáo.", "sole_actor", "lao-cai"),
    ],
)
def test_a_source_or_the_text_states_it(fields, text, rule, place):
    found = local(text, "Sở Y tế", **fields)
    assert (found.place.rule, found.place.province.id) == (rule, place)
    assert found.listed[0].id == f"agency/so-y-te@{place}"
    if found.place.start is not None:
        assert found.place.province.name in text[found.place.start : found.place.end]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "Sở Y tế họp."),
        ({}, "UBND tỉnh Lào Cai tiếp UBND tỉnh Bình Thuận. Sở Y tế báo cáo."),
        ({}, "UBND tỉnh Lào Cai họp. Sở Y tế báo cáo. Ở Bình Thuận trời mưa."),
        ({"outlet": "Báo Lào Cai"}, "Sở Y tế tiếp UBND tỉnh Bình Thuận."),
        ({"outlet": "Báo Lào Cai (bài về Bình Thuận)"}, "Sở Y tế họp."),
        ({}, "Lào Cai: Sở Y tế tiếp UBND tỉnh Bình Thuận."),
        ({}, "Hà Nội - Sở Y tế họp."),  # where the reporter sits
        ({}, "Tại tỉnh Lào Cai, Bộ Y tế họp. Sở Y tế báo cáo."),  # an address
        ({}, "Ông Nguyễn Thái Bình họp. Sở Y tế báo cáo."),  # a person
        ({}, "Đồng chí Lê Hà Nam chủ trì. Sở Y tế báo cáo."),
        ({}, "Chiến thắng Điện Biên Phủ. Sở Y tế báo cáo."),
        ({"url": "https://binhthuan.example.org/1"}, "Sở Y tế họp."),
        ({"publisher": "Văn phòng Tỉnh ủy"}, "UBND tỉnh Lào Cai thăm tỉnh. Sở Y tế báo cáo."),  # a guest
        ({"published": "2025", "outlet": "Cổng TTĐT tỉnh Lào Cai"}, "Sở Y tế họp."),  # before or after July?
    ],
)
def test_in_doubt_an_article_is_nowhere(fields, text):
    found = local(text, "Sở Y tế", **fields)
    assert found.place is None
    assert not found.listed[0].shared


def test_a_body_of_many_provinces_is_not_that_of_the_article():
    found = local("UBND tỉnh Lào Cai họp. Bộ giao Sở Y tế các tỉnh báo cáo.", "UBND tỉnh Lào Cai", "Sở Y tế")
    assert found.place is not None
    assert [body.shared for body in found.listed] == [True, False]


def test_the_version_is_that_of_the_day_of_the_event():
    text = "UBND tỉnh Lào Cai họp. Sở Khoa học và Công nghệ báo cáo."
    before, after = (
        local(text, "Sở Khoa học và Công nghệ", published=day).listed[0].id for day in ("2025-02-01", "2025-08-01")
    )
    assert before == "agency/so-khcn@lao-cai"
    assert after == "agency/so-khcn-2025@lao-cai-2025"
    assert days_of("2025-08-01")


def test_the_organisers_are_no_ministry():
    assert not local("BTC họp. Ban Tổ chức báo cáo.", "Ban Tổ chức").listed[0].shared
