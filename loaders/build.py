"""The one place where loaders make an Article: strings in NFC, the id, and the last checks of the text."""

from collections.abc import Iterable
from typing import TypedDict

from kg.errors import InputError
from kg.model.article import Article, Origin, Zone
from kg.model.ids import article_id
from loaders.normalise import nfc


class Facts(TypedDict, total=False):
    """What a source says about an article beside its text; absent and blank are the same."""

    record_id: str | None
    title: str | None
    published: str | None
    crawled: str | None
    outlet: str | None
    publisher: str | None
    author: str | None
    url: str | None


def build_article(text: str, facts: Facts, origin: Origin, zones: Iterable[Zone] = ()) -> Article:
    """Return the article of `text`, which must be NFC already (`zones` count its code points).

    Raises InputError where the text is blank, or where a string can't be written in UTF-8 or XML (NUL, lone surrogates).
    """
    if not text.strip():
        raise InputError(origin.source, origin.locator, "no text: nothing to read")
    _check(text, "text", origin)
    clean = {name: _clean(value, name, origin) for name, value in facts.items() if isinstance(value, str)}
    title = clean.get("title")
    return Article.model_validate(
        {"id": article_id(title, text), "text": text, "zones": tuple(zones), "origin": origin, **clean}
    )


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
