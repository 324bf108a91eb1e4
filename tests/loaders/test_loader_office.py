"""DOCX and PDF: what Word and a page show is what an article's text says, in the order of reading."""

import io
import random
import zipfile

import pytest

from kg.errors import InputError
from loaders import load
from tests.loaders.office_files import FONT, LONG, OFFICE, ORDER, PDFS, TITLE, docx_of, pdf_of, rich_document


def one(path):
    (found,) = load([str(path)])
    return found


def test_docx(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(docx_of(rich_document))
    article = one(path)
    assert article.text.split("\n") == [
        TITLE,
        "24/3/2023 - 11:17",
        LONG,
        "1. Mục thứ nhất.",
        "2. Mục thứ hai.",
        "- Gạch đầu dòng.",
        *(" | ".join(f"ô {row}{column}" for column in range(3)) for row in range(5)),
        "Đoạn có hộp.",
        "Hộp chữ bên lề.",
        "Giữ thêm-nối.",
        ORDER,
        "[1] Theo Báo cáo số 15/BC-STC.",
    ]
    assert (article.title, article.published, article.origin.loader) == (TITLE, "2023-03-24T11:17+07:00", "docx")


def test_docx_is_sniffed(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(docx_of(rich_document)), 1 << 16)))
    assert one("-").title == TITLE


def _zip(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in files.items():
            package.writestr(name.replace("_", "/"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04broken", "not a DOCX"),
        (docx_of(lambda document: document.add_paragraph(LONG))[:-900], "not a DOCX"),
        (_zip(xl_workbook="x"), "no Word document"),
        (_zip(word_document="<a>"), "damaged DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
        (docx_of(lambda document: None), "no text"),
    ],
)
def test_broken_docx(tmp_path, data, reason):
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    found = one(path)
    assert isinstance(found, InputError)
    assert reason in found.reason


def test_docx_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("bí mật", encoding="utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_of(rich_document))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                head, _, rest = data.decode().partition("?>")
                data = f"{head}?>{doctype}{rest.replace('Mục thứ hai.', '&e;')}".encode()
            new.writestr(name, data)
    path = tmp_path / "a.docx"
    path.write_bytes(out.getvalue())
    found = one(path)
    assert isinstance(found, InputError) or "bí mật" not in found.text


def test_pdf_pages():
    article = one(OFFICE / "article.pdf")
    lines = article.text.split("\n")
    assert lines[:2] == [TITLE, "24/3/2023 - 11:17"]
    assert lines[2:] == [*(f"{LONG} Đoạn {number}." for number in range(1, 21)), ORDER]
    assert (article.title, article.published, article.origin.loader) == (TITLE, "2023-03-24T11:17+07:00", "pdf")


def test_pdf_paragraph_over_two_pages():
    assert one(OFFICE / "cut.pdf").text.split("\n") == [f"{LONG} {ORDER}", "Đoạn sau."]


def test_pdf_columns():
    assert one(OFFICE / "columns.pdf").text.split("\n") == [
        "Bản tin hai cột của tỉnh Lạc Hà",
        f"Cột trái mở đầu. {LONG}",
        f"Cột trái kết thúc. {ORDER}",
        f"Cột phải mở đầu. {ORDER}",
        f"Cột phải kết thúc. {LONG}",
    ]


def test_scan_says_what_to_do():
    found = one(OFFICE / "scan.pdf")
    assert isinstance(found, InputError)
    assert found.exit_code == 4
    assert "ocrmypdf -l vie" in found.reason


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(range(256)) * 40])
def test_broken_pdf(tmp_path, data):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    found = one(path)
    assert isinstance(found, InputError)
    assert "can't be opened" in found.reason


@pytest.mark.skipif(not FONT.exists(), reason="the font DejaVu Serif is absent")
@pytest.mark.parametrize("name", PDFS)
def test_the_pdfs_are_what_their_script_makes(name):
    assert (OFFICE / name).read_bytes() == pdf_of(PDFS[name])


@pytest.mark.parametrize("name", ["a.docx", "columns.pdf"])
def test_changed_bytes_are_an_error_or_an_article(tmp_path, name):
    """Forty files with bytes changed or cut off: each comes out as an article or as one InputError, nothing else."""
    chance = random.Random(name)
    whole = docx_of(rich_document) if name == "a.docx" else (OFFICE / name).read_bytes()
    path = tmp_path / name
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.randrange(len(data))] if chance.random() < 0.3 else data)
        assert len(list(load([str(path)]))) == 1
