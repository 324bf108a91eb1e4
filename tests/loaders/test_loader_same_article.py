"""One article in every form gives one reading, offsets apart: text page, HTML, RSS, JSON, DOCX, PDF, TCVN3.

How sure a meeting is depends a little on how far down it stands: a page's date line moves it, and confidences are compared roughly.
"""

import json
from html import escape

import pytest

from kg.read import read
from loaders import load
from tests.loaders.office_files import FONT, docx_of, pdf_of
from tests.sources.encode import encode

TITLE = "Chủ tịch UBND tỉnh Lạc Hà làm việc với Sở Y tế về phòng, chống dịch"
DATE = "24/3/2023 - 11:17"
PARAGRAPHS = (
    "Sáng 23/3, Chủ tịch UBND tỉnh Lạc Hà Lò Văn Mẫu chủ trì buổi làm việc với Sở Y tế về công tác phòng, chống dịch bệnh và việc thực hiện "
    "Chỉ thị số 05-CT/TW của Bộ Chính trị (khóa XII). Cùng dự có Giám đốc Sở Tài chính Tạ Thị Thử.",
    "Báo cáo tại buổi làm việc, Giám đốc Sở Y tế Phàn A Ví cho biết, toàn tỉnh đã tiêm chủng cho hơn 95% trẻ em trong độ tuổi; tuy nhiên một số xã "
    "vùng cao còn thiếu bác sĩ và thuốc.",
    "Phát biểu kết luận, Chủ tịch UBND tỉnh Lò Văn Mẫu yêu cầu Sở Y tế rà soát nhân lực của các trạm y tế xã, báo cáo UBND tỉnh trước ngày 15/4. "
    "Giao Sở Tài chính chủ trì, phối hợp với Sở Y tế bố trí kinh phí mua vắc xin. Đề nghị các huyện, thành phố tiếp tục tuyên truyền để người dân "
    "chủ động phòng bệnh.",
)
BYLINE = "Kim Mẫu"
LINES = (TITLE, DATE, *PARAGRAPHS, BYLINE)


def as_text():
    return "\n".join(LINES).encode()


def as_tcvn3():
    return encode("\n".join(LINES), "tcvn3")


def as_html():
    body = "".join(f"<p>{escape(one)}</p>" for one in PARAGRAPHS)
    return (
        f'<html><head><meta charset="utf-8"><title>{escape(TITLE)}</title></head><body><div class="menu"><a href="/">Trang chủ</a></div>'
        f'<h1>{escape(TITLE)}</h1><div class="date">{DATE}</div><div class="noidung">{body}<p class="author">{BYLINE}</p></div></body></html>'
    ).encode()


def as_rss():
    body = "".join(f"<p>{escape(one)}</p>" for one in (*PARAGRAPHS, BYLINE))
    item = f"<item><title>{escape(TITLE)}</title><pubDate>Fri, 24 Mar 2023 11:17:00 +0700</pubDate><description>{escape(body)}</description></item>"
    return f"<rss version='2.0'><channel><title>Tin</title>{item}</channel></rss>".encode()


def as_json():
    text = "\n".join((TITLE, *PARAGRAPHS, BYLINE))
    return json.dumps({"title": TITLE, "published": "2023-03-24T11:17+07:00", "text": text}).encode() + b"\n"


def as_docx():
    def build(document):
        for line in LINES:
            document.add_paragraph(line)

    return docx_of(build)


def as_pdf():
    def draw(canvas):
        from tests.loaders.office_files import wrapped

        top = 780.0
        for line in LINES:
            top = wrapped(canvas, line, 70, top, 455)
        canvas.showPage()

    return pdf_of(draw)


FORMS = {
    ".txt": as_text,
    ".html": as_html,
    ".rss": as_rss,
    ".jsonl": as_json,
    ".docx": as_docx,
    ".pdf": as_pdf,
    ".tcvn3.txt": as_tcvn3,
}


def said(reading, exactly=False):
    """A reading without ids and places in the text; its confidences, unless `exactly`, as what is near them."""

    def bare(value):
        if isinstance(value, dict):
            found = {key: bare(one) for key, one in value.items() if key not in ("start", "end", "id", "article")}
            if "confidence" in found and not exactly:
                found["confidence"] = pytest.approx(found["confidence"], abs=0.03)
            return found
        return [bare(one) for one in value] if isinstance(value, (list, tuple)) else value

    return bare(reading.model_dump())


def reading_of(tmp_path, form):
    path = tmp_path / f"a{form}"
    path.write_bytes(FORMS[form]())
    (article,) = load([str(path)])
    assert article.title == TITLE
    assert article.author == BYLINE
    assert article.published[:16] == "2023-03-24T11:17"
    return read(article)


@pytest.mark.parametrize("form", [form for form in FORMS if form != ".txt"])
def test_the_same_article_gives_the_same_reading(tmp_path, form):
    if form == ".pdf" and not FONT.exists():
        pytest.skip("the font DejaVu Serif is absent")
    expected, found = said(reading_of(tmp_path, ".txt")), said(reading_of(tmp_path, form), exactly=True)
    expected["published"] = found["published"] = found["published"][:16]
    assert len(expected["directives"]) == 3
    assert found == expected
