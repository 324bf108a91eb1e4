"""Turns what the grammars found into the records of a reading, with evidence."""

from kg.model.reading import AgencyRead, Evidence, OfficialRead, PostRead
from kg.read.actors.bodies import Bodies, Body, names_a_place
from kg.read.actors.officials import Official, distinct_posts
from kg.read.actors.posts import PostSpan
from kg.read.actors.register import position_id, register_id
from kg.read.actors.tokens import Tokens


def evidence(tokens: Tokens, first: int, after: int, rule: str, confidence: float = 1.0) -> Evidence:
    """Return the evidence of tokens `first` to `after`."""
    start, end = tokens.starts[first], tokens.ends[after - 1]
    return Evidence(start=start, end=end, quote=tokens.text[start:end], rule=rule, confidence=confidence)


def agency_reads(tokens: Tokens, bodies: Bodies, published: str | None) -> tuple[AgencyRead, ...]:
    """Return the agencies in order of first mention; `published` chooses between namesakes in the register."""
    return tuple(_agency(tokens, body, published) for body in bodies.all())


def _agency(tokens: Tokens, body: Body, published: str | None) -> AgencyRead:
    spans = sorted(set(body.spans))
    return AgencyRead(
        name=body.full,
        register_id=register_id(body.name, body.place, published),
        place=body.place if names_a_place(body.place) else None,
        mentions=tuple(evidence(tokens, first, after, "actors.agency") for first, after in spans),
    )


def official_reads(tokens: Tokens, officials: list[Official], bodies: Bodies) -> tuple[OfficialRead, ...]:
    """Return the officials in order of first mention."""
    ordered = sorted(officials, key=lambda o: min(span.first for span in o.spans))
    return tuple(_official(tokens, official, bodies) for official in ordered)


def _official(tokens: Tokens, official: Official, bodies: Bodies) -> OfficialRead:
    memberships = tuple(_membership(tokens, post, bodies) for post in distinct_posts(official.posts))
    return OfficialRead(
        name=official.name,
        posts=tuple(membership.post for membership in memberships),
        memberships=memberships,
        mentions=tuple(
            evidence(tokens, span.first, span.after, "actors.name")
            for span in sorted(official.spans, key=lambda s: s.first)
        ),
    )


def _position(post: PostSpan) -> str | None:
    body = post.body if post.body and not post.body.short else None
    name, place = (body.name, body.place) if body else (post.derived or "", post.place)
    return position_id(post.role.key, name, place) or post.role.position


def _membership(tokens: Tokens, post: PostSpan, bodies: Bodies) -> PostRead:
    agency = None
    if post.derived:
        agency = bodies.of(post.derived, "", post.first)
    elif post.body and not post.body.short:
        agency = bodies.of(post.body.name, post.body.place, post.body.first)
    return PostRead(
        post=post.text,
        agency=agency,
        role=_position(post),
        status=post.status,
        evidence=evidence(tokens, post.first, post.after, "actors.post"),
    )
