"""Makes articles of fictional people and their readings by hand, with true offsets: every name is searched in the text."""

from collections.abc import Iterable

from kg.model.article import Article, Origin
from kg.model.ids import article_id, digest
from kg.model.reading import (
    AgencyRead,
    DirectiveRead,
    DocumentRead,
    Evidence,
    MeetingRead,
    OfficialRead,
    PostRead,
    Reading,
)

READER = "test-1"


def article(text: str, *, source: str = "a.jsonl", locator: str | None = None, **fields: str) -> Article:
    """Make an article."""
    origin = Origin(loader="jsonl", source=source, locator=locator or digest(text))
    return Article.model_validate(
        {"id": article_id(fields.get("title"), text), "text": text, "origin": origin, **fields}
    )


def at(text: str, words: str, rule: str = "test") -> Evidence:
    """Return the evidence of `words`, which must stand in `text`."""
    start = text.index(words)
    return Evidence(start=start, end=start + len(words), quote=words, rule=rule)


def official(text: str, name: str, *posts: tuple[str, str | None]) -> OfficialRead:
    """Make an official who holds `posts` (words, body)."""
    held = tuple(PostRead(post=post, agency=body, evidence=at(text, post)) for post, body in posts)
    return OfficialRead(name=name, posts=tuple(p for p, _ in posts), memberships=held, mentions=(at(text, name),))


def agencies(text: str, *names: str) -> tuple[AgencyRead, ...]:
    """Make agencies that the text names."""
    return tuple(AgencyRead(name=name, mentions=(at(text, name),)) for name in names)


def directive(
    text: str, sentence: str, issuers: Iterable[str], addressees: Iterable[str], **fields: object
) -> DirectiveRead:
    """Make a directive of a sentence of the text."""
    where = at(text, sentence)
    base = {"start": where.start, "end": where.end, "quote": sentence, "verb": "yêu cầu", "rule": "test"}
    return DirectiveRead.model_validate(base | {"issuers": tuple(issuers), "addressees": tuple(addressees)} | fields)


def document(text: str, words: str, **fields: object) -> DocumentRead:
    """Make a document cited with `words`."""
    return DocumentRead.model_validate({"name": words, "accept": (words,), "mentions": (at(text, words),), **fields})


def meeting(text: str, words: str, **fields: object) -> MeetingRead:
    """Make a meeting that the text names with `words`."""
    return MeetingRead.model_validate({"kind": words, "mentions": (at(text, words),), **fields})


def reading(of: Article, **facts: object) -> Reading:
    """Make the reading of an article."""
    return Reading.model_validate(
        {
            "id": of.record_id or of.id,
            "article": of.id,
            "reader": READER,
            "published": of.published,
            "place": of.place,
            **facts,
        }
    )


def minister(name: str, ministry: str, number: int, published: str = "2019-05-06") -> tuple[Article, Reading]:
    """Make an article in which a minister tells a department to report, and its reading."""
    text = f"Bài {number}. Bộ trưởng {ministry} {name} yêu cầu Sở Y tế báo cáo."
    made = article(text, published=published)
    return made, reading(
        made,
        officials=(official(text, name, (f"Bộ trưởng {ministry}", ministry)),),
        agencies=agencies(text, ministry, "Sở Y tế"),
        directives=(directive(text, text.split(". ", 1)[1], [name], ["Sở Y tế"]),),
    )


def read_by_hand(of: Article) -> Reading:
    """A reader for tests of the home, a pure function of the article: "NAME là POST của BODY." in the first line."""
    name, _, rest = of.text.split("\n")[0].removesuffix(".").partition(" là ")
    post, _, body = rest.partition(" của ")
    if not body:
        raise ValueError("no such line")
    return reading(
        of,
        officials=(official(of.text, name, (post, body)),),
        agencies=agencies(of.text, body),
        directives=(directive(of.text, of.text.split("\n")[0], [name], [body]),),
    )
