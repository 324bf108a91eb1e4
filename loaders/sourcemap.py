"""The way back from an article's text to the characters of its source, where the text was laid out anew: HTML pages and feeds.

Found when asked, not while loading: each line of the text is looked for among the letters of the source, tags, entities and blanks aside, from its
longest line on to both sides. Word documents and PDFs have no characters that offsets could count in (parts in a zip archive, glyphs at places).
"""

import re
from array import array
from collections.abc import Iterator
from html import unescape
from typing import Final

from kg.model.article import Article
from kg.text.offsets import Edited, Mark, chained
from loaders.normalise import decode, mended
from loaders.signs import plain_signs

_MARKUP: Final = frozenset({"html", "rss"})
_LAID_OUT: Final = frozenset({"docx", "pdf", "mhtml", "xlsx", "parquet"})
_TOKEN: Final = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style)\b.*?</(?P=raw)\s*>|<!\[CDATA\[|\]\]>|<[^<>]*>|(?P<entity>&\#?\w{1,31};)|\s+|[^<&\s\]]+|.",
    re.DOTALL | re.IGNORECASE,
)


def source_map(article: Article, data: bytes) -> tuple[Mark, ...] | None:
    """Return the marks that lead from `article.text` to the characters of its source, whose bytes are `data`, decoded; () where offsets are the same.

    None where there is no way back: a format without characters, a text that does not stand in `data` as it is, or only in an attribute.

    >>> from loaders.html import load_html
    >>> import io
    >>> from kg.text.offsets import source_offset
    >>> page = "<h1>Tin h\\u1ecdp</h1><p>S\\u1edf Y t\\u1ebf &amp; <b>S\\u1edf</b> N\\u1ed9i v\\u1ee5 h\\u1ecdp.</p>".encode()
    >>> (article,) = load_html(io.BytesIO(page), "a.html")
    >>> marks, at = source_map(article, page), article.text.index("N\\u1ed9i")
    >>> page.decode()[source_offset(marks, at):][:6]
    'N\\u1ed9i v\\u1ee5'
    """
    origin = article.origin
    if origin.loader in _LAID_OUT:
        return None
    if origin.loader not in _MARKUP:
        return tuple(Mark(*mark) for mark in origin.decoding.marks) if origin.decoding else ()
    decoded = decode(data, origin.source)
    source = chained(Edited(decoded.text, decoded.marks), mended(decoded.text)[0])
    source = chained(source, plain_signs(source.text)[0])
    letters, offsets = _letters(source.text, times=2 if origin.loader == "rss" else 1)
    places = _places(article.text, letters)
    if places is None:
        return None
    laid_out = Edited(article.text, tuple(Mark(*mark) for mark in _marks(article.text, places, offsets)))
    return chained(source, laid_out).marks


def _letters(text: str, *, times: int) -> "tuple[str, array[int]]":
    """What is left of markup without tags and blanks, and where each character stands; a feed's markup is escaped once more."""
    found, offsets = text, array("L", range(len(text)))
    for number in range(times):
        is_last = number == times - 1
        pieces, places = list[str](), array("L")
        for start, end, kept in _tokens(found, is_last=is_last):
            pieces.append(kept)
            places.extend(offsets[start:end] if len(kept) == end - start else array("L", [offsets[start]] * len(kept)))
        found, offsets = "".join(pieces), places
    return found, offsets


def _tokens(text: str, *, is_last: bool) -> Iterator[tuple[int, int, str]]:
    """Yield what stays: start, end, and the characters; until the last time only entities are resolved."""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if match["entity"]:
            kept = unescape(token)
            yield *match.span(), "".join(plain_signs(kept)[0].text.split()) if is_last else kept
            continue
        is_left_out = token.startswith(("<![", "]]>")) or (is_last and (token.startswith("<") or token.isspace()))
        if not is_left_out:
            yield *match.span(), token


def _places(text: str, letters: str) -> list[tuple[int, int, int]] | None:
    """Start and end of each line, and where its letters stand among those of the source: the longest first, the others beside it."""
    lines, start = list[tuple[int, int, str]](), 0
    for line in text.split("\n"):
        if bare := "".join(line.split()):
            lines.append((start, start + len(line), bare))
        start += len(line) + 1
    if not lines:
        return None
    anchor = max(range(len(lines)), key=lambda number: len(lines[number][2]))
    at = letters.find(lines[anchor][2])
    found = {anchor: at}
    before, after = at, at + len(lines[anchor][2])
    for number in range(anchor + 1, len(lines)):
        bare = lines[number][2]
        found[number] = _first(letters.find(bare, after), letters.find(bare))
        after = found[number] + len(bare)
    for number in range(anchor - 1, -1, -1):
        bare = lines[number][2]
        found[number] = _first(letters.rfind(bare, 0, max(before, 0)), letters.find(bare))
        before = found[number]
    if min(found.values()) < 0:
        return None
    return [(start, end, found[number]) for number, (start, end, _) in enumerate(lines)]


def _first(near: int, any_: int) -> int:
    return near if near >= 0 else any_


def _marks(text: str, places: list[tuple[int, int, int]], offsets: "array[int]") -> Iterator[tuple[int, int]]:
    """A mark wherever the distance to the source changes."""
    distance: int | None = None
    for start, end, at in places:
        for final in range(start, end):
            if text[final].isspace():
                continue
            source = offsets[at]
            at += 1
            if source - final != distance:
                distance = source - final
                yield final, source
