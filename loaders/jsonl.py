"""JSON records: one a line (JSON lines), or a file with one object or a list of them.

A record has `text` and may have `id`, `title`, `published`, `author`, `url`, `outlet`; other fields are passed over. Its text stays as
it is, NFC aside, because offsets of annotations count in it.
"""

import codecs
import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import orjson

from kg.errors import InputError
from kg.model.article import Article, Decoding, Origin
from kg.text.offsets import Edited, chained
from loaders.build import Facts, build_article, refuse_long
from loaders.dates import parse_date
from loaders.encodings import Guess, detect
from loaders.legacy import LEGACY
from loaders.letterpage import letter_article
from loaders.mend import damage_of
from loaders.normalise import decode, is_utf16, nfc_marked, refuse_binary
from loaders.textpage import looks_like_page, zone_page
from loaders.zoning import zone_text

MAX_RECORD = 20 * 2**20
"""Bytes of one line; a longer one is passed over and named, and never held in memory as a whole."""

MAX_JSON = 256 * 2**20
"""Bytes of a JSON file that is one value; larger data belongs into JSON lines."""

_PIECE = 1 << 20
_SAID = ("title", "author", "outlet")
_UTF8 = Decoding(encoding="utf-8")


def load_jsonl(stream: BinaryIO, source: str, *, max_record: int = MAX_RECORD) -> Iterator[Article | InputError]:
    """Yield an article or an error for each line of `stream` that is not blank; memory is bounded by `max_record` bytes."""
    empty = True
    for number, line in enumerate(_lines(stream, source, max_record), 1):
        if line is None:
            empty = False
            yield _too_long(source, number, max_record)
        elif line.strip():
            empty = False
            yield _of_line(line, source, f"line {number}")
    if empty:
        raise InputError(source, None, "empty file: nothing to read")


def load_jsonl_part(
    stream: BinaryIO, source: str, start: int, end: int, line_ends: int, *, max_record: int = MAX_RECORD
) -> Iterator[Article | InputError]:
    """Yield what `load_jsonl` yields of the lines that begin in bytes `start` to `end`; `line_ends` are those before `start`.

    Of files in UTF-8 only: the head of the file is for the caller to look at.
    """
    number = line_ends
    stream.seek(max(start - 1, 0))
    if start and stream.read(1) != b"\n":
        _skip_line(stream)
        number += 1
    while stream.tell() < end and (line := stream.readline(max_record + 1)):
        number += 1
        if len(line) > max_record and not line.endswith(b"\n"):
            _skip_line(stream)
            yield _too_long(source, number, max_record)
        elif line.strip():
            yield _of_line(line if number > 1 else line.removeprefix(codecs.BOM_UTF8), source, f"line {number}")


def _too_long(source: str, number: int, limit: int) -> InputError:
    reason = f"longer than {limit} bytes; is a line break missing? The line was passed over"
    return InputError(source, f"line {number}", reason)


def load_json(stream: BinaryIO, source: str) -> Iterator[Article | InputError]:
    """Yield the articles of a JSON file: one object, a list of objects, or JSON lines under a `.json` name."""
    data = stream.read(MAX_JSON + 1)
    if len(data) > MAX_JSON:
        raise InputError(source, None, f"larger than {MAX_JSON >> 20} MB; write it as JSON lines, one record a line")
    text, decoding, _ = decode(data, source)
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if not _opens_lines(text):
            raise InputError(source, f"line {error.lineno}", f"not JSON: {error.msg}") from None
        yield from load_jsonl(io.BytesIO(data), source)
        return
    if not isinstance(value, list):
        yield _of_record(value, source, None, decoding)
        return
    if not value:
        raise InputError(source, None, "an empty list: nothing to read")
    for number, record in enumerate(value, 1):
        yield _of_record(record, source, f"item {number}", decoding)


def _opens_lines(text: str) -> bool:
    first = text.lstrip().split("\n", 1)
    try:
        return len(first) == 2 and isinstance(orjson.loads(first[0]), dict)
    except orjson.JSONDecodeError:
        return False


def _lines(stream: BinaryIO, source: str, limit: int) -> Iterator[bytes | None]:
    """Yield each line, None for one that is too long. The first bytes decide about UTF-16 and binary files."""
    line = stream.readline(limit + 1)
    refuse_binary(source, line)
    if is_utf16(line):
        yield from _utf16_lines(line + stream.read(MAX_JSON), source)
        return
    line = line.removeprefix(codecs.BOM_UTF8)
    while line:
        if len(line) > limit and not line.endswith(b"\n"):
            _skip_line(stream)
            yield None
        else:
            yield line
        line = stream.readline(limit + 1)


