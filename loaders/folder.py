"""The files of a folder, in an order that is the same on every machine."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import InputError
from loaders.kinds import EXTENSIONS
from loaders.magic import UNREAD

_TRIED = "name a file itself to have it tried"


def walk_folder(folder: Path) -> Iterator[Path | InputError]:
    """Yield the readable files below `folder`, sorted by their path's parts; one InputError for each unknown kind of file.

    Hidden files and folders are passed over, and so are symbolic links that lead out of the folder; linked folders are not entered.
    """
    closed: list[OSError] = []
    files = sorted(_files(folder, closed.append), key=lambda path: path.parts)
    for error in sorted(closed, key=lambda error: str(error.filename)):
        yield InputError(shown_name(str(error.filename)), None, f"can't be listed: {error.strerror}")
    unknown = Counter(path.suffix.lower() for path in files if path.suffix.lower() not in EXTENSIONS)
    if not len(files) - unknown.total():
        yield InputError(
            shown_name(str(folder)), None, f"no file here that can be read ({', '.join(sorted(EXTENSIONS))})"
        )
    for path in files:
        suffix = path.suffix.lower()
        if suffix in EXTENSIONS:
            yield path
        elif count := unknown.pop(suffix, 0):
            kind = f"files of the kind {suffix}" if suffix else "files without an extension"
            more = f" ({count - 1} more of them)" if count > 1 else ""
            yield InputError(shown_name(str(path)), None, f"{kind} are not read{more}; {UNREAD.get(suffix, _TRIED)}")


def shown_name(source: str) -> str:
    r"""Return a file's name as text that any output can hold: bytes that are not UTF-8 (half surrogates in Python, PEP 383) as `\xff`.

    >>> shown_name("bài\udcff.txt")
    'bài\\xff.txt'
    """
    return os.fsencode(source).decode("utf-8", "backslashreplace")


def _files(folder: Path, on_error: Callable[[OSError], None]) -> Iterator[Path]:
    root = os.path.realpath(folder)
    for where, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(where, name)
            real = os.path.realpath(path)
            if not name.startswith(".") and os.path.isfile(real) and os.path.commonpath([root, real]) == root:
                yield path
