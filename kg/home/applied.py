"""A reading as a person's decisions leave it: what was rejected is gone, what was accepted or corrected is sure and marked."""

from collections.abc import Iterator, Mapping
from typing import Final

from kg.home.review import Key, Review
from kg.model.reading import DirectiveRead, Evidence, MeetingRead, OfficialRead, PostRead, Reading, StatementRead

MARK: Final = "+reviewed"
"""What the rule of a fact ends with that a person has accepted or corrected."""

_BEHIND: Final = 40


def words_behind(text: str, end: int) -> str:
    """Return the words that follow in `text`, which tell apart what is written alike.

    >>> words_behind("họp\\nvới Sở Y tế.", 3)
    'với Sở Y tế.'
    """
    return " ".join(text[end : end + 2 * _BEHIND].split())[:_BEHIND]


def meeting_key(meeting: MeetingRead, text: str) -> Key | None:
    """Return the key of a meeting, None where no words of the article name it."""
    at = next(iter(meeting.mentions), None)
    return ("meeting", at.quote, words_behind(text, at.end)) if at else None


def applied(of: Mapping[Key, Review], reading: Reading, text: str) -> Reading:
    """Return `reading` of the article with that text, as the decisions `of` it leave it."""
    names = frozenset(official.name for official in reading.officials)
    directives = [_directive(one, of.get(("directive", one.quote, "")), names, text) for one in reading.directives]
    statements = [_statement(one, of.get(("statement", one.quote, ""))) for one in reading.statements]
    found = [_meeting(one, of.get(meeting_key(one, text) or ("", "", ""))) for one in reading.meetings]
    place: dict[int | None, int] = {}
    for number, meeting in enumerate(found):
        if meeting:
            place[number] = len(place)
    changes = {
        "directives": tuple(
            one.model_copy(update={"meeting": place.get(one.meeting)}) if len(place) < len(found) else one
            for one in directives
            if one
        ),
        "statements": tuple(one for one in statements if one),
        "meetings": tuple(meeting for meeting in found if meeting),
        "officials": _officials(of, reading, text),
        "reviewed": True,
    }
    return reading.model_copy(update=changes)


def _sure(rule: str) -> dict[str, object]:
    return {"confidence": 1.0, "rule": rule.removesuffix(MARK) + MARK}


def _proved(at: Evidence) -> Evidence:
    return at.model_copy(update=_sure(at.rule))


def _given(review: Review, **fields: str) -> dict[str, object]:
    """What a correction changes: the fields of a reading by those of the review; an empty text is none."""
    values = {name: getattr(review, field) for name, field in fields.items()}
    return {name: value if value != "" else None for name, value in values.items() if value is not None}


def _directive(one: DirectiveRead, review: Review | None, names: frozenset[str], text: str) -> DirectiveRead | None:
    if review is None:
        return one
    if review.verdict == "reject":
        return None
    changes = _sure(one.rule) | _given(review, verb="verb", act="act", strength="strength")
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


def _statement(one: StatementRead, review: Review | None) -> StatementRead | None:
    if review is None:
        return one
    if review.verdict == "reject":
        return None
    given = _given(review, kind="said", speakers="speakers", targets="targets", verb="verb")
    return one.model_copy(update=_sure(one.rule) | given)


def _meeting(one: MeetingRead, review: Review | None) -> MeetingRead | None:
    if review is None:
        return one
    if review.verdict == "reject":
        return None
    given = _given(review, kind="name", date="date", host="host", chairs="chairs", participants="participants")
    return one.model_copy(update=given | {"mentions": tuple(map(_proved, one.mentions))})


def _officials(of: Mapping[Key, Review], reading: Reading, text: str) -> tuple[OfficialRead, ...]:
    """The officials with their posts; a post whose holder was corrected goes to that official, who is added where the reading has none."""
    if not any(kind == "post" for kind, _, _ in of):
        return reading.officials
    officials: list[tuple[OfficialRead, list[PostRead]]] = [(official, []) for official in reading.officials]
    known = {official.name: posts for official, posts in reversed(officials)}
    for official, kept in officials:
        for post in official.memberships:
            review = of.get(("post", post.post, official.name))
            if review is None:
                kept.append(post)
            elif review.verdict != "reject":
                name = review.holder or official.name
                if name not in known:
                    officials.append((OfficialRead(name=name, mentions=tuple(_named(name, text))), []))
                    known[name] = officials[-1][1]
                (kept if name == official.name else known[name]).append(_post(post, review))
    return tuple(_holding(official, posts) for official, posts in officials)


def _holding(official: OfficialRead, posts: list[PostRead]) -> OfficialRead:
    if tuple(posts) == official.memberships:
        return official
    return official.model_copy(update={"memberships": tuple(posts), "posts": tuple(post.post for post in posts)})


def _post(one: PostRead, review: Review) -> PostRead:
    changes = _given(review, post="title", agency="body", status="status")
    if review.title:
        changes["role"] = None  # that of the words of before
    return one.model_copy(update=changes | {"evidence": _proved(one.evidence)})


def _named(name: str, text: str) -> Iterator[Evidence]:
    """Where the words of a name stand."""
    start = text.find(name)
    while start >= 0:
        yield Evidence(start=start, end=start + len(name), quote=name, rule=f"review.holder{MARK}")
        start = text.find(name, start + len(name))
