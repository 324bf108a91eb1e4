"""One compressed file: gzip by the standard library, Zstandard by `zstandard` (an extra)."""

import gzip
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol, cast

from loaders.bounds import Counted, Readable, unpacked
from loaders.context import Context
from loaders.dispatch import Results, read_stream
from loaders.extras import missing
from loaders.kinds import Kind, kind_of_name

if TYPE_CHECKING:
    from zstandard import ZstdDecompressionObj

_PIECE: Final = 1 << 10  # a block of 4 bytes may become 128 KB: small pieces bound what one step gives
_WINDOW: Final = 1 << 27


def load_gz(stream: BinaryIO, source: str, context: Context) -> Results:
    """Yield what the file inside gives: its kind by the name without `.gz`, else by its first bytes."""
    counted = Counted(stream)
    return _read(gzip.GzipFile(fileobj=cast(BinaryIO, counted)), counted, source, context)


def load_zst(stream: BinaryIO, source: str, context: Context) -> Results:
    """Yield what the file inside gives. Raises InputError where `zstandard` is not installed."""
    try:
        import zstandard
    except ModuleNotFoundError as error:
        raise missing(source, "Zstandard", "zstandard", error) from None
    counted = Counted(stream)
    frames = _Frames(counted, zstandard.ZstdDecompressor(max_window_size=_WINDOW), zstandard.ZstdError)
    return _read(frames, counted, source, context)


def _read(inner: Readable, counted: Counted, source: str, context: Context) -> Results:
    deeper, budget = context.unwrapped(source)
    return read_stream(
        unpacked(inner, source, budget, packed=lambda: counted.count), source, _inner_kind(source), deeper
    )


def _inner_kind(source: str) -> Kind | None:
    name = PurePath(source.rsplit("!", 1)[-1])
    return "tar" if name.suffix.lower() == ".tgz" else kind_of_name(name.stem)


class _Frames:
    """The frames of a Zstandard file one after another; an end within a frame is an error, which the library's own reader passes over."""

    def __init__(self, stream: Counted, decompressor: "_Decompressor", error: type[Exception]) -> None:
        self._pieces = self._unpack(stream, decompressor, error)
        self._rest = b""

    def read(self, size: int, /) -> bytes:
        """Return some bytes, none at the end."""
        if not self._rest:
            self._rest = next(self._pieces, b"")
        data, self._rest = self._rest[:size], self._rest[size:]
        return data

    @staticmethod
    def _unpack(stream: Counted, decompressor: "_Decompressor", error: type[Exception]) -> Iterator[bytes]:
        frame, started = decompressor.decompressobj(), False
        while piece := stream.read(_PIECE):
            while piece:
                started = True
                try:
                    data = frame.decompress(piece)
                except error as wrong:
                    raise EOFError(str(wrong)) from None
                if data:
                    yield data
                piece = frame.unused_data if frame.eof else b""
                if frame.eof:
                    frame, started = decompressor.decompressobj(), False
        if started:
            raise EOFError("the file ends within a frame")


class _Decompressor(Protocol):
    """What is used of `zstandard.ZstdDecompressor`."""

    def decompressobj(self) -> "ZstdDecompressionObj": ...
