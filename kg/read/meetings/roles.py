"""Who chairs a meeting, who takes part, which body is host (DOMAIN.md 5, roles and cues)."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.read.meetings.groups import Group
from kg.read.meetings.heads import Place
from kg.read.mentions import ActorMention
from kg.read.page import Page
from kg.read.records import record

_CHAIRS = re.compile(
    r"(?:chủ trì|đồng chủ trì|chủ tọa|điều hành|dẫn đầu|làm trưởng đoàn|triệu tập|do .{0,80}(?:chủ trì|dẫn đầu|làm trưởng đoàn))"
)
_LED_BY = re.compile(r"dưới sự (?:chủ trì|điều hành) của\s")
_ATTEND = re.compile(
    r"(?:cùng dự|tham dự|dự họp|cùng tham dự|cùng tham gia|cùng đi|tham gia|tới dự|có mặt|dự (?:hội nghị|buổi|cuộc|phiên|lễ))"
)
_HOSTS = re.compile(
    r"(?:với|thăm|tại|kiểm tra)\s(?:lãnh đạo\s|tập thể\s|cán bộ\s|đại diện\s|tập thể lãnh đạo\s|ban\s)*$"
)
_LEADING = frozenset({"inspection", "visit", "reception", "working", "talks", "homage", "citizens", "journey"})
"""Families whose acting person leads: who inspects, visits, receives."""
_NAMED = frozenset({"person", "agency"})


@record
class Roles:
    """Names as a reading gives them, in the order of the text."""

    chairs: tuple[str, ...]
    participants: tuple[str, ...]
    host: str | None


def find_roles(page: Page, group: Group, actors: Sequence[ActorMention], starts: Sequence[int]) -> Roles:
    """Return the roles that the sentences of a group's places give, and those of a sentence "Cùng dự có ..." right after them."""
    chairs: dict[str, None] = {}
    present: dict[str, None] = {}
    host: str | None = None
    for place in group.places[:6]:
        inside = list(_in_sentence(page, place.sentence, actors, starts))
        for name in _chairs(page, place, inside):
            chairs[name] = None
        for mention in inside:
            if mention.kind in _NAMED:
                present[mention.name] = None
        host = host or _host(page, place, inside)
    for mention in _attendees(page, group, actors, starts):
        present[mention.name] = None
    participants = (*chairs, *(name for name in present if name not in chairs))
    return Roles(tuple(chairs), participants, host)


def _in_sentence(
    page: Page, sentence: int, actors: Sequence[ActorMention], starts: Sequence[int]
) -> Iterator[ActorMention]:
    span = page.sentences[sentence]
    at = bisect_left(starts, span.start)
    while at < len(actors) and actors[at].start < span.end:
        yield actors[at]
        at += 1


def _chairs(page: Page, place: Place, inside: Sequence[ActorMention]) -> Iterator[str]:
    span = page.sentences[place.sentence]
    led = _LED_BY.search(page.folded, span.start, span.end)
    if led:
        yield from (m.name for m in inside if led.end() <= m.start < led.end() + 40 and m.kind == "person")
        return
    before = [m for m in inside if m.end <= place.start and m.kind in ("person", "post")]
    if not before:
        return
    last = before[-1]
    between = page.folded[last.end : place.start]
    if _CHAIRS.search(between) or _CHAIRS.search(page.folded, place.end, min(span.end, place.end + 40)):
        yield from (m.name for m in before if m.end > last.start - 60 and m.kind == last.kind)
    elif place.head.form == "verb" and place.head.family in _LEADING and len(between) < 40:
        yield last.name


def _host(page: Page, place: Place, inside: Sequence[ActorMention]) -> str | None:
    for mention in inside:
        if mention.kind == "agency" and mention.start >= place.start:
            left = page.folded[max(place.start, mention.start - 40) : mention.start]
            if _HOSTS.search(left):
                return mention.name
    return None


def _attendees(
    page: Page, group: Group, actors: Sequence[ActorMention], starts: Sequence[int]
) -> Iterator[ActorMention]:
    """Those of a sentence that opens with "Cùng dự", "Tham dự buổi làm việc có", within two sentences of a place."""
    near = sorted({s for p in group.places[:3] for s in (p.sentence, p.sentence + 1, p.sentence + 2)})
    for sentence in near:
        if sentence < len(page.sentences):
            start = page.sentences[sentence].start
            if _ATTEND.match(page.folded, start):
                yield from (m for m in _in_sentence(page, sentence, actors, starts) if m.kind in _NAMED)
