"""Excel workbooks (XLSX) by python-calamine (an extra): each sheet a table."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from kg.errors import InputError
from loaders.bounds import DAMAGE, Limits
from loaders.context import Context
from loaders.dispatch import Results
from loaders.extras import is_damage, missing
from loaders.tables import Row, table_articles

MAX_BYTES: Final = 128 * 2**20
"""Bytes of a workbook, packed."""

_MAX_UNPACKED: Final = 1 << 30


def load_xlsx(stream: BinaryIO, source: str, context: Context) -> Results:
    """Yield an article or an error for each row of each sheet that is not empty; the first row that is not blank is the header."""
    try:
        import python_calamine as calamine
    except ModuleNotFoundError as error:
        raise missing(source, "XLSX", "python-calamine", error) from None
    data = stream.read(MAX_BYTES + 1)
    _refuse(data, source)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    # a Rust library: what it raises on damaged files is not one class
    except BaseException as error:
        if not is_damage(error):
            raise
        raise InputError(source, None, f"a damaged workbook: {error}") from None
    found = False
    for name, cells in sheets:
        rows = list(_rows(name, cells))
        if rows:
            found = True
            yield from table_articles(rows[0][1], rows[1:], source, context, None, "xlsx")
    if not found:
        raise InputError(source, None, "a workbook without rows: nothing to read")


def _rows(sheet: str, cells: Sequence[Sequence[object]]) -> Iterator[Row]:
    for number, row in enumerate(cells, 1):
        if any(str(cell).strip() for cell in row):
            yield f"sheet {sheet}, row {number}", row


def _refuse(data: bytes, source: str) -> None:
    """The library unpacks all at once: look first at what the archive says it will be."""
    if len(data) > MAX_BYTES:
        raise InputError(source, None, f"larger than {MAX_BYTES >> 20} MB; write it as CSV, JSON lines or Parquet")
    try:
        size = sum(info.file_size for info in zipfile.ZipFile(io.BytesIO(data)).infolist())
    except DAMAGE as error:
        raise InputError(source, None, f"no workbook, or a damaged one: {error}") from None
    if size > _MAX_UNPACKED or (size > Limits().floor and size > Limits().ratio * len(data)):
        raise InputError(source, None, f"{size >> 20} MB when unpacked: a bomb? Write it as CSV")
