"""What a run knows everywhere: its session, where it writes, and what a person has decided."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from pyspark.sql import DataFrame, DataFrameWriter, SparkSession
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import StructType

from kg.home.reviews import FILE as REVIEWS
from kg.home.reviews import Reviews, read_reviews
from kg.identify.decisions import FILE as DECISIONS
from kg.identify.decisions import Decision, Renames, read_decisions
from kg.spark.files import is_uri, opened


@dataclass(frozen=True)
class Run:
    """One run on one session: phases write below `out`, intermediate ones below `out`/work; `told` hears of each."""

    session: SparkSession
    out: str
    decisions: tuple[Decision, ...] = ()
    reviews: Reviews = field(default_factory=Reviews)
    told: Callable[[str, int], None] = lambda phase, done: None
    overwrite: bool = False

    @property
    def renames(self) -> Renames:
        """What the decisions rename."""
        return Renames.of(self.decisions)

    def kept(self, frame: DataFrame, phase: str, name: str) -> DataFrame:
        """Write a frame as Parquet below `out` and return what was written: computed once, and found again by a lost worker."""
        self.begin(phase)
        path = f"{self.out}/{name}"
        self._writer(frame).parquet(path)
        return self.session.read.schema(frame.schema).parquet(path)

    def text(
        self, frame: DataFrame, name: str, *, by: str | None = None, more: bool = False, packed: bool = True
    ) -> None:
        """Write the column `value` as lines; `by` names a column that parts them into folders, `more` adds to what is there."""
        writer = frame.write.mode("append") if more else self._writer(frame)
        writer = writer.partitionBy(by) if by else writer
        writer.option("compression", "gzip" if packed else "none").text(f"{self.out}/{name}")

    def remove(self, name: str) -> None:
        """Delete a folder below `out`."""
        context = self.session.sparkContext
        path = context._jvm.org.apache.hadoop.fs.Path(f"{self.out}/{name}")
        path.getFileSystem(context._jsc.hadoopConfiguration()).delete(path, True)

    def _writer(self, frame: DataFrame) -> DataFrameWriter:
        return frame.write.mode("overwrite" if self.overwrite else "errorifexists")

    def begin(self, phase: str) -> None:
        """Tell of a phase, here and on the pages of Spark."""
        self.told(phase, 0)
        self.session.sparkContext.setJobDescription(f"kg build: {phase}")

    def frame(self, rows: Iterable[tuple[object, ...]], schema: str) -> DataFrame:
        """Return rows that the driver holds as a frame."""
        arrow = to_arrow_schema(StructType.fromDDL(schema))
        columns = list(zip(*rows, strict=True)) or [()] * len(arrow)
        arrays = [pa.array(column, type=field.type) for column, field in zip(columns, arrow, strict=True)]
        return self.session.createDataFrame(pa.Table.from_arrays(arrays, schema=arrow), StructType.fromDDL(schema))


def said(out: str) -> tuple[tuple[Decision, ...], Reviews]:
    """Return the decisions and reviews in a folder: OUT/decisions.jsonl and OUT/reviews.jsonl, as a graph home keeps them.

    Raises InputError that names a line that can't be read.
    """
    if not is_uri(out):
        return read_decisions(Path(out) / DECISIONS), Reviews.of(read_reviews(Path(out)))
    with TemporaryDirectory() as folder:
        for name in (DECISIONS, REVIEWS):
            with suppress(FileNotFoundError), opened(f"{out}/{name}") as stream:
                (Path(folder) / name).write_bytes(stream.read())
        return read_decisions(Path(folder) / DECISIONS), Reviews.of(read_reviews(Path(folder)))
