"""RSS and Atom feeds: each entry an article, its HTML as paragraphs."""

import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from kg.errors import InputError
from kg.model.article import Article, Origin
from loaders.build import Facts
from loaders.dates import parse_date
from loaders.html import Paragraph, article_of
from loaders.htmlblocks import blocks_of, parse
from loaders.kinds import is_feed
from loaders.normalise import decode

MAX_BYTES = 64 * 2**20
"""No feed is larger."""

Feed = Mapping[str, Any]

_UTF8 = {"content-type": "application/xml; charset=utf-8"}


def load_feed(stream: BinaryIO, source: str) -> Iterator[Article | InputError]:
    """Yield the entries of a feed; behind them an InputError where the feed breaks off and entries may be missing.

    A feed that declares entities is refused: they can blow it up or pull in other files (CWE-776, CWE-611), and no feed needs them.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(source, None, f"larger than {MAX_BYTES >> 20} MB; split the feed")
    text, decoding, _ = decode(data, source)
    _refuse(text, source)
    parsed = _parse(text, source)
    for number, entry in enumerate(parsed["entries"], 1):
        yield _of_entry(
            entry, parsed["feed"], Origin(loader="rss", source=source, locator=f"entry {number}", decoding=decoding)
        )
    if broken := _why_broken(parsed, source):
        yield broken


def _refuse(text: str, source: str) -> None:
    if "<!entity" in text.lower():
        raise InputError(source, None, "the feed declares XML entities, which is unsafe; take its DOCTYPE out")
    if not is_feed(text.encode()):
        raise InputError(source, None, "XML, but no RSS or Atom feed")


def _parse(text: str, source: str) -> Feed:
    import feedparser

    # a stream, since feedparser takes a string for an address; links and HTML are left as they are, the tree walk drops the tags
    try:
        parsed: Feed = feedparser.parse(
            io.BytesIO(text.encode()), response_headers=_UTF8, sanitize_html=False, resolve_relative_uris=False
        )
    except UnicodeError as error:
        # a character reference to half a surrogate pair makes feedparser fail in its own output
        raise InputError(source, None, f"the feed holds a character that is none ({error})") from error
    return parsed


def _why_broken(parsed: Feed, source: str) -> InputError | None:
    # only the XML parser's errors have a line; feedparser reports harmless things, too (a disagreeing encoding)
    error = parsed.get("bozo_exception")
    line, count = getattr(error, "getLineNumber", lambda: None)(), len(parsed["entries"])
    if line is None:
        return None if count else InputError(source, None, "the feed has no entries")
    message = error.getMessage() if error else ""
    lost = f"{count} entries were read, more may be missing" if count else "no entry could be read"
    return InputError(source, f"line {line}", f"the feed is not well-formed ({message}); {lost}")


def _of_entry(entry: Feed, feed: Feed, origin: Origin) -> Article | InputError:
    try:
        return _article(entry, feed, origin)
    except InputError as error:
        return InputError(origin.source, origin.locator, error.reason)


def _article(entry: Feed, feed: Feed, origin: Origin) -> Article:
    facts = Facts(
        title=_plain(entry.get("title"), origin),
        url=entry.get("link"),
        published=parse_date(entry.get("published")) or parse_date(entry.get("updated")),
        # not feedparser's own look-up, which gives the one for the other
        modified=parse_date(dict(entry).get("updated")) if entry.get("published") else None,
        author=entry.get("author"),
        outlet=_plain(feed.get("title"), origin),
    )
    paragraphs = _paragraphs(_content(entry), origin)
    if not facts["title"] and not paragraphs:
        raise InputError(origin.source, origin.locator, "neither a title nor a text")
    return article_of(facts, paragraphs, origin)


def _content(entry: Feed) -> str:
    """The longest of content and summary: some feeds put the lead in one and the article in the other."""
    values = [part.get("value") or "" for part in entry.get("content") or ()]
    return max([*values, entry.get("summary") or ""], key=len)


def _paragraphs(content: str, origin: Origin) -> list[Paragraph]:
    tree = parse(content, origin.source) if content.strip() else None
    blocks = blocks_of(tree) if tree is not None else []
    return [(block.text, block.kind if block.kind in ("caption", "byline") else None) for block in blocks]


def _plain(content: str | None, origin: Origin) -> str | None:
    """Titles may hold tags and entities, too."""
    return " ".join(text for text, _ in _paragraphs(content or "", origin)) or None
