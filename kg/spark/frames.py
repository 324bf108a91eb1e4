"""Rows of plain Python values through Spark: a map over partitions by Arrow, and a keyed shuffle before it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import StructType

Row = tuple[Any, ...]
Rows = Iterator[Row]
Step = Callable[[Rows], Iterable[Row]]
"""What is done with the rows of one partition; it must pickle by name or as a `functools.partial`."""

_ROWS: Final = 4_096
_BYTES: Final = 8 << 20


def mapped(frame: DataFrame, step: Step, schema: str) -> DataFrame:
    """Return what `step` makes of each partition; `schema` is DDL, and the columns of `frame` come in their order."""
    arrow = to_arrow_schema(StructType.fromDDL(schema))

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return to_batches(step(from_batches(batches)), arrow)

    return frame.mapInArrow(run, schema)


def keyed(frame: DataFrame, step: Step, schema: str, *order: str, keys: int = 1) -> DataFrame:
    """Return what `step` makes of partitions in which all rows of a key are together; `order` are columns, the first `keys` of them the key."""
    return mapped(frame.repartition(*order[:keys]).sortWithinPartitions(*order), step, schema)


def groups(rows: Rows) -> Iterator[tuple[Any, Rows]]:
    """Yield the first cell of sorted rows with the rows that have it; each group ends where the next is asked for."""
    return groupby(rows, key=itemgetter(0))


def from_batches(batches: Iterable[pa.RecordBatch]) -> Rows:
    """Yield the rows of batches as tuples."""
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def to_batches(rows: Iterable[Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield rows as batches of bounded size."""
    gathered: list[Row] = []
    size = 0
    for row in rows:
        gathered.append(row)
        size += sum(len(cell) for cell in row if isinstance(cell, str | bytes | list))
        if len(gathered) >= _ROWS or size >= _BYTES:
            yield _batch(gathered, schema)
            gathered, size = [], 0
    if gathered:
        yield _batch(gathered, schema)


def _batch(rows: list[Row], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
