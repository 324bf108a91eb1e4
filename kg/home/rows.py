"""Articles and readings as rows of the truth: canonical bytes, their digests, and the way back, checked."""

import hashlib
from typing import Final, NamedTuple

from pydantic import ValidationError

from kg.errors import StoreError
from kg.model.article import Article, Decoding, Origin
from kg.model.reading import Reading


class ArticleRow(NamedTuple):
    """An article as one source gives it: `data` is its JSON without origin, `facts` counts the known fields."""

    id: str
    digest: str
    facts: int
    record_id: str | None
    data: bytes


class Stored(NamedTuple):
    """An article with its reading as the truth holds them: the form that counts, and the digests of both."""

    id: str
    variant: str
    article: bytes
    digest: str
    reading: bytes

    @property
    def checksum(self) -> str:
        """What differs where article or reading do."""
        return f"{self.variant} {self.digest}"

    def pair(self) -> tuple[Article, Reading]:
        """Return both; the origin is left out. Raises StoreError where the bytes are not those that were written."""
        return self.alone(), reading_of(self.reading, self.digest)

    def alone(self) -> Article:
        """Return the article; the origin is left out. Raises StoreError where the bytes are not those that were written."""
        return article_of(self.article, self.variant, _NO_ORIGIN)


_NO_ORIGIN: Final = Origin(loader="", source="")


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` in hex digits."""
    return hashlib.sha256(data).hexdigest()


def article_row(article: Article) -> ArticleRow:
    """Return the row of `article`; two sources that say the same have the same digest."""
    data = article.model_dump_json(exclude={"origin"}, exclude_defaults=True).encode()
    return ArticleRow(article.id, sha256(data), article.facts, article.record_id, data)


def article_of(data: bytes, digest: str, origin: Origin) -> Article:
    """Return the article of a row. Raises StoreError where the bytes are not those that were written."""
    checked = _checked(data, digest, "article")
    try:
        return Article.model_validate_json(b'{"origin":%b,%b' % (origin.model_dump_json().encode(), checked[1:]))
    except ValidationError as error:
        raise StoreError(f"article {digest}: {_first(error)}; run `kg doctor`") from error


def decoding_data(origin: Origin) -> str | None:
    """Return how a source was decoded as JSON without defaults, or None where the loader does not say."""
    return origin.decoding.model_dump_json(exclude_defaults=True) if origin.decoding else None


def decoding_of(data: str | None) -> Decoding | None:
    """Return what `decoding_data` wrote."""
    return None if data is None else Decoding.model_validate_json(data)


def reading_data(reading: Reading) -> bytes:
    """Return the JSON of `reading` without defaults."""
    return reading.model_dump_json(exclude_defaults=True).encode()


def reading_of(data: bytes, digest: str) -> Reading:
    """Return the reading of a row. Raises StoreError where the bytes are not those that were written."""
    try:
        return Reading.model_validate_json(_checked(data, digest, "reading"))
    except ValidationError as error:
        raise StoreError(f"reading {digest}: {_first(error)}; build again with --force") from error


def _checked(data: bytes, digest: str, what: str) -> bytes:
    if sha256(data) != digest:
        raise StoreError(
            f"{what} {digest[:16]}: nội dung đã bị đổi · stored bytes have changed (damaged disk?); run `kg doctor`"
        )
    return data


def _first(error: ValidationError) -> str:
    return str(error.errors()[0]["msg"])
