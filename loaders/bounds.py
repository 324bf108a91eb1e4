"""What an archive may become: limits that honest data does not reach, so that a bomb costs little and is named."""

import gzip
import io
import shutil
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from kg.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER = 1 << 16
DAMAGE = (
    *(zlib.error, EOFError, gzip.BadGzipFile, zipfile.BadZipFile, tarfile.TarError),
    # names that are not what they say, versions and methods that nobody has, numbers beyond the file
    *(NotImplementedError, ValueError, OverflowError, struct.error),  # the first: zipfile's word for such a method
)
"""What the standard library raises where an archive is cut off or altered."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`members` of one archive; bytes in `total`; times that a stream may grow (`ratio`), once it is longer than `floor` bytes."""

    members: int = 100_000
    total: int = 16 << 30
    ratio: int = 300
    floor: int = 16 << 20


@dataclass(slots=True)
class Budget:
    """What one source has unpacked so far, all its levels together."""

    limits: Limits = Limits()
    spent: int = 0

    @property
    def is_spent(self) -> bool:
        """Say whether nothing more may be unpacked."""
        return self.spent > self.limits.total


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes: ...


class _Unpacked(io.RawIOBase):
    """A stream that is being unpacked: counts its bytes, and names what goes wrong."""

    def __init__(
        self, inner: Readable, source: str, budget: Budget, packed: Callable[[], int] | None, size: int | None
    ) -> None:
        self._inner, self._source, self._budget, self._packed, self._size = inner, source, budget, packed, size
        self._length = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._inner.read(len(view))
        except DAMAGE as error:
            raise InputError(self._source, f"byte {self._length}", f"damaged or cut off: {error}") from None
        if not data and self._size is not None and self._length < self._size:
            raise InputError(self._source, f"byte {self._length}", f"cut off: it should have {self._size} bytes")
        self._length += len(data)
        self._budget.spent += len(data)
        self._check()
        view[: len(data)] = data
        return len(data)

    def _check(self) -> None:
        limits = self._budget.limits
        if self._budget.is_spent:
            raise InputError(self._source, None, f"more than {limits.total >> 20} MB when unpacked; unpack it first")
        if self._packed and self._length > limits.floor and self._length > limits.ratio * self._packed():
            reason = f"more than {limits.ratio} times as large when unpacked: a bomb? Unpack it first"
            raise InputError(self._source, f"byte {self._length}", reason)


def unpacked(
    inner: Readable,
    source: str,
    budget: Budget,
    *,
    packed: Callable[[], int] | None = None,
    size: int | None = None,
) -> BinaryIO:
    """Return a buffered stream of what `inner` gives; `packed` returns how many bytes that took, `size` is how many it should give.
    Reading raises InputError at a limit, and where the data is damaged or ends too early."""
    return cast(BinaryIO, io.BufferedReader(_Unpacked(inner, source, budget, packed, size), _BUFFER))


class Counted:
    """A stream that counts what was read from it."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int = -1, /) -> bytes:
        """Read, and count."""
        data = self._stream.read(size)
        self.count += len(data)
        return data


def seekable(stream: BinaryIO) -> BinaryIO:
    """Return a stream that can be read from its end: a pipe, or a member of an archive, goes to a file without a name first."""
    if stream.seekable():
        return stream
    file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 (the caller closes it)
    try:
        shutil.copyfileobj(stream, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file
