"""Every kind of source, on samples of our own (fictional people in fictional places)."""

import io
import json
import sys
from pathlib import Path

import pytest

from kg.errors import InputError
from loaders import load
from loaders.bylines import at_end, whole_line
from loaders.zoning import zone_text

SAMPLES = Path(__file__).parent / "samples"


def one(name):
    (article,) = load([str(SAMPLES / name)])
    return article


def zoned(article, kind):
    return [article.text[z.start : z.end] for z in article.zones if z.kind == kind]


def test_portal_page():
    page = one("portal.txt")
    assert page.text == (SAMPLES / "portal.txt").read_text(encoding="utf-8")
    assert (page.published, page.crawled) == ("2020-08-12T09:05+07:00", "2021-09-03")
    assert (page.publisher, page.author, page.place) == ("Văn phòng Tỉnh ủy", "Tạ Thị Thử", None)
    assert page.title.startswith("Đồng chí Bí thư Tỉnh ủy làm việc với Sở Y tế")
    assert zoned(page, "title") == [page.title]
    assert zoned(page, "date") == ["12.8.2020 - 9:05"]
    assert zoned(page, "caption") == ["Đồng chí Lò Văn Mẫu phát biểu tại buổi làm việc"]
    assert zoned(page, "byline") == ["Tạ Thị Thử"]
    assert [z.splitlines()[0] for z in zoned(page, "related")] == ["Hội nghị tổng kết công tác văn phòng năm 2019"]
    navigation = "\n".join(zoned(page, "navigation"))
    for words in ("Hôm nay, ngày", "Cỡ chữ", "TIN HOẠT ĐỘNG", "In tin bài", "CÁC TIN KHÁC", "Android APK"):
        assert words in navigation
    assert "Giao Sở Tài chính" in "".join(zoned(page, "body"))


def test_a_record_that_is_a_raw_page_is_zoned_alike(tmp_path):
    text = (SAMPLES / "portal.txt").read_text(encoding="utf-8")
    records = tmp_path / "a.jsonl"
    records.write_text(json.dumps({"id": "p", "title": None, "text": text, "published": None}), encoding="utf-8")
    (article,) = load([str(records)])
    page = one("portal.txt")
    assert (article.id, article.zones, article.published) == (page.id, page.zones, page.published)
    assert article.record_id == "p"


def test_paper_page():
    page = one("paper.txt")
    assert page.title == "Vân Hà mở thêm ba phòng khám ở xã vùng cao (bài mẫu, hư cấu)"
    assert (page.outlet, page.author, page.published) == ("vanha.example.vn", "Mẫu Thử", None)
    assert zoned(page, "caption") == [
        "Chủ tịch UBND tỉnh Phàn A Ví thăm phòng khám xã Nậm Thử",
        "Quang cảnh buổi kiểm tra. Ảnh: M.T",
    ]
    assert zoned(page, "byline") == ["Bài và ảnh: Mẫu Thử"]
    assert zoned(page, "navigation") == ["[img]", "[img]"]


def test_html_page():
    page = one("detail.html")
    assert page.title == "Vân Hà kiểm tra hồ chứa trước mùa mưa"
    assert page.published == "2022-04-05T07:30:00+07:00"
    assert (page.outlet, page.author) == ("Báo Vân Hà (mẫu)", "Hải Mẫu")
    assert page.url == "https://bao.vanha.example/ho-chua-101.html"
    assert page.text.startswith(page.title + "\n\nChiều 4/4, đoàn công tác")
    assert zoned(page, "caption") == ["Đoàn công tác tại hồ Thử Một. Ảnh: H.M"]
    assert zoned(page, "byline") == ["Hải Mẫu"]
    assert len(zoned(page, "lead")) == 1
    body = "\n".join(zoned(page, "body"))
    assert "Huyện Thử Nghiệm phải bố trí" in body
    assert "Phó Chủ tịch Triệu Thị Mẫu" in body  # the speaker of a pull quote is no byline
    assert "trồng thêm" not in page.text
    assert "Bản quyền" not in page.text


