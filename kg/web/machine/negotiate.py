"""Which of the offered media types a request wants. Source: RFC 9110, sections 12.4.2 and 12.5.1."""

from collections.abc import Sequence
from typing import Final

_MOST: Final = 100  # ranges of one header that are looked at


def best_type(accept: str, offered: Sequence[str]) -> str | None:
    """Return the type of `offered` with the highest quality, the first of equals; None where `accept` takes none of them.

    No header takes everything; a range that can't be read is passed over.

    >>> best_type("text/*;q=0.5, application/json", ["text/turtle", "application/json"])
    'application/json'
    >>> best_type("", ["text/turtle"]), best_type("image/png", ["text/turtle"])
    ('text/turtle', None)
    """
    ranges = [found for part in accept.split(",")[:_MOST] if (found := _range(part))]
    if not ranges:
        return offered[0] if not accept.strip() else None
    best = max(offered, key=lambda media: _quality(media, ranges))
    return best if _quality(best, ranges) > 0 else None


def _range(part: str) -> tuple[str, str, float] | None:
    media, *params = (piece.strip().lower() for piece in part.split(";"))
    main, slash, sub = media.partition("/")
    if media == "*":  # as some clients write it
        main, slash, sub = "*", "/", "*"
    if not (main and slash and sub) or (main == "*" and sub != "*"):
        return None
    quality = 1.0
    for param in params:
        name, _, value = param.partition("=")
        if name.strip() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                return None
            if quality != quality:
                return None
    return main, sub, quality


def _quality(media: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """The quality of the most specific range that takes `media`."""
    main, _, sub = media.partition(";")[0].partition("/")
    found = [
        ((own_main != "*") + (own_sub != "*"), quality)
        for own_main, own_sub, quality in ranges
        if own_main in ("*", main) and own_sub in ("*", sub)
    ]
    return max(found)[1] if found else 0.0
