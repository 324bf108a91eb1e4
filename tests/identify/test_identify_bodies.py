"""Which body a name means: the register by date, the place in the name, of the article, or none."""

import re

import pytest

from kg.identify.bodies import Context, resolve_body
from kg.identify.dates import days_of
from kg.identify.local import localize
from kg.identify.places import District, province_named, province_stated
from kg.identify.places import _districts as districts  # the table as it is looked up
from kg.model.reading import AgencyRead, Evidence
from tests.reading_factory import agencies, article, reading


def body(name, day=None, article_place=None, place=None):
    days = days_of(day)
    return resolve_body(name, place, Context("a1", days, province_named(article_place, days)))


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Bộ Y tế", None, "agency/bo-y-te"),
        ("BỘ Y TẾ", "2020", "agency/bo-y-te"),
        ("Bộ Tài chính", "2025-02-28", "agency/bo-tai-chinh"),
        ("Bộ Tài chính", "2025-03-01", "agency/bo-tai-chinh-2025"),
        ("Bộ KH&CN", "2024-12", "agency/bo-khcn"),
        ("Ban Kinh tế Trung ương", "2026-01-01", "agency/bkttw"),
        ("Tỉnh ủy Bình Thuận", None, "agency/tinh-uy@binh-thuan"),
        ("Tỉnh uỷ Bình Thuận", "2017-07-24", "agency/tinh-uy@binh-thuan"),
        ("UBND tỉnh Lâm Đồng", "2025-06-30", "agency/ubnd-tinh@lam-dong"),
        ("UBND tỉnh Lâm Đồng", "2025-07-01", "agency/ubnd-tinh@lam-dong-2025"),
        ("Thành ủy Hà Nội", "2019", "agency/tinh-uy@ha-noi"),
        ("UBND TP.HCM", "2019", "agency/ubnd-tinh@ho-chi-minh"),
        ("Sở Khoa học và Công nghệ tỉnh Bình Định", "2024", "agency/so-khcn@binh-dinh"),
        ("Sở Khoa học và Công nghệ tỉnh Gia Lai", "2026-02", "agency/so-khcn-2025@gia-lai-2025"),
        ("Công an thành phố Cao Bằng", "2018", "agency/ca-huyen@thanh-pho-cao-bang.cao-bang"),
        ("Thành ủy Huế", "2018", "agency/huyen-uy@thanh-pho-hue.thua-thien-hue"),
        ("Thành ủy Huế", "2025-02-03", "agency/tinh-uy@hue-2025"),
        ("Huyện ủy Tuy Phong", None, "agency/huyen-uy@huyen-tuy-phong.binh-thuan"),
        ("UBND huyện Châu Thành tỉnh Bến Tre", "2019", "agency/ubnd-huyen@huyen-chau-thanh.ben-tre"),
    ],
)
def test_a_name_that_says_enough(name, day, expected):
    found = body(name, day)
    assert found.id == expected
    assert found.shared


@pytest.mark.parametrize(
    ("name", "day", "article_place"),
    [
        ("Tỉnh ủy", "2019", None),
        ("Ủy ban nhân dân tỉnh", "2019", None),
        ("Sở Y tế", "2019", None),
        ("Ủy ban nhân dân", "2019", "Bình Thuận"),  # of which level?
        ("Thành ủy", "2019", "Bình Thuận"),  # a city inside the province
        ("Công an tỉnh", "2019", "Hà Nội"),  # of another province
        ("Ủy ban nhân dân thành phố", "2019", "Bình Thuận"),
        ("Phòng Y tế", "2019", "Bình Thuận"),  # each district has one
        ("Bộ Tài chính", None, None),  # before or after March 2025?
        ("Bộ Tài chính", "2025", None),
        ("Bộ Nông nghiệp và Môi trường", "2020", None),  # was not there yet
        ("UBND tỉnh Lâm Đồng", None, None),  # before or after July 2025?
        ("UBND huyện Châu Thành", "2019", None),  # several provinces have one
        ("Đảng ủy xã Tân Lập tỉnh Bình Thuận", "2019", None),  # names of communes repeat inside a province
        ("Đoàn Thanh niên", "2019", "Hà Nội"),
        ("Thành ủy Huế", None, None),
    ],
)
def test_in_doubt_a_body_stays_with_its_article(name, day, article_place):
    found = body(name, day, article_place)
    assert found.id.endswith("@a1")
    assert not found.shared


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        ("Tỉnh ủy", "Bình Thuận", "agency/tinh-uy@binh-thuan"),
        ("Ủy ban nhân dân tỉnh", "tỉnh Bình Thuận", "agency/ubnd-tinh@binh-thuan"),
        ("Sở Y tế", "TP. Hà Nội", "agency/so-y-te@ha-noi"),
        ("Thành ủy", "Hà Nội", "agency/tinh-uy@ha-noi"),
        ("Ban Thường vụ Tỉnh ủy", "huyện Tuy Phong, tỉnh Bình Thuận", "agency/btv-tu@binh-thuan"),
    ],
)
def test_the_place_of_the_article_completes_a_name(name, place, expected):
    assert body(name, "2019", place).id == expected