def _skip_line(stream: BinaryIO) -> None:
    while (piece := stream.readline(_PIECE)) and not piece.endswith(b"\n"):
        pass


def _utf16_lines(data: bytes, source: str) -> Iterator[bytes]:
    return (line.encode() for line in decode(data, source).text.split("\n"))


def _of_line(line: bytes, source: str, place: str) -> Article | InputError:
    try:
        return _of_record(orjson.loads(line), source, place, _UTF8)
    except orjson.JSONDecodeError as error:
        guess = detect(line)
        if guess is None or guess.encoding not in LEGACY:
            return InputError(source, place, _why_not_json(line, error))
    return _of_legacy(guess, source, place)


def _of_legacy(guess: Guess, source: str, place: str) -> Article | InputError:
    decoding = Decoding(encoding=guess.encoding, confidence=guess.confidence)
    try:
        return _of_record(orjson.loads(guess.text), source, place, decoding)
    except orjson.JSONDecodeError as error:
        return InputError(source, place, f"not JSON: {error.msg} (character {error.pos + 1}, read as {guess.encoding})")


def _why_not_json(line: bytes, error: orjson.JSONDecodeError) -> str:
    try:
        line.decode()
    except UnicodeDecodeError as broken:
        return f"not valid UTF-8 at byte {broken.start} of the line; save the file as UTF-8"
    return f"not JSON: {error.msg} (character {error.pos + 1})"


def article_of_record(
    record: object, *, source: str, locator: str | None, decoding: Decoding | None = None, loader: str = "jsonl"
) -> Article:
    """Return the article of one parsed record. Raises InputError where it is no object, has no text, or holds a wrong type.

    >>> article_of_record({"id": "x", "text": "Một tin."}, source="-", locator=None).record_id
    'x'
    """
    if not isinstance(record, dict):
        raise InputError(source, locator, 'not a record: write an object such as {"text": "..."}')
    return _article(
        cast(dict[str, Any], record), Origin(loader=loader, source=source, locator=locator, decoding=decoding)
    )


def _of_record(record: object, source: str, place: str | None, decoding: Decoding) -> Article | InputError:
    try:
        return article_of_record(record, source=source, locator=place, decoding=decoding)
    except InputError as error:
        return error


def _article(record: dict[str, Any], origin: Origin) -> Article:
    text = record.get("text")
    if not isinstance(text, str):
        reason = "the record has no field `text`" if text is None else "the field `text` is not a string"
        raise InputError(origin.source, origin.locator, reason)
    refuse_long(len(text), origin)
    record, text, origin = _mended(record, text, origin)
    facts = Facts(
        record_id=_string(record, "id", origin),
        title=_string(record, "title", origin),
        published=parse_date(_string(record, "published", origin)),
        modified=parse_date(_string(record, "modified", origin)),
        author=_string(record, "author", origin),
        url=_string(record, "url", origin),
        outlet=_string(record, "outlet", origin),
    )
    if letter := letter_article(text, facts, origin):
        return letter
    if not facts["title"] and looks_like_page(text):
        page = zone_page(text)
        # what the record says comes before what its page says
        known = {name: value for name, value in facts.items() if value}
        return build_article(text, cast(Facts, {**page.facts, **known}), origin, page.zones)
    zoned = zone_text(text, facts["title"])
    facts["author"] = facts["author"] or zoned.author
    return build_article(text, facts, origin, zoned.zones)


def _mended(record: dict[str, Any], text: str, origin: Origin) -> tuple[dict[str, Any], str, Origin]:
    """Put letters right that are wrong as a whole; offsets of annotations count in a text that was sound, so no more than NFC is done to it."""
    edited = nfc_marked(text)
    damage = damage_of(edited.text)
    if damage is None:
        if not edited.marks:
            return record, edited.text, origin
        return record, edited.text, _noted(origin, edited, ())
    said = {name: damage.mend(value) for name in _SAID if isinstance(value := record.get(name), str)}
    edited = chained(edited, damage.mend_marked(edited.text))
    return {**record, **said}, edited.text, _noted(origin, edited, (f"letters: {damage.encoding}",))


def _noted(origin: Origin, edited: Edited, repairs: tuple[str, ...]) -> Origin:
    decoding = (origin.decoding or _UTF8).model_copy(update={"repairs": repairs, "marks": edited.marks})
    return origin.model_copy(update={"decoding": decoding})


def _string(record: dict[str, Any], name: str, origin: Origin) -> str | None:
    value = record.get(name)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    raise InputError(origin.source, origin.locator, f"the field `{name}` is not a string")