def test_bare_html_template():
    page = one("bare.html")
    assert page.title == "Khai mạc hội thi nông dân giỏi tỉnh Vân Hà (mẫu)"
    assert (page.published, page.author) == ("2022-07-06T08:15+07:00", "Sơn Mẫu")
    assert zoned(page, "caption") == ["Các đội thi chào khán giả"]
    assert "php" not in page.text
    assert "bà Giàng Thị Thử" in "".join(zoned(page, "body"))


def test_rss():
    first, second, broken = load([str(SAMPLES / "feed.rss")])
    assert first.title == "Vân Hà giao chỉ tiêu trồng rừng & giữ rừng"
    assert first.text == first.title + "\n\nUBND tỉnh giao các huyện trồng 1.000 ha rừng trong năm."
    assert (first.published, first.outlet) == ("2022-04-05T08:00:00+07:00", "Tin mới - Báo Vân Hà (mẫu)")
    assert (first.url, first.origin.locator) == ("https://bao.vanha.example/1.html", "entry 1")
    assert zoned(second, "caption") == ["Quang cảnh cuộc họp"]
    assert zoned(second, "byline") == ["MẪU THỬ"]
    assert isinstance(broken, InputError)
    assert broken.place == "entry 3"


def test_atom():
    article = one("feed.atom")
    assert article.published == "2022-04-07T03:00:00+07:00"
    assert article.title == "Công điện về chống hạn"


def test_json_lines():
    results = list(load([str(SAMPLES / "records.jsonl")]))
    assert [type(r).__name__ for r in results] == [
        "Article",
        "InputError",
        "Article",
        "InputError",
        "InputError",
        "InputError",
    ]
    first, broken, third, *rest = results
    assert first.text == "Một tin mẫu\nUBND tỉnh Vân Hà họp&nbsp. Việc phải xong trong năm. KIM MẪU"
    assert (first.record_id, first.published, first.author) == ("mau-1", "2022-04-05", "KIM MẪU")
    assert zoned(first, "title") == ["Một tin mẫu"]
    assert zoned(first, "byline") == ["KIM MẪU"]
    assert broken.place == "line 3"
    assert "not JSON" in broken.reason
    assert third.text == "Sở Y tế tỉnh Vân Hà họp.\r\nViệc thứ hai."
    assert (third.record_id, third.published, third.origin.locator) == ("3", "2017", "line 4")
    assert [error.place for error in rest] == ["line 5", "line 6", "line 7"]


def test_json_list_and_object(tmp_path):
    assert [a.record_id for a in load([str(SAMPLES / "list.json")])] == ["d-1", "d-2"]
    single = tmp_path / "one.json"
    single.write_text(json.dumps({"text": "Một tin."}, indent=2), encoding="utf-8")
    assert [a.text for a in load([str(single)])] == ["Một tin."]


def test_folder_and_its_order(tmp_path):
    for name in ("b.txt", "a.jsonl", "c.png", "d.png", ".an.txt", "sub/e.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        text = '{"text": "Tin a."}' if name.endswith("jsonl") else f"Tin {name}."
        path.write_text(text, encoding="utf-8")
    outside = tmp_path / "ngoài.txt"
    outside.write_text("Tin ngoài.", encoding="utf-8")
    (tmp_path / "in" / "z.txt").symlink_to(outside)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    results = list(load([str(tmp_path / "in")]))
    assert [r.text for r in results if not isinstance(r, InputError)] == ["Tin a.", "Tin b.txt.", "Tin sub/e.txt."]
    (unknown,) = (r for r in results if isinstance(r, InputError))
    assert unknown.source.endswith("c.png")
    assert "1 more" in unknown.reason


def test_folder_without_readable_files(tmp_path):
    (error,) = load([str(tmp_path)])
    assert isinstance(error, InputError)


@pytest.mark.parametrize(
    ("name", "loader"),
    [
        ("records.jsonl", "jsonl"),
        ("list.json", "jsonl"),
        ("portal.txt", "textpage"),
        ("detail.html", "html"),
        ("feed.rss", "rss"),
    ],
)
def test_standard_input_is_sniffed(monkeypatch, name, loader):
    stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO((SAMPLES / name).read_bytes()), 1 << 16))
    monkeypatch.setattr(sys, "stdin", stdin)
    first = next(iter(load(["-"])))
    assert (first.origin.loader, first.origin.source) == (loader, "-")


