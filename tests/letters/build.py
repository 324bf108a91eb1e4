"""Makes the letters of `examples/letters` from `tests/letters/texts/*.toml`: `python -m tests.letters.build` writes them again."""

import io
import tomllib
import zipfile
from html import escape
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
LETTERS = Path(__file__).parents[2] / "examples" / "letters"
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
EPOCH = (1980, 1, 1, 0, 0, 0)
FORMS = {"docx": ".docx", "pdf": ".pdf", "html": ".html", "txt": ".txt", "flat": ".txt"}


def load_texts(folder: Path = TEXTS) -> dict[str, dict]:
    """Return the letters by name: their parts, and what should be read from them."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}


def head_lines(letter: dict) -> list[str]:
    """Return what stands between the header and the text: the kind and its subject, or the V/v of a letter."""
    return [*letter.get("under", ()), *filter(None, [letter.get("kind")]), *letter.get("subject", ())]


def body_lines(letter: dict) -> list[str]:
    return letter["body"].strip().split("\n")


def recipient_lines(letter: dict) -> list[str]:
    return ["Nơi nhận:", *(f"- {one}" for one in letter["recipients"])] if letter["recipients"] else []


def signature_lines(letter: dict) -> list[str]:
    return [line for line in letter["signature"] if line]


def as_txt(letter: dict) -> bytes:
    """The left column of the header, then the right one, as a page's text comes from most programs."""
    lines = [*letter["left"], *letter["right"], "", *head_lines(letter), "", *body_lines(letter), ""]
    return "\n".join([*lines, *recipient_lines(letter), *signature_lines(letter)]).encode()


def as_flat(letter: dict) -> bytes:
    """Both columns of the header in one line each, with a tab or many blanks between them."""

    def beside(left: list[str], right: list[str], gap: str) -> list[str]:
        rows = max(len(left), len(right))
        padded = zip(left + [""] * (rows - len(left)), right + [""] * (rows - len(right)), strict=True)
        return [(one + gap + other).rstrip() if other else one for one, other in padded]

    head = beside(letter["left"], letter["right"], "\t")
    tail = beside(recipient_lines(letter), signature_lines(letter), " " * 12)
    return "\n".join([*head, *head_lines(letter), *body_lines(letter), *tail]).encode()


def as_html(letter: dict) -> bytes:
    """A portal's page: the header in a table without borders, the text in paragraphs."""

    def cell(lines: list[str]) -> str:
        return "<td>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</td>"

    def paragraphs(lines: list[str]) -> str:
        return "\n".join(f"<p>{escape(line)}</p>" for line in lines)

    title = escape(" ".join([*filter(None, [letter.get("kind")]), *letter.get("subject", ())]))
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head><body>
<div id="menu"><a href="/">Trang chủ</a> <a href="/van-ban">Văn bản</a></div>
<div class="noi-dung-van-ban">
<table><tr>{cell(letter["left"])}{cell(letter["right"])}</tr></table>
{paragraphs(head_lines(letter))}
{paragraphs(body_lines(letter))}
<table><tr>{cell(recipient_lines(letter))}{cell(signature_lines(letter))}</tr></table>
</div>
<div class="tin-lien-quan"><h3>Tin liên quan</h3><ul><li><a href="/1">Một văn bản khác của tỉnh</a></li></ul></div>
</body></html>
""".encode()


def as_docx(letter: dict) -> bytes:
    """Header and signature in tables of two cells, as Word's templates of offices have them."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = docx.Document()

    def table(left: list[str], right: list[str]) -> None:
        for cell, lines in zip(document.add_table(rows=1, cols=2).rows[0].cells, (left, right), strict=True):
            cell.text = "\n".join(lines[:1])
            for line in lines[1:]:
                cell.add_paragraph(line)

    table(letter["left"], letter["right"])
    for line in head_lines(letter):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in body_lines(letter):
        document.add_paragraph(line)
    table(recipient_lines(letter), signature_lines(letter))
    out = io.BytesIO()
    document.save(out)
    return _dated(out.getvalue())


def _dated(package: bytes) -> bytes:
    """The same archive with one date for all parts, so that it is made of the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_pdf(letter: dict) -> bytes:
    """A page as Word prints it: columns of the header centred, justified text with page numbers, recipients in small type."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(TTFont("Serif", str(FONT)))
    text = ParagraphStyle(
        "text", fontName="Serif", fontSize=11, leading=15, alignment=4, firstLineIndent=28, spaceBefore=5
    )
    centred = ParagraphStyle("centred", parent=text, alignment=1, firstLineIndent=0, fontSize=10, spaceBefore=0)
    small = ParagraphStyle("small", parent=text, alignment=0, firstLineIndent=0, fontSize=9, leading=11, spaceBefore=0)

    def cell(lines: list[str], style: ParagraphStyle) -> list[Paragraph]:
        return [Paragraph(escape(line), style) for line in lines]

    signed = [*signature_lines(letter)[:-1], "&nbsp;", "&nbsp;"]
    signature = [Paragraph(line, centred) for line in signed] + cell(signature_lines(letter)[-1:], centred)
    story = [
        Table([[cell(letter["left"], centred), cell(letter["right"], centred)]], colWidths=[190, 290]),
        Spacer(1, 16),
        *cell(head_lines(letter), ParagraphStyle("title", parent=centred, fontSize=12)),
        Spacer(1, 10),
        *cell(body_lines(letter), text),
        Spacer(1, 10),
        Table(
            [[cell(recipient_lines(letter), small), signature]],
            colWidths=[230, 250],
            style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
        ),
    ]
    out = io.BytesIO()

    def number(canvas, document) -> None:
        canvas.setFont("Serif", 10)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 40, str(document.page))

    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(story, onLaterPages=number)
    return out.getvalue()


MAKERS = {"txt": as_txt, "flat": as_flat, "html": as_html, "docx": as_docx, "pdf": as_pdf}


def files(texts: dict[str, dict]) -> dict[str, bytes]:
    """Return the letters' files by name, each in the form that its text asks for."""
    return {name + FORMS[one["format"]]: MAKERS[one["format"]](one) for name, one in texts.items()}


if __name__ == "__main__":
    LETTERS.mkdir(exist_ok=True)
    for name, data in files(load_texts()).items():
        (LETTERS / name).write_bytes(data)
