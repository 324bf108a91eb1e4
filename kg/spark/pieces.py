"""Sources cut into pieces of about equal size: byte ranges of JSON lines, row groups of Parquet, whole files of any other kind.

The driver cuts (`planned`), the workers read (`items_of`); what comes out is what `loaders.load` yields, in the same order.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from kg.errors import InputError
from kg.model.article import Article
from kg.spark.files import File, listed, opened
from loaders import with_defaults
from loaders.columns import columns_of
from loaders.context import Context
from loaders.dispatch import PEEK, read_stream
from loaders.jsonl import load_jsonl_part
from loaders.kinds import kind_of_name
from loaders.normalise import is_utf16, refuse_binary
from loaders.sitemap import is_sitemap_head

PIECE: Final = 32 << 20
"""Bytes of a piece, about."""

_COUNTED: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a source. `lines`: bytes `start` to `end`, with `before` line ends before them; `rows`: row groups, with `before` rows before them.

    `whole`: the file; `failed`: nothing to read, for the reason that `error` gives. Of its items the first `most` are taken, if that is given.
    """

    file: File
    form: str = "whole"
    start: int = 0
    end: int = 0
    before: int = 0
    groups: tuple[int, ...] = ()
    rows_size: int = 0
    error: tuple[str, str | None, str] | None = None
    most: int | None = None

    @property
    def size(self) -> int:
        """Bytes, about."""
        return self.end - self.start if self.form == "lines" else self.rows_size or self.file.size


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of all sources."""

    place: str | None = None
    outlet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


def planned(sources: Iterable[str], given: Given, tell: Callable[[str], None], size: int = PIECE) -> list[Piece]:
    """Return the pieces of all sources in order, of about `size` bytes; what can't be opened is a piece that says so."""
    context = Context(columns=given.columns, tell=tell)
    return [piece for source in sources for found in listed(source) for piece in _cut(found, context, size)]


def _cut(found: File | InputError, context: Context, size: int) -> Iterator[Piece]:
    if isinstance(found, InputError):
        yield Piece(File("", found.source, 0), "failed", error=(found.source, found.place, found.reason))
        return
    kind = kind_of_name(found.path)
    try:
        if kind == "jsonl" and found.size > size and _has_plain_head(found):
            for start in range(0, found.size, size):
                yield Piece(found, "lines", start, min(start + size, found.size))
            return
        if kind == "parquet":
            yield from _row_groups(found, context, size)
            return
    # whatever is wrong with the file, the loader says it as it does on one machine
    except Exception:
        pass
    yield Piece(found)


def _has_plain_head(file: File) -> bool:
    with opened(file.path) as stream:
        head = stream.read(PEEK)
    refuse_binary(file.source, head)
    return not is_utf16(head)


def _row_groups(file: File, context: Context, size: int) -> Iterator[Piece]:
    import pyarrow.parquet as parquet

    with opened(file.path) as stream:
        table = parquet.ParquetFile(stream)
        columns_of(list(table.schema_arrow.names), file.source, context)
        rows = [table.metadata.row_group(n).num_rows for n in range(table.metadata.num_row_groups)]
        bytes_of = [table.metadata.row_group(n).total_byte_size for n in range(table.metadata.num_row_groups)]
    if len(rows) < 2:
        yield Piece(file)
        return
    start, before, held = 0, 0, 0
    for number in range(len(rows)):
        held += bytes_of[number]
        if held >= size or number == len(rows) - 1:
            yield Piece(file, "rows", before=before, groups=tuple(range(start, number + 1)), rows_size=held)
            before, start, held = before + sum(rows[start : number + 1]), number + 1, 0


def line_ends(piece: Piece) -> int:
    """Return how many line ends a piece of JSON lines holds."""
    left, found = piece.end - piece.start, 0
    with opened(piece.file.path) as stream:
        stream.seek(piece.start)
        while left > 0 and (data := stream.read(min(left, _COUNTED))):
            found += data.count(b"\n")
            left -= len(data)
    return found


def numbered(pieces: Iterable[Piece], counts: Iterable[int]) -> list[Piece]:
    """Return pieces with the line ends before each; `counts` are those in each, 0 for other pieces."""
    found: list[Piece] = []
    before = 0
    for piece, count in zip(pieces, counts, strict=True):
        before = before if piece.form == "lines" and piece.start else 0
        found.append(replace(piece, before=before) if piece.form == "lines" else piece)
        before += count
    return found


def items_of(piece: Piece, given: Given) -> Iterator[Article | InputError]:
    """Yield the articles of a piece, an InputError for what can't be read; nothing is raised."""
    return islice(_all_items(piece, given), piece.most)


def _all_items(piece: Piece, given: Given) -> Iterator[Article | InputError]:
    try:
        for found in _items(piece, Context(columns=given.columns)):
            yield found if isinstance(found, InputError) else with_defaults(found, given.place, given.outlet)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        yield InputError(piece.file.source, None, f"can't be opened: {why}")


def _items(piece: Piece, context: Context) -> Iterator[Article | InputError]:
    if piece.error:
        raise InputError(*piece.error)
    path, source, _ = piece.file
    with opened(path) as stream:
        if piece.form == "lines":
            yield from load_jsonl_part(stream, source, piece.start, piece.end, piece.before)
        elif piece.form == "rows":
            from loaders.parquet import load_parquet

            yield from load_parquet(stream, source, context, piece.groups, piece.before)
        elif is_sitemap_head(path, stream.peek(PEEK)):
            yield InputError(source, None, "a sitemap, which gives pages their address and day: build on one machine")
        else:
            yield from read_stream(stream, source, kind_of_name(path), context)
