"""Meetings that an article reports: kind, day, chairs, participants, host (GUIDELINES.md, Meetings)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.model.reading import Evidence, MeetingRead
from kg.read.meetings.features import group_features
from kg.read.meetings.groups import Group, group_places
from kg.read.meetings.heads import find_places
from kg.read.meetings.model import probability
from kg.read.meetings.roles import find_roles
from kg.read.mentions import ActorMention, DateMention
from kg.read.page import Page

if TYPE_CHECKING:
    from kg.read.actors import Actors

__all__ = ["read_meetings"]

_THRESHOLD = 0.45
_LEAD_SENTENCES = 6


def read_meetings(page: Page, actors: "Actors", dates: Sequence[DateMention]) -> tuple[MeetingRead, ...]:
    """Return the meetings that a page reports, in the order of their first places; `dates` are `read_dates(page)`.

    Several places of one meeting are one ("tại buổi làm việc"); one that is only announced, or only mentioned from the past, is none.
    A meeting without a day of its own takes the day that opens the article, if its first place stands no later than the second paragraph.
    """
    groups = group_places(page, find_places(page), dates)
    mentions = actors.mentions
    starts = [m.start for m in mentions]
    found = []
    for group in groups:
        sure = probability(group_features(page, group, groups, mentions, starts, dates))
        if sure >= _THRESHOLD:
            found.append(_meeting(page, group, mentions, starts, group.date or _lead_day(page, dates), sure))
    return tuple(found)


def _lead_day(page: Page, dates: Sequence[DateMention]) -> str | None:
    days = [d for d in dates if d.iso and len(d.iso) == 10 and d.kind in ("point", "relative", "interval")]
    return next((d.iso for d in days if page.sentence_at(d.start) < _LEAD_SENTENCES), None)


def _meeting(
    page: Page, group: Group, mentions: Sequence[ActorMention], starts: Sequence[int], day: str | None, sure: float
) -> MeetingRead:
    roles = find_roles(page, group, mentions, starts)
    event = next((p.head.event for p in group.places if p.head.kind == group.kind), None)
    return MeetingRead(
        kind=group.kind,
        date=day,
        chairs=roles.chairs,
        participants=roles.participants,
        host=roles.host,
        event=event,
        mentions=tuple(
            Evidence(
                start=p.start,
                end=p.end,
                quote=page.text[p.start : p.end],
                rule=f"meetings.{p.head.family}-{p.head.form}",
                confidence=round(sure, 3),
            )
            for p in group.places
        ),
    )
