"""A Word document (DOCX): paragraphs with the numbers that Word shows, tables, text boxes, footnotes behind the text.

python-docx opens the package and knows its parts and styles; the walk is our own, since text boxes, footnotes, and automatic numbers are
none of its objects (docs/decisions/0017-docx-and-pdf.md).
"""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO
from zipfile import BadZipFile, ZipFile

from lxml import etree
from lxml.etree import _Element

from kg.errors import InputError
from kg.model.article import Article, Origin
from loaders.build import refuse_long
from loaders.extras import missing
from loaders.normalise import nfc
from loaders.textpage import article_of_text

if TYPE_CHECKING:
    from docx.document import Document

    from loaders.docxnumbers import Numbers

MAX_BYTES = 64 * 2**20
"""No document is larger, nor unpacks to more than sixteen times that."""

_UNPACKED_MAX = 16 * MAX_BYTES
_LAYOUT_ROWS = 4  # letters set their header and their signature in a table of two cells
_DEPTH_MAX = 40
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_NUMBERING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_DAMAGE = (
    KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError, RuntimeError, zlib.error, BadZipFile,
    etree.LxmlError,
)  # fmt: skip  # what python-docx, zipfile and lxml raise over bytes that were changed
_TYPES = "[Content_Types].xml"
_MAIN = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled(?:Template)?|openxmlformats-officedocument\.wordprocessingml\.template)\.main\+xml"
)
_PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PART_MARKS = frozenset({"-1", "0"})  # separators, not notes


