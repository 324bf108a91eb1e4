"""Archives: zip, tar and WACZ. A member is named `archive.zip!member`; what fails is named, the rest goes on; nothing is written to disk by name."""

import re
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from kg.errors import InputError
from kg.model.article import Article
from loaders.bounds import DAMAGE, Budget, seekable, unpacked
from loaders.context import Context
from loaders.dispatch import Results, read_stream
from loaders.folder import shown_name
from loaders.kinds import EXTENSIONS
from loaders.magic import UNREAD

_ENCRYPTED: Final = 1
_DAMAGE: Final = (*DAMAGE, OSError)
_WACZ = re.compile(r"archive/[^/]+\.warc(?:\.gz|\.zst)?", re.IGNORECASE)


def load_zip(stream: BinaryIO, source: str, context: Context) -> Results:
    """Yield what the members give, in the archive's order; of a WACZ (https://specs.webrecorder.net/wacz/1.1.1) its WARCs."""
    with seekable(stream) as file:
        try:
            archive = zipfile.ZipFile(file)
        except _DAMAGE as error:
            raise InputError(source, None, f"a damaged or cut off zip archive: {error}") from None
        with archive:
            names = set(archive.namelist())
            if {"mimetype", "content.xml"} <= names:
                raise InputError(source, None, "an OpenDocument file (.odt, .ods); save it as .docx or .xlsx")
            if "[Content_Types].xml" in names:
                file.seek(0)
                yield from read_stream(file, source, "xlsx" if "xl/workbook.xml" in names else "docx", context)
            else:
                yield from _zip_members(archive, source, context, is_wacz="datapackage.json" in names)


def load_tar(stream: BinaryIO, source: str, context: Context) -> Results:
    """Yield what the members give, in the archive's order; links and devices are passed over."""
    deeper, budget = context.in_archive(source)
    kept = _Kept(source, budget)
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                inner = archive.extractfile(member) if member.isfile() else None
                if inner and (wrong := kept.why_not(member.name)):
                    yield wrong
                elif inner and kept.is_wanted(member.name):
                    yield from _member(
                        unpacked(inner, kept.shown(member.name), budget, size=member.size),
                        kept.shown(member.name),
                        deeper,
                    )
                if kept.is_over:
                    break
    except _DAMAGE as error:
        kept.is_damaged = True
        yield InputError(source, None, f"a damaged or cut off tar archive: {error}; members may be missing")
    yield from kept.unread()


def _zip_members(archive: zipfile.ZipFile, source: str, context: Context, *, is_wacz: bool) -> Results:
    deeper, budget = context.in_archive(source)
    kept = _Kept(source, budget)
    for info in archive.infolist():
        if info.is_dir() or (is_wacz and not _WACZ.fullmatch(info.filename)):
            continue
        if wrong := kept.why_not(info.filename):
            yield wrong
        elif kept.is_wanted(info.filename):
            yield from _zip_member(archive, info, kept.shown(info.filename), deeper, budget)
        if kept.is_over:
            break
    yield from kept.unread()


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, context: Context, budget: Budget
) -> Iterator[Article | InputError]:
    if info.flag_bits & _ENCRYPTED:
        yield InputError(name, None, "encrypted; unpack the archive with its password first")
        return
    try:
        inner = archive.open(info)
    except _DAMAGE as error:
        yield InputError(name, None, f"damaged, or packed in an unknown way: {error}")
        return
    with inner:
        yield from _member(unpacked(inner, name, budget, packed=lambda: info.compress_size), name, context)


def _member(stream: BinaryIO, name: str, context: Context) -> Iterator[Article | InputError]:
    yield from read_stream(stream, name, EXTENSIONS[_suffix(name)], context)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


class _Kept:
    """Which members are read, and what is told of the others."""

    def __init__(self, source: str, budget: Budget) -> None:
        self._source, self._budget = source, budget
        self._unknown: Counter[str] = Counter()
        self._first: dict[str, str] = {}
        self._count = 0
        self.is_over = False
        self.is_damaged = False

    def shown(self, name: str) -> str:
        """The member's name after that of its archive."""
        return f"{self._source}!{shown_name(name)}"

    def why_not(self, name: str) -> InputError | None:
        """What keeps a member, or all that follow, from being read."""
        self._count += 1
        limits = self._budget.limits
        if self._count > limits.members or self._budget.is_spent:
            self.is_over = True
            over = f"more than {limits.members} members" if self._count > limits.members else "too large when unpacked"
            return InputError(self._source, None, f"{over}; the rest was not read: unpack it first")
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or (path.parts[:1] and path.parts[0].endswith(":")):
            return InputError(self.shown(name), None, "a name that leads out of the archive; it was not read")
        return None

    def is_wanted(self, name: str) -> bool:
        """Hidden members are passed over, unknown kinds are counted."""
        if any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts):
            return False
        suffix = _suffix(name)
        if suffix in EXTENSIONS:
            return True
        self._unknown[suffix] += 1
        self._first.setdefault(suffix, name)
        return False

    def unread(self) -> Iterator[InputError]:
        """One error for each kind of file that is not read, one for an archive without any."""
        if not self._count and not self.is_damaged:
            yield InputError(self._source, None, "an empty archive: nothing to read")
        for suffix, name in sorted(self._first.items()):
            kind = f"files of the kind {suffix}" if suffix else "files without an extension"
            more = f" ({self._unknown[suffix] - 1} more of them)" if self._unknown[suffix] > 1 else ""
            advice = f"; {UNREAD[suffix]}" if suffix in UNREAD else ""
            yield InputError(self.shown(name), None, f"{kind} are not read{more}{advice}")
