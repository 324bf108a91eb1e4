"""What one article's names mean, seen alone: its bodies, posts and documents by id, its officials with the posts they can be merged by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from kg.identify.abroad import serves_abroad, stands_abroad
from kg.identify.bodies import Body, Context, local_id, resolve_body
from kg.identify.career import Seen
from kg.identify.dates import Days, days_of
from kg.identify.decisions import NO_RENAMES, Renames
from kg.identify.documents import document_id
from kg.identify.names import Key, body_key, person_key
from kg.identify.persons import Official
from kg.identify.places import Province
from kg.identify.posts import PostAt, body_of_post, is_of_many, post_at, rank_of, split_post
from kg.identify.where import Where, where
from kg.lexicon.tables import read_table
from kg.model.article import Article
from kg.model.reading import AgencyRead, OfficialRead, PostRead, Reading

_OF_MANY: Final = re.compile(r"\s+(?:của\s+|ở\s+|tại\s+)?(?:các|những|\d+)\s+(?:tỉnh|địa phương|thành phố)\b")
"""After "Sở Y tế": those of many provinces, and not that of the article's."""


_AND: Final = re.compile(r"\s+và\s+")


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
    place: Where | None
    listed: tuple[Body, ...]
    bodies: dict[Key, Body]
    held: tuple[tuple[Held, ...], ...]
    documents: tuple[str, ...]

    def redirects(self) -> Iterator[tuple[str, str]]:
        """Yield the ids that bodies of this article would have if nothing said where it is, with those that they have."""
        for agency, body in zip(self.reading.agencies, self.listed, strict=True):
            if body.how in {"place of the article", "decided"}:
                yield local_id(agency.name, self.article.id), body.id

    def officials(self) -> Iterator[Official]:
        """Yield what the linking of persons needs; `twin` of an official is for the caller, who knows other articles."""
        day = (event_day(self.article, self.reading) or "")[:10] or None
        place = self.place.province.id if self.place else None
        for index, (official, held) in enumerate(zip(self.reading.officials, self.held, strict=True)):
            posts = {post.at.id: post for post in held if post.at.unique}
            known = [posts[ident] for ident in sorted(posts)]
            yield Official(
                self.article.id,
                index,
                person_key(official.name),
                tuple(post.at.id for post in known),
                tuple(_seen(post) for post in known),
                tuple(post.read.status == "former" for post in known),
                day,
                place,
            )


def _seen(held: Held) -> Seen:
    body, post = held.at.body, held.read
    return Seen(
        " ".join(split_post(post.post).head),
        body.id if body and body.shared else None,
        body.place.id if body and body.shared and body.place else None,
        rank_of(post.post, post.role),
        body.kind if body else None,
        not is_of_many(post.post),
    )


def localize(article: Article, reading: Reading, decided: Renames = NO_RENAMES) -> Local:
    """Return what the names of one article mean; a pure function of the article, its reading, the registers and a person's decisions."""
    context, place = _context(article, reading)
    context = context._replace(decided=decided)
    starts = _starts(reading)
    listed = tuple(_listed(agency, article.text, context, starts) for agency in reading.agencies)
    bodies: dict[Key, Body] = {}
    for agency, body in zip(reading.agencies, listed, strict=True):
        bodies.setdefault(body_key(agency.name), body)
    return Local(
        article,
        reading,
        context,
        place,
        listed,
        bodies,
        tuple(_held(official, article.text, bodies, context) for official in reading.officials),
        tuple(document_id(document, context) for document in reading.documents),
    )


def _starts(reading: Reading) -> frozenset[int]:
    """Where the article names somebody: each agency, official and post."""
    agencies = {m.start for agency in reading.agencies for m in agency.mentions}
    officials = {m.start for official in reading.officials for m in official.mentions}
    return frozenset(agencies | officials) | {p.evidence.start for o in reading.officials for p in o.memberships}


def _listed(agency: AgencyRead, text: str, context: Context, starts: frozenset[int]) -> Body:
    if any(_OF_MANY.match(text, mention.end) for mention in agency.mentions):
        context = context._replace(province=None)
    body = resolve_body(agency.name, agency.place, context)
    abroad = sum(stands_abroad(text, mention.end) for mention in agency.mentions)
    if body.how in {"register", "national name"} and 2 * abroad > len(agency.mentions):
        return Body(local_id(agency.name, context.article), "article only")
    if body.how == "national name" and any(_may_go_on(text, m.end, starts) for m in agency.mentions):
        return Body(local_id(agency.name, context.article), "article only")
    return body


def _may_go_on(text: str, end: int, starts: frozenset[int]) -> bool:
    """Whether a name may have been cut at `end`: "Ủy ban Pháp luật| và Tư pháp"."""
    more = _AND.match(text, end)
    return more is not None and more.end() not in starts and text[more.end() : more.end() + 1].isupper()


def event_day(article: Article, reading: Reading) -> str | None:
    """Return the day that decides which version of a body is meant: of the first meeting, else of publication.

    A meeting after the day of publication is announced, or misread; the names in the text are those of that day.
    """
    published = article.published or reading.published
    last = (published or "9999")[:10]
    meetings = sorted(m.date for m in reading.meetings if m.date and len(m.date) >= 4 and m.date[: len(last)] <= last)
    return meetings[0] if meetings else published


def _context(article: Article, reading: Reading) -> tuple[Context, Where | None]:
    day = days_of(event_day(article, reading))
    place = where(article, reading, day, _acting(article, reading, day))
    return Context(article.id, day, place.province if place else None), place


def _acting(article: Article, reading: Reading, day: Days | None) -> tuple[Province, ...]:
    """Provinces that the names of the article's bodies state."""
    alone = Context(article.id, day, None)
    named = [(agency.name, agency.place) for agency in reading.agencies]
    named += [(post.agency, None) for official in reading.officials for post in official.memberships if post.agency]
    bodies = [resolve_body(name, place, alone) for name, place in named]
    return tuple({body.place.id: body.place for body in bodies if body.place}.values())


def _held(official: OfficialRead, text: str, bodies: dict[Key, Body], context: Context) -> tuple[Held, ...]:
    abroad = serves_abroad(official, text)
    return tuple(_held_post(post, bodies, context, abroad) for post in official.memberships)


def _held_post(post: PostRead, bodies: dict[Key, Body], context: Context, abroad: bool) -> Held:
    name = post.agency or (None if abroad else body_of_post(post.post))
    body = (bodies.get(body_key(name)) or resolve_body(name, None, context)) if name else None
    if abroad and body and body.how == "register" and body_of_post(post.post) == body.name:
        body, name = None, None  # "Thủ tướng" of another state does not sit in the government of this one
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
