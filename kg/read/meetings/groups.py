"""Joins the places that speak of one meeting: same kind, same day; "tại cuộc họp" means the meeting told of before."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.read.meetings.heads import Place
from kg.read.mentions import DateMention
from kg.read.page import Page

_GENERAL = ({"working", "meeting", "conference"}, {"session", "sitting", "meeting"}, {"reception", "talks"})
"""Families whose words stand for one another: a "hội nghị" is taken up as "cuộc họp", a "buổi tiếp" as "cuộc gặp"."""
_BARE = frozenset({"at", "attend", "opening"})
_NUMBERED = re.compile(r"/[^\W\d_]{2}|-[^\W\d_]{2}")
_DAYS = frozenset({"point", "relative", "interval"})
_NEAR_BEFORE = 220
_NEAR_AFTER = 60


@dataclass(slots=True)
class Group:
    """The places of one meeting, in order, and its day (with where the day stands) if one is given in a sentence of theirs."""

    places: list[Place] = field(default_factory=list)
    date: str | None = None
    dated_at: int = -1
    is_background: bool = False

    @property
    def kind(self) -> str:
        """The kind that most places name, a noun before a verb, of equals the one that is held or chaired."""
        named = Counter(p.head.kind for p in self.places if p.head.form == "noun")
        if not named:
            return self.places[0].head.kind
        held = {p.head.kind for p in self.places if p.before == "host"}
        first = {p.head.kind: -at for at, p in reversed(list(enumerate(self.places)))}
        return max(named, key=lambda kind: (named[kind] + (kind in held), first[kind]))

    @property
    def family(self) -> str:
        """The family of the first place."""
        return self.places[0].head.family


def group_places(page: Page, places: Sequence[Place], dates: Sequence[DateMention]) -> list[Group]:
    """Return the meetings that the places may tell of, in the order of their first places."""
    days = [d for d in dates if d.kind in _DAYS and (d.iso is None or len(d.iso) == 10) and not _of_document(page, d)]
    starts = [d.start for d in days]
    groups: list[Group] = []
    for place in places:
        day = _day_of(page, place, days, starts)
        group = _taken_up(page, place, day, groups)
        if group is None:
            group = Group(is_background=place.opens == "past")
            groups.append(group)
        group.places.append(place)
        if group.date is None and day is not None and day.iso:
            group.date, group.dated_at = day.iso, day.start
    return groups


def _of_document(page: Page, day: DateMention) -> bool:
    """The date of a document by its number: "Quyết định số 469-QĐNS/TW ngày 21/3"."""
    near = page.folded[max(0, day.start - 22) : day.start]
    return bool(_NUMBERED.search(near)) and near.rstrip().endswith(("ngày", ","))


def _day_of(page: Page, place: Place, days: Sequence[DateMention], starts: Sequence[int]) -> DateMention | None:
    """The day right after the place ("cuộc họp ngày 4/7"), else the last one before it in its sentence."""
    sentence = page.sentences[place.sentence]
    at = bisect_left(starts, place.end)
    if at < len(days) and starts[at] < min(sentence.end, place.end + _NEAR_AFTER) and place.head.form == "noun":
        between = page.folded[place.end : starts[at]]
        if len(between) < 12 or not any(c in ",;" for c in between):
            return days[at]
    before = days[bisect_left(starts, place.start) - 1] if bisect_left(starts, place.start) else None
    if before and before.start >= max(sentence.start, place.start - _NEAR_BEFORE):
        return before
    return days[at] if at < len(days) and starts[at] < min(sentence.end, place.end + _NEAR_AFTER) else None


def _taken_up(page: Page, place: Place, day: DateMention | None, groups: Sequence[Group]) -> Group | None:
    """The group that the place speaks of: the last of its family, else one whose words it may stand for.

    What "Trước đó" opens is told as background: a meeting of its own, which nothing later takes up without its day.
    """
    iso = day.iso if day else None
    if place.opens == "past" and place.before != "opening":
        groups = [g for g in groups if g.places[-1].sentence == place.sentence]
    fitting = [g for g in groups if _compatible(g, iso) and (iso or not g.is_background)]
    same = [g for g in fitting if g.family == place.head.family]
    if same and not _is_another(page, place, same[-1]):
        return same[-1]
    if place.before not in _BARE:
        return None
    general = [g for g in fitting if any({g.family, place.head.family} <= families for families in _GENERAL)]
    if iso is None:
        return general[-1] if general and place.head.form == "noun" else None
    further = place.opens == "also"
    dated = [g for g in general if g.date == iso and not further]
    undated = [g for g in general if g.date is None and all(p.before in _BARE for p in g.places)]
    fit = dated or undated
    return fit[-1] if fit else None


def _is_another(page: Page, place: Place, group: Group) -> bool:
    """ "Chiều cùng ngày, Bộ trưởng kiểm tra ...": a verb in a sentence that opens a further event."""
    further = place.head.form == "verb" and place.sentence > group.places[-1].sentence
    return further and place.opens == "also"


def _compatible(group: Group, iso: str | None) -> bool:
    return iso is None or group.date is None or iso == group.date