def load_docx(stream: BinaryIO, source: str) -> Iterator[Article]:
    """Yield the one article of a DOCX file. Raises InputError where it is damaged, encrypted, an old .doc, or holds no text."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(source, None, f"larger than {MAX_BYTES >> 20} MB; take the pictures out")
    text = nfc(text_of_docx(data, source))
    origin = Origin(loader="docx", source=source)
    refuse_long(len(text), origin)
    yield article_of_text(text, origin)


def text_of_docx(data: bytes, source: str) -> str:
    """Return the text of a DOCX: a line for each paragraph, cells of a layout table one behind the other, rows of a data table with bars."""
    _refuse(data, source)
    try:
        import docx
    except ModuleNotFoundError as error:
        raise missing(source, "DOCX", "python-docx", error) from None
    try:
        walk = _Walk.of(docx.Document(io.BytesIO(_as_document(data))))
        lines = [*walk.blocks(walk.body, 0), *walk.notes()]
    except _DAMAGE as error:
        raise InputError(
            source, None, f"a damaged DOCX ({type(error).__name__}); open it in Word and save it again"
        ) from None
    return "\n".join(lines)


def _as_document(data: bytes) -> bytes:
    """A document with macros, or a template, is a document to python-docx once its main part is called one; macros are not looked at."""
    with ZipFile(io.BytesIO(data)) as package:
        types = package.read(_TYPES)
        if not _MAIN.search(types):
            return data
        out = io.BytesIO()
        with ZipFile(out, "w") as made:
            for name in package.namelist():
                made.writestr(name, _MAIN.sub(_PLAIN, types) if name == _TYPES else package.read(name))
    return out.getvalue()


def _refuse(data: bytes, source: str) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            source, None, "an old Word file (.doc) or an encrypted one; save it as .docx without a password"
        )
    try:
        with ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(one.file_size for one in package.infolist())
            names = package.namelist()
    except (BadZipFile, OSError, ValueError):
        raise InputError(source, None, "not a DOCX (no zip archive, or a broken one); send the file again") from None
    if unpacked > _UNPACKED_MAX:
        raise InputError(source, None, f"unpacks to more than {_UNPACKED_MAX >> 20} MB, so no document")
    if not any(name.startswith("word/") for name in names):
        raise InputError(source, None, "a zip archive, but no Word document (no word/ in it)")


@dataclass(slots=True)
class _Walk:
    """The walk over a document's tree."""

    document: "Document"
    body: _Element
    numbers: "Numbers"
    noted: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, document: "Document") -> "_Walk":
        from loaders.docxnumbers import numbers_of

        return cls(document, document.element.body, numbers_of(_part(document, _NUMBERING)))

    def blocks(self, parent: _Element, depth: int) -> Iterator[str]:
        """Yield the lines of the paragraphs and tables below `parent`."""
        if depth > _DEPTH_MAX:
            raise ValueError("nested too deep")
        for child in parent:
            kind = _local(child)
            if kind == "p":
                yield from self._paragraph(child, depth)
            elif kind == "tbl":
                yield from self._table(child, depth)
            elif kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: _Element, depth: int) -> Iterator[str]:
        parts: list[str] = []
        boxes: list[_Element] = []
        self._inline(paragraph, parts, boxes)
        lines = [" ".join(line.split(" ")).strip() for line in "".join(parts).split("\n")]
        written = [line for line in lines if line]
        label = self._label(paragraph) if written else ""
        for number, line in enumerate(written):
            yield (label if number == 0 else "") + line
        for box in boxes:
            yield from self.blocks(box, depth + 1)

    def _inline(self, parent: _Element, parts: list[str], boxes: list[_Element]) -> None:
        for child in parent:
            kind = _local(child)
            if kind == "t":
                parts.append(child.text or "")
            elif kind in ("tab", "ptab"):
                parts.append("\t")
            elif kind in ("br", "cr"):
                parts.append("\n")
            elif kind == "noBreakHyphen":
                parts.append("-")
            elif kind == "footnoteReference":
                self.noted.append(child.get(_w("id")) or "")
            elif kind == "txbxContent":
                boxes.append(child)
            elif kind == "r" and _is_hidden(child):
                continue
            elif kind not in ("pPr", "rPr", "del", "moveFrom", "Fallback", "instrText", "delText"):
                self._inline(child, parts, boxes)

    def _label(self, paragraph: _Element) -> str:
        own = paragraph.find(f"{_w('pPr')}/{_w('numPr')}")
        found = own if own is not None else self._of_style(paragraph)
        if found is None:
            return ""
        number, level = found.find(_w("numId")), found.find(_w("ilvl"))
        at = level.get(_w("val")) if level is not None else "0"
        ident = number.get(_w("val")) if number is not None else None
        return self.numbers.label(ident, int(at or 0)) if ident else ""

    def _of_style(self, paragraph: _Element) -> _Element | None:
        """The list that a paragraph's style puts it in, or a style that it is based on."""
        name = paragraph.find(f"{_w('pPr')}/{_w('pStyle')}")
        ident = name.get(_w("val")) if name is not None else None
        styles = self.document.styles.element
        for _ in range(_DEPTH_MAX):
            style = (
                next((one for one in styles.iter(_w("style")) if one.get(_w("styleId")) == ident), None)
                if ident
                else None
            )
            if style is None:
                return None
            found: _Element | None = style.find(f"{_w('pPr')}/{_w('numPr')}")
            if found is not None:
                return found
            base = style.find(_w("basedOn"))
            ident = base.get(_w("val")) if base is not None else None
        return None

    def _table(self, table: _Element, depth: int) -> Iterator[str]:
        rows = [[cell for cell in row if _local(cell) == "tc"] for row in table if _local(row) == "tr"]
        width = max((len(row) for row in rows), default=0)
        if width <= 2 and len(rows) <= _LAYOUT_ROWS:
            for cells in zip(*rows, strict=False) if len({len(row) for row in rows}) == 1 else rows:
                for cell in cells:
                    yield from self.blocks(cell, depth + 1)
            return
        for row in rows:
            texts = [" ".join(self.blocks(cell, depth + 1)) for cell in row]
            if any(texts):
                yield " | ".join(texts)

    def notes(self) -> Iterator[str]:
        """Yield the footnotes that the text refers to, in the order of their references."""
        root = _part(self.document, _FOOTNOTES) if self.noted else None
        known = {one.get(_w("id")): one for one in root.iter(_w("footnote"))} if root is not None else {}
        for number, ident in enumerate(list(dict.fromkeys(self.noted)), 1):
            note = known.get(ident)
            if note is not None and ident not in _PART_MARKS:
                yield f"[{number}] " + " ".join(self.blocks(note, 0))


def _part(document: "Document", relation: str) -> _Element | None:
    found = next(
        (one.target_part for one in document.part.rels.values() if one.reltype == relation and not one.is_external),
        None,
    )
    if found is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(found.blob, parser)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")


def _local(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _is_hidden(run: _Element) -> bool:
    mark = run.find(f"{_w('rPr')}/{_w('vanish')}")
    return mark is not None and mark.get(_w("val")) not in ("0", "false")