def test_defaults_fill_only_what_is_missing():
    first, *_ = load([str(SAMPLES / "records.jsonl")], place="Vân Hà", outlet="Khác")
    assert (first.place, first.outlet) == ("Vân Hà", "Báo Vân Hà (mẫu)")
    page, *_ = load([str(SAMPLES / "portal.txt")], outlet="Khác")
    assert page.outlet == "Khác"


BYLINES = [
    "Yến Mẫu", "KIỀU MẪU", "T.MẪU", "PV", "Lệ Mẫu - Quang Thử", "Theo TTXVN", "Đình Mẫu/Chinhphu.vn", "Chu Mẫu (TTXVN)", "(TTXVN)",
    "Bài và ảnh: Yến Mẫu", "Nguồn: baochinhphu.vn", "Nhóm PV thực hiện", "Theo Báo Lạc Hà", "(Theo TTXVN)", "(TTXVN/Vietnam+)", "PV-TTXVN",
    "Yến Mẫu (theo VOV)", "Yến Mẫu - TTXVN", "Tổng hợp: Yến Mẫu", "Cộng tác viên Yến Mẫu", "Yến Mẫu và nhóm PV", "Yến Mẫu, ảnh: Quang Thử",
    "Tin: Yến Mẫu; ảnh: Quang Thử", "Thực hiện: Yến Mẫu",
]  # fmt: skip
NO_BYLINES = [
    "Hà",
    "Theo báo cáo của xã",
    "Quang cảnh buổi làm việc",
    "Bộ trưởng Lò Văn Mẫu",
    "Ông Lò Văn Mẫu",
    "Tổ chức thực hiện",
]


@pytest.mark.parametrize("line", BYLINES)
def test_bylines(line):
    assert whole_line(line)
    text = "Huyện phải làm xong việc này trong năm 2017."
    assert at_end(f"{text} {line}").start == len(text) + 1


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Tin: Yến Mẫu; ảnh: Quang Thử", "Yến Mẫu"),
        ("Bài: Yến Mẫu, Ảnh: Quang Thử", "Yến Mẫu"),
        ("Theo Yến Mẫu/Báo Lạc Hà", "Yến Mẫu/Báo Lạc Hà"),
        ("Ảnh: Quang Thử", None),
    ],
)
def test_who_wrote(line, author):
    assert whole_line(line).author == author


@pytest.mark.parametrize("line", NO_BYLINES)
def test_no_bylines(line):
    assert whole_line(line) is None


@pytest.mark.parametrize(
    "line", ["Họp tại TP.HCM", "gồm: 1. Lò Văn Mẫu", "ông nói với bà Lò Thị Mẫu.", "“Phải làm” - ông Lò Văn Mẫu"]
)
def test_no_byline_at_the_end(line):
    assert at_end(line) is None


def test_a_list_of_names_is_no_byline():
    text = "Danh sách được khen thưởng gồm các đồng chí sau đây:\nLò Văn Mẫu\nTạ Thị Thử\nPhàn A Ví"
    assert {z.kind for z in zone_text(text).zones} == {"body"}


def test_a_list_item_is_no_caption():
    text = f"{'Đoạn đầu. ' * 12}\n- Giao Sở Y tế phát biểu tại hội nghị\n{'Đoạn sau. ' * 12}"
    assert {z.kind for z in zone_text(text).zones} == {"body"}


def test_captions_behind_the_writer():
    text = f"{'Một câu dài. ' * 10}\nSơn Mẫu\nÔng Lò Văn Mẫu phát biểu."
    assert [z.kind for z in zone_text(text).zones] == ["body", "byline", "caption"]
