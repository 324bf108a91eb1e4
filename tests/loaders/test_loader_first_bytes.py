"""What a new user gives by mistake: kinds that are not read, files that are not what their names say, empty ones, documents with macros."""

import io
import os
import zipfile

import pytest

from kg.errors import InputError
from loaders import load
from tests.letters.build import as_docx, load_texts
from tests.sources.make_samples import KENH, html, page_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
PAGE = html(KENH).encode()
TYPES = "[Content_Types].xml"
DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def one(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    (found,) = load([str(path)])
    return found


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        (
            "a.doc",
            OLE,
            "an old Office file, or an encrypted one, not text; save it as .docx or .xlsx, without a password",
        ),
        ("a.rtf", b"{\\rtf1\\ansi Tin}", "an RTF file, not text; save it as .docx"),
        ("a.odt", zipped(ODT), "an OpenDocument file (.odt, .ods); save it as .docx or .xlsx"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(30), "a 7z archive, not text; unpack it first"),
        ("a.rar", b"Rar!\x1a\x07\x00" + bytes(30), "a RAR archive, not text; unpack it first"),
        ("a.jpg", b"\xff\xd8\xff" + bytes(30), "a JPEG image, not text; pictures of pages need OCR first"),
        ("a.txt", b"%PDF-1.7\n", "a PDF, not text; name it .pdf"),
        ("a.html", zipped({"a": b"b"}), "a zip archive or an Office file, not text; name it .zip"),
        ("a.pdf", PAGE, "no PDF file: it opens as an HTML page. An error page in its place?"),
        ("a.docx", b'{"error": "not found"}\n', "no DOCX file: it opens as JSON lines."),
        ("a.zip", PAGE, "no ZIP file: it opens as an HTML page."),
        ("a.gz", "Không tìm thấy.".encode(), "no GZ file: it opens as text."),
        ("a.parquet", PAGE, "no PARQUET file: it opens as an HTML page."),
        *((f"a.{kind}", b"", "empty file: nothing to read") for kind in ("pdf", "zip", "gz", "tar", "parquet", "xlsx")),
        ("a.html", b"<div>" * 3000 + b"x", "nested deeper than 2,048 elements"),
    ],
)
def test_one_clear_error(tmp_path, name, data, says):
    found = one(tmp_path, name, data)
    assert isinstance(found, InputError)
    assert says in found.reason


def test_a_page_of_50_mb(tmp_path):
    path = tmp_path / "a.html"
    with path.open("wb") as out:
        out.write(b"<html><body>")
        os.truncate(path, 50 * 2**20)
    (found,) = load([str(path)])
    assert found.reason == "larger than 32 MB; one page a file"


def test_a_zip_with_something_before_it_is_one(tmp_path):
    found = one(tmp_path, "a.zip", b"MZ stub of a program\n" + zipped({"a.txt": page_text(KENH).encode()}))
    assert not isinstance(found, InputError)


@pytest.mark.parametrize("kind", ["ms-word.document.macroEnabled", "ms-word.template.macroEnabledTemplate", "template"])
@pytest.mark.parametrize("name", ["a.docm", "a.docx", "a.dotx"])
def test_documents_with_macros_and_templates_are_documents(tmp_path, kind, name):
    plain = as_docx(load_texts()["quyet-dinh-ubnd"])
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        members = {entry: package.read(entry) for entry in package.namelist()}
    said = kind if kind.startswith("ms") else f"openxmlformats-officedocument.wordprocessingml.{kind}"
    members[TYPES] = members[TYPES].replace(DOCUMENT, f"application/vnd.{said}.main+xml".encode())
    members["word/vbaProject.bin"] = OLE
    found = one(tmp_path, name, zipped(members))
    assert found.text == one(tmp_path, "plain.docx", plain).text
    assert found.letter.number == "845/QĐ-UBND"


def test_folders_and_archives_say_what_to_do(tmp_path):
    (tmp_path / "in").mkdir()
    for name, data in {"a.txt": page_text(KENH).encode(), "b.doc": OLE, "c.doc": OLE, "d.bin": b"x"}.items():
        (tmp_path / "in" / name).write_bytes(data)
    os.mkfifo(tmp_path / "in" / "e.txt")  # would wait for ever
    errors = [str(found) for found in load([str(tmp_path / "in")]) if isinstance(found, InputError)]
    assert [error.partition("/in/")[2] for error in errors] == [
        "b.doc: files of the kind .doc are not read (1 more of them); save them as .docx",
        "d.bin: files of the kind .bin are not read; name a file itself to have it tried",
    ]
    found = one(tmp_path, "a.zip", zipped({"b.doc": OLE}))
    assert str(found).endswith("a.zip!b.doc: files of the kind .doc are not read; save them as .docx")
