"""Portal profiles: a page of ours in the shape of each content system, its zones and facts; pages without a profile; profiles of one's own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import UsageError
from loaders import load
from loaders.htmlblocks import parse
from loaders.pagedates import date_in_url
from loaders.portal import profile_of, profiles

PORTALS = Path(__file__).parent / "portals"
SHIPPED = sorted(path.stem for path in PORTALS.glob("*.html"))
VARIANTS = sorted(f"variants/{path.stem}" for path in PORTALS.glob("variants/*.html"))
"""Pages in the shapes of several versions and themes of one system."""
TITLE = "Lạc Hà đẩy nhanh tiến độ các công trình thủy lợi trước mùa mưa"
CAPTION = "Chủ tịch UBND tỉnh Lò Văn Mẫu kiểm tra đập tràn hồ Thử Một. Ảnh: K.M"
LEAD_OF_ITS_OWN = {"liferay", "wordpress", "joomla"}  # their pages open with the lead as a paragraph


def zoned(article, kind):
    return [article.text[z.start : z.end] for z in article.zones if z.kind == kind]


def test_each_profile_has_a_page_and_a_source():
    assert {profile.id for profile in profiles()} == set(SHIPPED)
    assert len(SHIPPED) >= 12
    assert all(profile.source and profile.about and " · " in profile.about for profile in profiles())


@pytest.mark.parametrize("page", [*SHIPPED, *VARIANTS])
def test_a_page_of_each_system(page):
    path, name = PORTALS / f"{page}.html", page.removeprefix("variants/").partition(".")[0]
    assert profile_of(parse(path.read_text(encoding="utf-8"), name), None).id == name
    (article,) = load([str(path)])
    assert article.title == TITLE
    assert article.published[:16] == "2023-06-13T07:45"
    assert zoned(article, "title") == [TITLE]
    assert zoned(article, "caption") == [CAPTION]
    assert article.author == "Kim Mẫu"
    body = "\n".join(zoned(article, "lead") + zoned(article, "body"))
    assert body.startswith("Chiều 12/6, Chủ tịch UBND tỉnh Lạc Hà")
    assert bool(zoned(article, "lead")) == (page in SHIPPED and name not in LEAD_OF_ITS_OWN)
    assert "trước ngày 30/7" in body
    assert body.endswith("tình huống xấu xảy ra.")
    for furniture in ("Trang chủ", "Hôm nay", "liên quan", "Bản quyền", "Tin trong tỉnh", "Lượt xem", "Viết bởi"):
        assert furniture not in article.text


@pytest.mark.parametrize("name", SHIPPED)
def test_the_generic_way_finds_the_text_too(name, tmp_path, monkeypatch):
    monkeypatch.setattr("loaders.portalpage.profile_of", lambda tree, url: None)
    (article,) = load([str(PORTALS / f"{name}.html")])
    assert "trước ngày 30/7" in article.text
    assert "tình huống xấu xảy ra." in article.text


def test_what_a_host_says(tmp_path):
    page = (PORTALS / "epi.html").read_text(encoding="utf-8").replace("bao.lacha.example", "special.nhandan.vn")
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    (article,) = load([str(path)])
    assert article.outlet == "Báo Nhân Dân"


OWN = """
name = "Cổng mẫu"
about = "Cổng của ta · our own"
source = "ours"
hosts = ["cong.lacha.example"]
signs = ["#khung-tin"]
[zones]
title = ["#khung-tin h4"]
body = ["#khung-tin .chu"]
[[sites]]
host = "cong.lacha.example"
outlet = "Cổng Lạc Hà mẫu"
publisher = "Văn phòng UBND tỉnh Lạc Hà"
place = "Lạc Hà"
"""


def test_a_profile_of_ones_own(tmp_path, monkeypatch):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "mau.toml").write_text(OWN, encoding="utf-8")
    page = tmp_path / "a.html"
    page.write_text(
        '<html><head><link rel="canonical" href="https://cong.lacha.example/1"></head><body><div id="khung-tin"><h4>Tiêu đề tin mẫu của cổng</h4>'
        '<div class="chu"><p>UBND tỉnh yêu cầu Sở Y tế báo cáo trước ngày 10/4.</p></div></div></body></html>',
        encoding="utf-8",
    )
    monkeypatch.setenv("KG_PORTALS", str(tmp_path / "p"))
    (article,) = load([str(page)])
    assert (article.title, article.outlet, article.publisher, article.place) == (
        "Tiêu đề tin mẫu của cổng",
        "Cổng Lạc Hà mẫu",
        "Văn phòng UBND tỉnh Lạc Hà",
        "Lạc Hà",
    )
    (tmp_path / "p" / "mau.toml").write_text("name = 'x'", encoding="utf-8")
    with pytest.raises(UsageError, match=r"mau\.toml"):
        profiles()


def test_the_verb():
    listed = CliRunner().invoke(cli, ["portal", "list", "--json"])
    assert {json.loads(line)["id"] for line in listed.stdout.splitlines()} == set(SHIPPED)
    tried = CliRunner().invoke(cli, ["portal", "try", str(PORTALS / "nukeviet.html")])
    assert "nukeviet" in tried.stdout
    assert "[caption " in tried.stdout
    found = json.loads(CliRunner().invoke(cli, ["portal", "try", str(PORTALS / "epi.html"), "--json"]).stdout)
    assert (found["profile"], found["title"]) == ("epi", TITLE)
    assert [date["kind"] for date in found["dates"]] == ["visible"]
    assert {zone["kind"] for zone in found["zones"]} >= {"title", "lead", "body", "caption", "byline"}


def dated(tmp_path, head="", body="", url=""):
    link = f'<link rel="canonical" href="{url}">' if url else ""
    text = "<p>" + "Một câu dài của bài viết mẫu về công tác tiếp dân ở tỉnh. " * 4 + "</p>"
    path = tmp_path / "a.html"
    path.write_text(
        f"<html><head>{link}{head}</head><body><h1>Tiêu đề của bài viết mẫu</h1>{body}{text}</body></html>",
        encoding="utf-8",
    )
    (article,) = load([str(path)])
    return article.published, [(date.kind, date.iso) for date in article.dates]


def test_dates_are_ranked_and_all_recorded(tmp_path):
    ld = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-06-13T07:45:00+07:00","dateModified":"2023-06-14"}</script>'
    meta = '<meta property="article:published_time" content="2023-06-12">'
    shown = "<div>11/6/2023</div>"
    url = "https://bao.example/2023/06/10/tin.html"
    assert dated(tmp_path, ld + meta, shown, url) == (
        "2023-06-13T07:45:00+07:00",
        [
            ("structured", "2023-06-13T07:45:00+07:00"),
            ("meta", "2023-06-12"),
            ("visible", "2023-06-11"),
            ("url", "2023-06-10"),
            ("modified", "2023-06-14"),
        ],
    )
    assert dated(tmp_path, meta, shown, url)[0] == "2023-06-12"
    assert dated(tmp_path, "", shown, url)[0] == "2023-06-11"
    assert dated(tmp_path, "", "", url)[0] == "2023-06-10"
    assert dated(tmp_path, '<meta property="article:modified_time" content="2023-06-14">')[0] is None


def test_the_day_of_the_crawl_is_never_the_publication(tmp_path):
    path = tmp_path / "a.txt"
    long = "Một câu dài của bài viết mẫu về công tác tiếp công dân ở tỉnh Lạc Hà trong năm nay. " * 3
    path.write_text(
        f"Hôm nay, ngày 21 tháng 7 năm 2023\nTiêu đề của bài viết mẫu về tiếp công dân\n{long}", encoding="utf-8"
    )
    (article,) = load([str(path)])
    assert (article.published, article.crawled) == (None, "2023-07-21")
    assert [(d.kind, d.iso) for d in article.dates] == [("crawl", "2023-07-21")]


@pytest.mark.parametrize(
    "url", ["https://a.example/tin-20231345.html", "https://a.example/post-1234567890.html", None, ""]
)
def test_no_dates_in_addresses(url):
    assert date_in_url(url) is None
