"""Bytes to final text: decoding, line ends, NFC, and letters that are not what they should be."""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from kg.errors import InputError
from kg.model.article import Decoding
from kg.text.offsets import Edit, Edited, Mark, apply, chained, substitute
from loaders.encodings import Guess, detect
from loaders.legacy import UNKNOWN
from loaders.magic import refuse_known
from loaders.mend import damage_of
from loaders.signs import plain_signs

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HINT = "save it as UTF-8 (for example: iconv -f WINDOWS-1258 -t UTF-8)"
_CLUSTER = re.compile(r".[\u0300-\u036f]+", re.DOTALL)


class Decoded(NamedTuple):
    """A file's text in NFC with LF line ends, how its bytes became it, and the marks that lead back to its characters."""

    text: str
    decoding: Decoding
    marks: tuple[Mark, ...] = ()


def nfc(text: str) -> str:
    """Return `text` in NFC, the form that every offset of the project counts in.

    >>> len(nfc("Tỉnh u\\u0309y"))
    7
    """
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def is_utf16(head: bytes) -> bool:
    """Say whether `head` opens with the byte order mark of UTF-16."""
    return head.startswith(_UTF16)


def refuse_binary(source: str, head: bytes) -> None:
    """Raise InputError where `head`, the first bytes of a file, is of a known binary kind or holds NUL bytes (UTF-16 aside)."""
    refuse_known(source, head)
    if b"\0" in head and not is_utf16(head):
        place = f"byte {head.index(0)}"
        raise InputError(source, place, "binary file (a NUL byte); give text, HTML, RSS or JSON lines")


def decode(data: bytes, source: str) -> Decoded:
    """Return the text of a file: UTF-8, UTF-16, or one of the legacy encodings of Vietnamese; NFC; CRLF made LF.

    Raises InputError for an empty, a binary and a wrongly encoded file; the place is a byte offset and a line, both of `data`.

    >>> decode(b"\\xef\\xbb\\xbfM\\xe1\\xbb\\x99t\\r\\nHai", "a.txt").text
    'Một\\nHai'
    """
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise InputError(source, None, "empty file: nothing to read")
    refuse_known(source, data)
    guess = detect(data)
    if guess is None:
        refuse_binary(source, data)
        raise _undecodable(data, source)
    _refuse_unknown(guess, source)
    lines = _line_ends(guess.text)
    edited = chained(lines, nfc_marked(lines.text))
    return Decoded(
        edited.text,
        Decoding(encoding=guess.encoding, confidence=guess.confidence, declared=guess.declared),
        edited.marks,
    )


def mended(text: str) -> tuple[Edited, tuple[str, ...]]:
    """Return `text` with the letters that it should have, and what was wrong: mojibake, a legacy font's bytes; nothing else is touched.

    >>> mended("UBND tØnh V©n Hµ giao Së Y tÕ, Së Tµi chÝnh")[0].text
    'UBND tỉnh Vân Hà giao Sở Y tế, Sở Tài chính'
    """
    damage = damage_of(text)
    return (damage.mend_marked(text), (f"letters: {damage.encoding}",)) if damage else (Edited(text), ())


def plain(decoded: Decoded) -> tuple[str, Decoding]:
    """Return the final text of a page: mended, look-alike and private-use letters and blanks made plain; marks in the decoding."""
    edited, repairs = mended(decoded.text)
    edited = chained(Edited(decoded.text, decoded.marks), edited)
    signs, kinds = plain_signs(edited.text)
    edited = chained(edited, signs)
    return edited.text, decoded.decoding.model_copy(update={"repairs": (*repairs, *kinds), "marks": edited.marks})


def plain_all(texts: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return pieces of one page, each on one line, so that they are judged together; and what was wrong with them."""
    edited, repairs = mended("\n".join(texts))
    signs, kinds = plain_signs(edited.text)
    return signs.text.split("\n"), (*repairs, *kinds)


def nfc_marked(text: str) -> Edited:
    """Return `text` in NFC with marks back to it."""
    if unicodedata.is_normalized("NFC", text):
        return Edited(text)
    edited = substitute(text, _CLUSTER, lambda part: unicodedata.normalize("NFC", part))
    whole = unicodedata.normalize("NFC", text)
    # marks that are none of Latin's: no map rather than a wrong one
    return edited if edited.text == whole else Edited(whole)


def _line_ends(text: str) -> Edited:
    if "\r\n" not in text:
        return Edited(text)
    return apply(text, [Edit(match.start(), match.end(), "\n") for match in re.finditer("\r\n", text)])


def _undecodable(data: bytes, source: str) -> InputError:
    name = "UTF-16" if is_utf16(data) else "UTF-8"
    try:
        data.decode("utf-16" if name == "UTF-16" else "utf-8")
    except UnicodeDecodeError as error:
        return InputError(source, _place(data, error.start), f"not valid {name}, nor a legacy encoding; {_HINT}")
    return InputError(source, None, f"not text in any encoding that is known; {_HINT}")


def _refuse_unknown(guess: Guess, source: str) -> None:
    if guess.encoding.startswith(("utf", "ascii")) or UNKNOWN not in guess.text:
        return
    at = guess.text.index(UNKNOWN)
    line = guess.text.count("\n", 0, at) + 1
    raise InputError(
        source, f"line {line}", f"a byte that {guess.encoding} does not have; is the file damaged? {_HINT}"
    )


def _place(data: bytes, offset: int) -> str:
    return f"byte {offset}, line {data.count(10, 0, offset) + 1}"
