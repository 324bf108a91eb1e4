"""What a person has decided about single facts: a file of the graph home that survives rebuilds, applied to readings when they leave the home.

HOME/reviews.jsonl, one JSON object a line, only ever appended to: the last line about a fact counts, `undo` takes back what stood before.
A decision is about words of an article (`Review.key`), so it holds for the reading of a later reader, too, where that reads the same there.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from kg.errors import InputError
from kg.home.applied import applied
from kg.home.review import Key, Review
from kg.home.rows import Stored, reading_data, sha256
from kg.model.ids import digest
from kg.model.reading import Reading

__all__ = ["FILE", "Review", "Reviews", "append_review", "read_reviews", "reviewed"]

FILE: Final = "reviews.jsonl"
"""Name of the file in the graph home."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """The decisions that count, by article and key."""

    by_article: Mapping[str, Mapping[Key, Review]] = field(default_factory=dict)

    @classmethod
    def of(cls, reviews: Iterable[Review]) -> "Reviews":
        """Return those that count: the last about each fact, none where that is an undo."""
        found: defaultdict[str, dict[Key, Review]] = defaultdict(dict)
        for review in reviews:
            if review.verdict == "undo":
                found[review.article].pop(review.key, None)
            else:
                found[review.article][review.key] = review
        return cls({article: of for article, of in found.items() if of})

    def get(self, article: str, key: Key) -> Review | None:
        """Return the decision about a fact."""
        return self.by_article.get(article, {}).get(key)

    def digest(self, article: str) -> str:
        """Return a digest of what was decided about an article's facts, empty where nothing was."""
        of = self.by_article.get(article)
        return digest(*(of[key].model_dump_json() for key in sorted(of))) if of else ""

    def key_of(self, article: str, shown: Key) -> Key:
        """Return the key by which the decision about a fact is kept: what was read, whatever a correction has made of it."""
        of = self.by_article.get(article, {})
        return next((one.key for one in of.values() if one.shown == shown), shown)

    def applied(self, reading: Reading, text: str) -> Reading:
        """Return `reading` without what was rejected, what was accepted or corrected with confidence 1 and `+reviewed` in its rule.

        `text` is the article's: a corrected span counts only where it still stands there.
        """
        of = self.by_article.get(reading.article)
        return applied(of, reading, text) if of else reading


def reviewed(stored: Stored, reviews: Reviews) -> Stored:
    """Return an article with its reading as reviews leave it."""
    if stored.id not in reviews.by_article:
        return stored
    article, reading = stored.pair()
    data = reading_data(reviews.applied(reading, article.text))
    return stored._replace(reading=data, digest=sha256(data))


def read_reviews(home: Path) -> tuple[Review, ...]:
    """Return every line of the file of a graph home, none where it is missing. Raises InputError that names a line that can't be read."""
    path = home / FILE
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                found.append(Review.model_validate_json(line))
            except ValidationError as error:
                raise InputError(str(path), f"line {number}", str(error.errors()[0]["msg"])) from error
    return tuple(found)


def append_review(home: Path, review: Review) -> None:
    """Write a review behind the others, as one line, on the disk before this returns."""
    with (home / FILE).open("a", encoding="utf-8") as out:
        out.write(review.model_dump_json(exclude_none=True) + "\n")
        out.flush()
        os.fsync(out.fileno())
