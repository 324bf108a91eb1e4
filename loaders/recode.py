"""A user who knows better: the text of sources in the encoding that he names, whatever their bytes look like."""

import codecs
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from kg.errors import InputError, UsageError
from kg.model.article import Article
from loaders.kinds import Kind
from loaders.legacy import LEGACY, UNKNOWN, decode_legacy

MAX_BYTES: Final = 256 * 2**20
"""Bytes of a file that is read in a named encoding."""

TEXT_KINDS: Final = frozenset[Kind]({"text", "html", "xml", "jsonl", "json", "csv", "tsv"})
"""Kinds of files that are in an encoding; the others say theirs themselves, or have none."""

_NAMES: Final = {"abc": "tcvn3", "tcvn": "tcvn3", "tcvn-3": "tcvn3", "cp1258": "windows-1258", "vni-win": "vni"}


def encoding_named(name: str) -> str:
    """Return the encoding that a user means. Raises UsageError where there is none of that name.

    >>> encoding_named("ABC"), encoding_named("CP1258"), encoding_named("latin-1")
    ('tcvn3', 'windows-1258', 'iso8859-1')
    """
    wanted = name.strip().lower()
    wanted = _NAMES.get(wanted, wanted)
    if wanted in LEGACY:
        return wanted
    try:
        found = codecs.lookup(wanted).name
        "".encode(found)
    except LookupError:
        known = ", ".join(("utf-8", "utf-16", *LEGACY, "windows-1252"))
        raise UsageError(f"--encoding {name}: không có bảng mã này · no such encoding; {known} ...") from None
    return "windows-1258" if found == "cp1258" else found


def recoded(stream: BinaryIO, source: str, encoding: str) -> BinaryIO:
    """Return the text of `stream`, which is in `encoding`, as UTF-8. Raises InputError (byte or line) where it is not."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(
            source, None, f"larger than {MAX_BYTES >> 20} MB; --encoding reads no more at a time: split it"
        )
    return io.BytesIO(_decoded(data, source, encoding).encode("utf-8", "surrogatepass"))


def _decoded(data: bytes, source: str, encoding: str) -> str:
    if encoding in LEGACY:
        text = decode_legacy(data, encoding)
        if UNKNOWN in text:
            line = text.count("\n", 0, text.index(UNKNOWN)) + 1
            raise InputError(source, f"line {line}", f"a byte that {encoding} does not have; is --encoding right?")
        return text
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        place = f"byte {at}, line {data.count(10, 0, at) + 1}"
        raise InputError(source, place, f"not valid {encoding}; is --encoding right?") from None


def as_named(results: Iterable[Article | InputError], encoding: str) -> Iterator[Article | InputError]:
    """Yield `results` with the encoding that the user named in the origin of each article, in the place of UTF-8."""
    for result in results:
        if isinstance(result, Article) and (decoding := result.origin.decoding):
            named = decoding.model_copy(update={"encoding": encoding, "confidence": 1.0})
            origin = result.origin.model_copy(update={"decoding": named})
            yield result.model_copy(update={"origin": origin})
        else:
            yield result
