"""The one place where loaders make an Article: strings in NFC, the id, and the last checks of the text."""

from collections.abc import Iterable, Iterator
from typing import Final, TypedDict

from kg.errors import InputError
from kg.model.article import Article, Origin, PageDate, Zone
from kg.model.ids import article_id
from kg.model.letter import Letter
from loaders.normalise import nfc

MAX_TEXT: Final = 1_000_000
"""Characters of one article: few books are longer, and reading takes about a second for each 20 thousand."""


class Facts(TypedDict, total=False):
    """What a source says about an article beside its text; absent and blank are the same."""

    record_id: str | None
    title: str | None
    published: str | None
    modified: str | None
    crawled: str | None
    outlet: str | None
    publisher: str | None
    place: str | None
    author: str | None
    url: str | None
    dates: tuple[PageDate, ...]


def build_article(
    text: str, facts: Facts, origin: Origin, zones: Iterable[Zone] = (), letter: Letter | None = None
) -> Article:
    """Return the article of `text`, which must be NFC already (`zones` and `letter` count its code points).

    Raises InputError where the text is blank or longer than `MAX_TEXT`, or where a string can't be written in UTF-8 or XML (NUL, lone surrogates).
    """
    if not text.strip():
        raise InputError(origin.source, origin.locator, "no text: nothing to read")
    refuse_long(len(text), origin)
    _check(text, "text", origin)
    clean = {name: _clean(value, name, origin) for name, value in facts.items() if isinstance(value, str)}
    title = clean.get("title")
    dates = facts.get("dates") or tuple(_dates(clean.get("published"), clean.get("crawled")))
    return Article.model_validate(
        {
            "dates": dates,
            "id": article_id(title, text),
            "text": text,
            "zones": tuple(zones),
            "origin": origin,
            "letter": letter,
            **clean,
        }
    )


def _dates(published: str | None, crawled: str | None) -> Iterator[PageDate]:
    """A record or an entry says its date in a field of its own."""
    if published:
        yield PageDate(kind="structured", iso=published)
    if crawled:
        yield PageDate(kind="crawl", iso=crawled)


def refuse_long(characters: int, origin: Origin) -> None:
    """Raise InputError where an article would have more than `MAX_TEXT` characters: it is no article, and would take hours."""
    if characters > MAX_TEXT:
        reason = f"longer than {MAX_TEXT} characters, so no article; is it many? Write them as JSON lines, one a line"
        raise InputError(origin.source, origin.locator, reason)


def _clean(value: str, name: str, origin: Origin) -> str | None:
    _check(value, name, origin)
    return nfc(" ".join(value.split())) or None


def _check(value: str, name: str, origin: Origin) -> None:
    if "\0" in value:
        raise InputError(
            origin.source, origin.locator, f"{name} holds a NUL character ({value.index(chr(0))}); remove it"
        )
    try:
        value.encode()
    except UnicodeEncodeError as error:
        reason = f"{name} holds half of a surrogate pair (character {error.start}); write it as UTF-8"
        raise InputError(origin.source, origin.locator, reason) from None
