"""What a person has decided about single facts: a file of the graph home that survives rebuilds, applied to readings when they leave the home.

HOME/reviews.jsonl, one JSON object a line, only ever appended to: the last line about a sentence counts, `undo` takes back what stood before.
A decision is about the sentence (article and quote), so it holds for the reading of a later reader, too, where that reads the same sentence.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, ValidationError

from kg.errors import InputError
from kg.home.rows import Stored, reading_data, sha256
from kg.model.base import Frozen
from kg.model.ids import digest
from kg.model.reading import DirectiveRead, Reading

FILE: Final = "reviews.jsonl"
"""Name of the file in the graph home."""

_MARK: Final = "+reviewed"


class Review(Frozen):
    """One decision about the directive that `article` states in the words of `quote`: by whom, when (ISO 8601) and why.

    `correct` replaces what is given; None leaves as it was read. `deadline` is as written, empty for none; `span` are the words of the sentence
    from where it starts, where it ends elsewhere than was read.
    """

    article: str
    quote: str
    verdict: Literal["accept", "reject", "correct", "undo"]
    issuers: tuple[str, ...] | None = None
    addressees: tuple[str, ...] | None = None
    verb: str | None = Field(default=None, min_length=1)
    act: str | None = Field(default=None, min_length=1)
    strength: int | None = Field(default=None, ge=1, le=5)
    deadline: str | None = None
    deadline_iso: str | None = None
    span: str | None = Field(default=None, min_length=1)
    who: str = ""
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reviews:
    """The decisions that count, by article and quote."""

    by_article: Mapping[str, Mapping[str, Review]] = field(default_factory=dict)

    @classmethod
    def of(cls, reviews: Iterable[Review]) -> "Reviews":
        """Return those that count: the last about each sentence, none where that is an undo."""
        found: defaultdict[str, dict[str, Review]] = defaultdict(dict)
        for review in reviews:
            if review.verdict == "undo":
                found[review.article].pop(review.quote, None)
            else:
                found[review.article][review.quote] = review
        return cls({article: of for article, of in found.items() if of})

    def get(self, article: str, quote: str) -> Review | None:
        """Return the decision about a sentence."""
        return self.by_article.get(article, {}).get(quote)

    def digest(self, article: str) -> str:
        """Return a digest of what was decided about an article's sentences, empty where nothing was."""
        of = self.by_article.get(article)
        return digest(*(of[quote].model_dump_json() for quote in sorted(of))) if of else ""

    def quote_of(self, article: str, quote: str) -> str:
        """Return the words by which the decision about a sentence is kept: those that were read, whatever a correction has made of them."""
        of = self.by_article.get(article, {})
        return next((one.quote for one in of.values() if one.span == quote), quote)

    def applied(self, reading: Reading, text: str) -> Reading:
        """Return `reading` without what was rejected, what was accepted or corrected with confidence 1 and `+reviewed` in its rule.

        `text` is the article's: a corrected span counts only where it still stands there.
        """
        of = self.by_article.get(reading.article)
        if not of:
            return reading
        names = frozenset(official.name for official in reading.officials)
        kept = (_reviewed(one, of.get(one.quote), names, text) for one in reading.directives)
        return reading.model_copy(update={"directives": tuple(one for one in kept if one), "reviewed": True})


def _reviewed(one: DirectiveRead, review: Review | None, names: frozenset[str], text: str) -> DirectiveRead | None:
    if review is None:
        return one
    if review.verdict == "reject":
        return None
    changes: dict[str, object] = {"confidence": 1.0, "rule": one.rule.removesuffix(_MARK) + _MARK}
    changes |= {name: value for name in ("verb", "act", "strength") if (value := getattr(review, name))}
    if review.deadline is not None:
        changes |= {"deadline": review.deadline or None, "deadline_iso": review.deadline_iso}
    if review.span and text.startswith(review.span, one.start):
        changes |= {"quote": review.span, "end": one.start + len(review.span)}
    if review.issuers is not None:
        how = "named" if names.intersection(review.issuers) else "body"
        changes |= {"issuers": review.issuers, "issuer_resolution": how if review.issuers else "unresolved"}
    if review.addressees is not None:
        changes |= {
            "addressees": review.addressees,
            "addressee_resolution": "explicit" if review.addressees else "unresolved",
        }
        changes |= {
            name: tuple(p for p in getattr(one, name) if p in review.addressees) for name in ("lead", "coordinate")
        }
    return one.model_copy(update=changes)


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
