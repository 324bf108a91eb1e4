"""Parquet files by pyarrow (an extra): one article a row, read batch by batch."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.errors import InputError
from loaders.bounds import seekable
from loaders.columns import columns_of
from loaders.context import Context
from loaders.dispatch import Results
from loaders.extras import missing
from loaders.tables import Row, row_articles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyarrow.parquet import ParquetFile

_BATCH: Final = 512


def load_parquet(
    stream: BinaryIO, source: str, context: Context, groups: "Sequence[int] | None" = None, first: int = 0
) -> Results:
    """Yield an article or an error for each row; only the columns that are fields of a record are read.

    `groups` are the row groups to read (default: all), with `first` rows before them.
    """
    try:
        import pyarrow.parquet as parquet
    except ModuleNotFoundError as error:
        raise missing(source, "Parquet", "pyarrow", error) from None
    with seekable(stream) as file:
        try:
            yield from _articles(parquet.ParquetFile(file), source, context, groups, first)
        except InputError:
            raise
        # a C++ library: on damaged files it raises its own errors, OSError, ValueError and others
        except Exception as error:
            raise InputError(source, None, f"a damaged Parquet file: {error}; rows may be missing") from None


def _articles(
    table: "ParquetFile", source: str, context: Context, groups: "Sequence[int] | None", first: int
) -> Results:
    names = list(table.schema_arrow.names)
    columns = columns_of(names, source, context)
    if not table.metadata.num_rows:
        raise InputError(source, None, "a table without rows: nothing to read")
    cells = {field: number for number, field in enumerate(columns)}
    rows = _rows(table, names, columns, groups, first)
    yield from row_articles(rows, cells, len(cells), source, None, "parquet")


def _rows(
    table: "ParquetFile", names: list[str], columns: "Mapping[str, int]", groups: "Sequence[int] | None", first: int
) -> Iterator[Row]:
    number = first
    wanted = [names[column] for column in columns.values()]
    for batch in table.iter_batches(batch_size=_BATCH, row_groups=groups, columns=wanted):
        for cells in zip(*(batch.column(names[column]).to_pylist() for column in columns.values()), strict=True):
            number += 1
            yield f"row {number}", cells
