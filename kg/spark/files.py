"""Files on this machine or in an object store: listed by the driver, opened by the workers."""

import io
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, cast

import pyarrow.fs as arrow_fs

from kg.errors import InputError
from loaders.dispatch import PEEK
from loaders.folder import shown_name, walk_folder
from loaders.kinds import EXTENSIONS

_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class File(NamedTuple):
    """A file as it is opened, its name as it is shown, and its bytes."""

    path: str
    source: str
    size: int


def is_uri(path: str) -> bool:
    """Say whether a path names its file system: `s3://bucket/a.jsonl`, `hdfs://host/a.parquet`."""
    return _URI.match(path) is not None


def opened(path: str) -> io.BufferedReader:
    """Open a file for reading, seekable. Raises OSError."""
    if not is_uri(path):
        return io.BufferedReader(io.FileIO(path), PEEK)
    system, inner = _system(path)
    return io.BufferedReader(cast(io.RawIOBase, system.open_input_file(inner)), PEEK)


def listed(source: str) -> Iterator[File | InputError]:
    """Yield the files of a source in the order of their names: itself, or those below it whose kind is known."""
    try:
        yield from _listed_uri(source) if is_uri(source) else _listed_path(Path(source))
    except (OSError, ValueError) as error:
        yield _failed(source, error)


def _listed_path(path: Path) -> Iterator[File | InputError]:
    for found in walk_folder(path) if path.is_dir() else (path,):
        if isinstance(found, InputError):
            yield found
            continue
        try:
            yield File(str(found), shown_name(str(found)), found.stat().st_size)
        except FileNotFoundError:
            yield InputError(shown_name(str(found)), None, "no such file or folder; check the path")
        except OSError as error:
            yield _failed(str(found), error)


def _listed_uri(source: str) -> Iterator[File | InputError]:
    system, inner = _system(source)
    info = system.get_file_info(inner)
    if info.type == arrow_fs.FileType.NotFound:
        yield InputError(source, None, "no such file or folder; check the path")
    elif info.is_file:
        yield File(source, source, info.size)
    else:
        found = system.get_file_info(arrow_fs.FileSelector(inner, recursive=True))
        root = source.rstrip("/")
        for one in sorted(found, key=lambda one: PurePosixPath(one.path).parts):
            name = one.path.removeprefix(inner.rstrip("/"))
            if one.is_file and PurePosixPath(name).suffix.lower() in EXTENSIONS and "/." not in name:
                yield File(root + name, root + name, one.size)


def _system(uri: str) -> "tuple[arrow_fs.FileSystem, str]":
    # Hadoop calls S3 s3a; for Arrow it is s3
    found: tuple[arrow_fs.FileSystem, str] = arrow_fs.FileSystem.from_uri(re.sub(r"^s3[an]://", "s3://", uri))
    return found


def _failed(source: str, error: Exception) -> InputError:
    return InputError(shown_name(source), None, f"can't be opened: {getattr(error, 'strerror', None) or error}")
