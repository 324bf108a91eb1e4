"""A PDF with a text layer: characters by pdfium, lines, columns and paragraphs by their places; running heads and page numbers dropped.

Why pdfium: docs/decisions/0017-docx-and-pdf.md.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import InputError
from kg.model.article import Article, Origin
from loaders.build import MAX_TEXT, refuse_long
from loaders.extras import missing
from loaders.normalise import nfc
from loaders.pdflayout import Row, across_pages, paragraphs_of
from loaders.pdflines import chars_of, lines_of_chars
from loaders.textpage import article_of_text

if TYPE_CHECKING:
    import pypdfium2

MAX_BYTES = 256 * 2**20
"""No document is larger."""

MAX_PAGES = 2000
"""Pages of one document; what is longer is a book."""

_NO_TEXT = (
    "no text layer: scanned pages need OCR first, for example `ocrmypdf -l vie scan.pdf text.pdf` "
    "(ocrmypdf and tesseract-ocr-vie), then give text.pdf"
)
_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_STAMP = re.compile(
    r"^(?:Người ký|Ký bởi|Thời gian ký|Ngày ký|Signed by|Signing time|Email|Cơ quan|Tổ chức)\s*:", re.IGNORECASE
)
_MARGIN_LINES = 2
_WORDS_MIN = 3


def load_pdf(stream: BinaryIO, source: str) -> Iterator[Article]:
    """Yield the one article of a PDF. Raises InputError where it is damaged, has a password, or is a scan without text."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(source, None, f"larger than {MAX_BYTES >> 20} MB; take the pictures out or split it")
    text = nfc(text_of_pdf(data, source))
    origin = Origin(loader="pdf", source=source)
    refuse_long(len(text), origin)
    yield article_of_text(text, origin)


def text_of_pdf(data: bytes, source: str) -> str:
    """Return the text of a PDF, a line for each paragraph."""
    pages = _margins_cut(list(_pages(data, source)))
    text = "\n".join(across_pages([paragraphs_of(rows) for rows in pages]))
    if len(text.split()) < _WORDS_MIN:
        raise InputError(source, None, _NO_TEXT)
    return text


def _pages(data: bytes, source: str) -> Iterator[list[Row]]:
    try:
        import pypdfium2
    except ModuleNotFoundError as error:
        raise missing(source, "PDF", "pypdfium2", error) from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        why = (
            "it has a password; save it without one"
            if "password" in str(error).lower()
            else f"damaged ({error}); send the file again"
        )
        raise InputError(source, None, f"this PDF can't be opened: {why}") from None
    with document:
        if len(document) > MAX_PAGES:
            raise InputError(source, None, f"more than {MAX_PAGES} pages, so no article; split it")
        length = 0
        for number in range(len(document)):
            rows = _rows(document, number, source)
            length += sum(len(segment.text) for row in rows for segment in row)
            refuse_long(min(length, MAX_TEXT + 1), Origin(loader="pdf", source=source))
            yield rows


def _rows(document: "pypdfium2.PdfDocument", number: int, source: str) -> list[Row]:
    import pypdfium2

    try:
        page = document[number]
        rows = lines_of_chars(list(chars_of(page)))
    except pypdfium2.PdfiumError as error:
        raise InputError(source, f"page {number + 1}", f"can't be read ({error}); send the file again") from None
    page.close()
    return [row for row in rows if not _STAMP.match(row[0].text)]


def _margins_cut(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """The pages without page numbers, and without lines at head or foot that come again on other pages, digits aside."""
    counts: Counter[tuple[bool, str]] = Counter()
    for rows in pages:
        counts.update({(is_head, _mark(row)) for is_head, row in _edges(rows)})
    often = max(2, (len(pages) + 1) // 2)
    return [_cut(rows, {key for key, count in counts.items() if count >= often}) for rows in pages]


def _edges(rows: Sequence[Row]) -> list[tuple[bool, Row]]:
    head = [(True, row) for row in rows[:_MARGIN_LINES]]
    return head + [(False, row) for row in rows[max(len(head), len(rows) - _MARGIN_LINES) :]]


def _mark(row: Row) -> str:
    return _DIGITS.sub("0", " ".join(segment.text for segment in row))


def _cut(rows: list[Row], running: set[tuple[bool, str]]) -> list[Row]:
    while rows and _is_margin(rows[0], True, running):
        rows = rows[1:]
    while rows and _is_margin(rows[-1], False, running):
        rows = rows[:-1]
    return rows


def _is_margin(row: Row, is_head: bool, running: set[tuple[bool, str]]) -> bool:
    text = " ".join(segment.text for segment in row)
    return bool(_PAGE_NUMBER.match(text)) or (is_head, _mark(row)) in running
