"""Tables: CSV and TSV, one article a row; what the other kinds of tables share."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.errors import InputError
from kg.model.article import Article, Decoding
from loaders.columns import columns_of
from loaders.context import Context
from loaders.dispatch import Results
from loaders.jsonl import MAX_RECORD, article_of_record
from loaders.normalise import decode

MAX_BYTES: Final = 256 * 2**20
"""Bytes of a table; a larger one belongs into JSON lines or Parquet."""

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS: Final = (",", ";", "\t", "|")

Row = tuple[str, Sequence[object]]
"""A row's place in its table, and its cells."""


def load_csv(stream: BinaryIO, source: str, context: Context) -> Results:
    """Yield an article or an error for each row; the delimiter (comma, semicolon, tab, bar) is that which the header has most of."""
    return _load(stream, source, context, None)


def load_tsv(stream: BinaryIO, source: str, context: Context) -> Results:
    """Yield an article or an error for each row of a table whose cells are parted by tabs."""
    return _load(stream, source, context, "\t")


def _load(stream: BinaryIO, source: str, context: Context, delimiter: str | None) -> Results:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(source, None, f"larger than {MAX_BYTES >> 20} MB; write it as JSON lines or Parquet")
    text, decoding, _ = decode(data, source)
    header = text.lstrip("\ufeff").split("\n", 1)[0]
    chosen = delimiter or max(_DELIMITERS, key=header.count)
    csv.field_size_limit(MAX_RECORD)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=chosen, strict=True)
    rows = _rows(reader, source)
    first = next(rows, None)
    if first is None or isinstance(first, InputError):
        raise first or InputError(source, None, "a table without rows: nothing to read")
    yield from table_articles(first[1], rows, source, context, decoding, "csv")


def _rows(reader: "Reader", source: str) -> Iterator[Row | InputError]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield InputError(source, f"line {line}", f"no row of a table: {error}")
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield f"line {line}", cells


def table_articles(
    header: Sequence[object],
    rows: Iterable[Row | InputError],
    source: str,
    context: Context,
    decoding: Decoding | None,
    loader: str,
) -> Results:
    """Yield the article of each row below `header`, an InputError where one has none."""
    names = [str(name if name is not None else "") for name in header]
    columns = columns_of(names, source, context)
    first = next(rows := iter(rows), None)
    if first is None:
        raise InputError(source, None, "a table without rows: nothing to read")
    yield from row_articles(chain((first,), rows), columns, len(names), source, decoding, loader)


def row_articles(
    rows: Iterable[Row | InputError],
    columns: Mapping[str, int],
    width: int,
    source: str,
    decoding: Decoding | None,
    loader: str,
) -> Results:
    """Yield the article of each row, which has `width` cells, those of a record's fields in `columns`."""
    for row in rows:
        yield row if isinstance(row, InputError) else _article(row, columns, width, source, decoding, loader)


def _article(
    row: Row, columns: Mapping[str, int], width: int, source: str, decoding: Decoding | None, loader: str
) -> Article | InputError:
    place, cells = row
    if len(cells) != width:
        return InputError(source, place, f"{len(cells)} cells where the header has {width}; is a quote missing?")
    record = {field: value for field, number in columns.items() if (value := _value(cells[number])) is not None}
    try:
        return article_of_record(record, source=source, locator=place, decoding=decoding, loader=loader)
    except InputError as error:
        return error


def _value(cell: object) -> str | None:
    if isinstance(cell, datetime | date):
        return cell.isoformat().removesuffix("T00:00:00")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell)
    return text if text.strip() else None
