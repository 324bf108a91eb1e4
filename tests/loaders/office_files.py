"""Makes the DOCX and PDF files of the loader tests; people and places are invented. `python -m tests.loaders.office_files` writes the PDFs again."""

import io
from collections.abc import Callable
from pathlib import Path

OFFICE = Path(__file__).parent / "office"
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
"""Debian's fonts-dejavu-core; the fonts that every PDF reader has lack Vietnamese letters."""

LONG = (
    "Ủy ban nhân dân tỉnh Lạc Hà vừa họp phiên thường kỳ tháng 3 để đánh giá tình hình kinh tế - xã hội quý I, bàn nhiệm vụ, giải pháp "
    "trọng tâm của quý II và cho ý kiến về bốn tờ trình do các sở, ngành chuẩn bị."
)
ORDER = (
    "Chủ tịch UBND tỉnh Lò Văn Mẫu yêu cầu Sở Tài chính rà soát các khoản chi chưa thật cần thiết, báo cáo UBND tỉnh trước ngày 15/4, "
    "đồng thời phối hợp với Sở Xây dựng tháo gỡ vướng mắc của các dự án KH-CN chậm tiến độ."
)
TITLE = "UBND tỉnh Lạc Hà họp phiên thường kỳ tháng 3 năm 2023"

_TEXT_BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:AlternateContent>
 <mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>Hộp chữ bên lề.</w:t></w:r></w:p></w:txbxContent></wps:txbx>
 </w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Hộp chữ bên lề.</w:t></w:r></w:p></w:txbxContent>
 </v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
_NOTES = """<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
 <w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>
 <w:footnote w:id="2"><w:p><w:r><w:t>Theo Báo cáo số 15/BC-STC.</w:t></w:r></w:p></w:footnote></w:footnotes>"""
_EXTRA = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:t xml:space="preserve">Giữ </w:t></w:r>
<w:del w:id="1" w:author="x"><w:r><w:delText>bỏ </w:delText></w:r></w:del><w:ins w:id="2" w:author="x"><w:r><w:t>thêm</w:t></w:r></w:ins>
<w:r><w:rPr><w:vanish/></w:rPr><w:t> ẩn</w:t></w:r><w:r><w:noBreakHyphen/><w:t>nối.</w:t></w:r></w:p>"""


def docx_of(build: Callable[..., None]) -> bytes:
    """Return the bytes of a document that `build(document)` fills."""
    import docx

    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rich_document(document) -> None:
    """Fill a document with all that a Word file may hold."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph("24/3/2023 - 11:17")
    first = document.add_paragraph(LONG)
    note = first.add_run()._r.makeelement(qn("w:footnoteReference"), {qn("w:id"): "2"})
    first.runs[-1]._r.append(note)
    document.add_paragraph("Mục thứ nhất.", style="List Number")
    document.add_paragraph("Mục thứ hai.", style="List Number")
    document.add_paragraph("Gạch đầu dòng.", style="List Bullet")
    table = document.add_table(rows=5, cols=3)
    for at, row in enumerate(table.rows):
        for number, cell in enumerate(row.cells):
            cell.text = f"ô {at}{number}"
    document.add_paragraph("Đoạn có hộp. ")._p.append(parse_xml(_TEXT_BOX))
    document.element.body.insert(len(document.element.body) - 1, parse_xml(_EXTRA))
    document.add_paragraph(ORDER)
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", _NOTES.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.sections[0].header.paragraphs[0].text = "Đầu trang chạy"


def pdf_of(draw: Callable[..., None]) -> bytes:
    """Return the bytes of a PDF that `draw(canvas)` makes; the same at every call."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Serif", str(FONT)))
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def _lines(canvas, text: str, width: float, size: float = 11) -> list[str]:
    lines, line = [], "    "
    for word in text.split():
        if canvas.stringWidth(line + word, "Serif", size) > width:
            lines.append(line.rstrip())
            line = ""
        line += word + " "
    return [*lines, line.rstrip()]


def wrapped(canvas, text: str, left: float, top: float, width: float, size: float = 11) -> float:
    canvas.setFont("Serif", size)
    for line in _lines(canvas, text, width, size):
        canvas.drawString(left, top, line)
        top -= size * 1.35
    return top


def _page(canvas, number: int) -> None:
    canvas.setFont("Serif", 9)
    canvas.drawString(70, 800, f"Bản tin Lạc Hà số {number + 11}")
    canvas.drawCentredString(297, 40, f"- {number} -")


def article_pdf(canvas) -> None:
    """Three pages with a running head and page numbers; a paragraph is cut by a page's break."""
    top = 760.0
    _page(canvas, 1)
    canvas.setFont("Serif", 15)
    canvas.drawString(70, top, TITLE)
    canvas.setFont("Serif", 9)
    canvas.drawString(70, top - 24, "24/3/2023 - 11:17")
    top -= 50
    for number in range(1, 22):
        if top < 130:
            canvas.showPage()
            _page(canvas, number // 7 + 1)
            top = 760.0
        top = wrapped(canvas, f"{LONG} Đoạn {number}." if number < 21 else ORDER, 70, top, 455)
    canvas.showPage()


def cut_pdf(canvas) -> None:
    """A paragraph that begins on one page and ends on the next."""
    lines = _lines(canvas, f"{LONG} {ORDER}", 455)
    for page in (lines[:3], lines[3:]):
        canvas.setFont("Serif", 11)
        for number, line in enumerate(page):
            canvas.drawString(70, 780 - 15 * number, line)
        if page[-1] == lines[-1]:
            wrapped(canvas, "Đoạn sau.", 70, 780 - 15 * len(page), 455)
        canvas.showPage()


def columns_pdf(canvas) -> None:
    """A headline over two columns; a rotated watermark lies across."""
    canvas.setFont("Serif", 15)
    canvas.drawCentredString(297, 780, "Bản tin hai cột của tỉnh Lạc Hà")
    top = wrapped(canvas, f"Cột trái mở đầu. {LONG}", 60, 740, 220)
    wrapped(canvas, f"Cột trái kết thúc. {ORDER}", 60, top, 220)
    top = wrapped(canvas, f"Cột phải mở đầu. {ORDER}", 315, 740, 220)
    wrapped(canvas, f"Cột phải kết thúc. {LONG}", 315, top, 220)
    canvas.saveState()
    canvas.translate(200, 400)
    canvas.rotate(45)
    canvas.setFont("Serif", 40)
    canvas.drawString(0, 0, "BẢN NHÁP")
    canvas.restoreState()
    canvas.showPage()


def scan_pdf(canvas) -> None:
    """A page with a picture and no text."""
    canvas.setFillGray(0.4)
    canvas.rect(70, 70, 400, 600, fill=1)
    canvas.showPage()


PDFS = {"article.pdf": article_pdf, "cut.pdf": cut_pdf, "columns.pdf": columns_pdf, "scan.pdf": scan_pdf}

if __name__ == "__main__":
    for name, draw in PDFS.items():
        (OFFICE / name).write_bytes(pdf_of(draw))