def test_the_place_that_the_reading_gives_goes_before_that_of_the_article():
    assert body("Sở Y tế", "2019", "Hà Nội", place="tỉnh Bình Thuận").id == "agency/so-y-te@binh-thuan"


def test_names_without_tones_do_not_meet():
    one, other = body("Hội Người mù Việt Nam"), body("Hội Người mũ Việt Nam")
    assert one.shared
    assert other.shared
    assert one.id != other.id


def test_a_part_of_a_ministry_is_not_the_ministry():
    found = body("Thanh tra Bộ Nội vụ", "2019")
    assert found.id.endswith("@bo-noi-vu")
    assert found.parent == "agency/bo-noi-vu"
    assert found.id != body("Thanh tra Bộ Tư pháp", "2019").id != body("Bộ Tư pháp", "2019").id


def test_ids_of_districts_are_unique():
    found = [district for of in districts().values() for district in of]
    assert len(found) > 700
    assert all(isinstance(district, District) for district in found)
    assert len({district.id for district in found}) == len(found)


def test_a_province_that_the_register_does_not_have_is_known_by_its_name():
    context = Context("a1", days_of("2024"), province_stated("tỉnh Lâm Giang", days_of("2024")))
    by_article = resolve_body("Sở Y tế", None, context)
    by_name = body("Sở Y tế tỉnh Lâm Giang", "2024", place="tỉnh Lâm Giang")
    assert by_article.id == by_name.id
    assert by_article.shared
    assert by_article.name == "Sở Y tế tỉnh Lâm Giang"
    assert body("Sở Y tế tỉnh Lâm Giáng", "2024", place="tỉnh Lâm Giáng").id != by_name.id


@pytest.mark.parametrize("text", [None, "", "huyện Tuy Phong", "phường Mẫu", "tỉnh", "Lâm Đồng", "một nơi, nào đó"])
def test_no_province_is_stated(text):
    assert province_stated(text, None) is None


@pytest.mark.parametrize(
    ("text", "name", "shared"),
    [
        ("Bộ Tài chính họp.", "Bộ Tài chính", True),
        ("Bộ Tài chính bang Mẫu họp.", "Bộ Tài chính", False),
        ("Bộ Tài chính Nga họp.", "Bộ Tài chính", False),
        ("Hội đồng Dân tộc (Thượng viện) nước ấy họp.", "Hội đồng Dân tộc", False),
        ("Chính phủ các nước cùng họp.", "Chính phủ", False),
        ("Chính phủ nước Cộng hòa xã hội chủ nghĩa Việt Nam họp.", "Chính phủ", True),
        ("Chính phủ nước ta họp.", "Chính phủ", True),
        ("Ủy ban Pháp luật họp.", "Ủy ban Pháp luật", True),
        ("Ủy ban Pháp luật và Tư pháp họp.", "Ủy ban Pháp luật", False),
        ("Ủy ban Pháp luật và các cơ quan họp.", "Ủy ban Pháp luật", True),
    ],
)
def test_bodies_of_other_states_and_cut_names_stay_with_the_article(text, name, shared):
    made = article(text, published="2019-05-06")
    found = localize(made, reading(made, agencies=agencies(text, name)))
    assert [one.shared for one in found.listed] == [shared]


def test_a_body_named_on_both_sides_of_a_border_is_the_one_that_most_mentions_mean():
    text = "Chính phủ họp. Chính phủ giao việc. Chính phủ các nước dự."
    made = article(text, published="2019-05-06")
    spots = [found.span() for found in re.finditer("Chính phủ", text)]
    mentions = tuple(Evidence(start=start, end=end, quote=text[start:end], rule="test") for start, end in spots)
    one = AgencyRead(name="Chính phủ", mentions=mentions)
    assert localize(made, reading(made, agencies=(one,))).listed[0].id == "agency/chinh-phu"
