"""What one article's names mean, seen alone: its bodies, posts and documents by id, its officials with the posts they can be merged by."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.identify.abroad import serves_abroad
from kg.identify.bodies import Body, Context, resolve_body
from kg.identify.dates import days_of
from kg.identify.documents import document_id
from kg.identify.names import Key, body_key, person_key
from kg.identify.persons import Official
from kg.identify.places import province_stated
from kg.identify.posts import PostAt, body_of_post, post_at, split_post
from kg.lexicon.tables import read_table
from kg.model.article import Article
from kg.model.reading import OfficialRead, PostRead, Reading


class Held(NamedTuple):
    """A post that an official holds; `body_name` is how the article calls the body, or the register where only the post says it."""

    read: PostRead
    at: PostAt
    body_name: str | None


@dataclass(frozen=True, slots=True)
class Local:
    """One article, understood by itself. `listed`, `held` and `documents` follow the agencies, officials and documents of the reading;
    `bodies` are by name, the first of two that are written alike."""

    article: Article
    reading: Reading
    context: Context
    listed: tuple[Body, ...]
    bodies: dict[Key, Body]
    held: tuple[tuple[Held, ...], ...]
    documents: tuple[str, ...]

    def officials(self) -> Iterator[Official]:
        """Yield what the linking of persons needs."""
        for index, (official, held) in enumerate(zip(self.reading.officials, self.held, strict=True)):
            posts = tuple(sorted({post.at.id for post in held if post.at.unique}))
            yield Official(self.article.id, index, person_key(official.name), posts)


def localize(article: Article, reading: Reading) -> Local:
    """Return what the names of one article mean; a pure function of the article, its reading and the registers."""
    context = _context(article, reading)
    listed = tuple(resolve_body(agency.name, agency.place, context) for agency in reading.agencies)
    bodies: dict[Key, Body] = {}
    for agency, body in zip(reading.agencies, listed, strict=True):
        bodies.setdefault(body_key(agency.name), body)
    return Local(
        article,
        reading,
        context,
        listed,
        bodies,
        tuple(_held(official, article.text, bodies, context) for official in reading.officials),
        tuple(document_id(document, context) for document in reading.documents),
    )


def event_day(article: Article, reading: Reading) -> str | None:
    """Return the day that decides which version of a body is meant: of the first meeting, else of publication."""
    meetings = sorted(m.date for m in reading.meetings if m.date and len(m.date) >= 4)
    return meetings[0] if meetings else article.published or reading.published


def _context(article: Article, reading: Reading) -> Context:
    day = days_of(event_day(article, reading))
    province = province_stated(reading.place, day) or province_stated(article.place, day)
    return Context(article.id, day, province)


def _held(official: OfficialRead, text: str, bodies: dict[Key, Body], context: Context) -> tuple[Held, ...]:
    abroad = serves_abroad(official, text)
    return tuple(_held_post(post, bodies, context, abroad) for post in official.memberships)


def _held_post(post: PostRead, bodies: dict[Key, Body], context: Context, abroad: bool) -> Held:
    name = post.agency or (None if abroad else body_of_post(post.post))
    body = (bodies.get(body_key(name)) or resolve_body(name, None, context)) if name else None
    return Held(post, post_at(post.post, body, name, context.article, national=not abroad), name)


def body_in_post(post: str, local: Local) -> Key | None:
    """Return the key of the article's body that a post without holder belongs to ("Chủ tịch Ủy ban nhân dân tỉnh"), if one only fits."""
    rest = split_post(post).rest
    fitting = [key for key in local.bodies if rest and (rest[-len(key) :] == key or key[: len(rest)] == rest)]
    longest = [key for key in fitting if rest[-len(key) :] == key]
    if longest:
        return max(longest, key=len)
    return fitting[0] if len(fitting) == 1 else None


@cache
def _body_heads() -> tuple[str, ...]:
    return tuple(row["canonical_vi"] for row in read_table("agency_heads"))


def names_body(name: str) -> bool:
    """Say whether a name that the reading lists nowhere is that of a body.

    >>> names_body("Sở Y tế"), names_body("các sở, ban, ngành"), names_body("bộ phận một cửa")
    (True, False, False)
    """
    return name[:1].isupper() and any(name == head or name.startswith(head + " ") for head in _body_heads())
