"""One directive in several reports, one meeting in several articles: clusters over what identity has resolved; each report is kept.

Two reports are of one directive where the issuer is the same (as a person, or as the post the person holds), the days agree, and the
words do: numbers and negations must be equal. Two are of one meeting where kind and day agree and host, chair or directives do.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final, NamedTuple

from kg.identify.dates import day_after, days_apart, known_day
from kg.identify.decisions import PersonDecisions
from kg.model.entities import Meeting
from kg.text.fold import fold

_ALIKE: Final = 0.6
_VERY_ALIKE: Final = 0.9
_FEWEST: Final = 5
_CROWD: Final = 80
_WORD: Final = re.compile(r"\w+(?:[/.,-]\w+)*")
_NEGATIONS: Final = frozenset({"không", "chưa", "cấm", "dừng", "ngừng", "hủy", "bỏ", "trừ"})
_LOCAL: Final = re.compile(r"@a[0-9a-f]{16}$")


@dataclass(frozen=True)
class Report:
    """A directive by what it is compared by: `actors` are the ids of its issuers and of the posts in which they act, `addressees` likewise,
    both only where other articles may have them; `twin` names the cluster of near-duplicates that its article is in."""

    id: str
    article: str
    content: str
    addressees: tuple[str, ...]
    date: str | None
    meeting: str | None
    actors: tuple[str, ...]
    twin: str | None

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of what is to be done."""
        return frozenset(_WORD.findall(fold(self.content)))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Words with a digit: numbers, dates, document numbers."""
        return frozenset(word for word in self.words if any(c.isdigit() for c in word))

    @cached_property
    def runs(self) -> frozenset[str]:
        """The runs of three folded words in what is to be done."""
        words = _WORD.findall(fold(self.content))
        return frozenset(" ".join(words[i : i + 3]) for i in range(len(words) - 2))

    @property
    def grounds(self) -> tuple[str, ...]:
        """What another report must share to be compared with this one."""
        return (*self.actors, *([self.twin] if self.twin else []))

    def day_at(self, ground: str) -> str:
        """Return the day about which this report is compared with others of a ground: none among near-duplicates, and where it is not known."""
        return "" if ground == self.twin else known_day(self.date)


class MeetingReport(NamedTuple):
    """A meeting with the article that reports it, and that one's cluster of near-duplicates."""

    of: Meeting
    article: str
    twin: str | None

    @property
    def grounds(self) -> tuple[str, ...]:
        """What another report must share to be compared with this one, the day with it."""
        found = {*shared_ids([*self.of.chairs, self.of.host or ""]), self.twin or ""} - {""}
        return tuple(f"{self.of.date or ''}|{ground}" for ground in sorted(found))


class Verdict(NamedTuple):
    """Whether two are the same, and why or why not."""

    same: bool
    reason: str


def shared_ids(ids: Iterable[str]) -> frozenset[str]:
    """Return the ids that more than one article may have."""
    return frozenset(ident for ident in ids if not _LOCAL.search(ident))


def same_directive(one: Report, other: Report) -> Verdict:
    """Say whether two reports are of one directive."""
    if one.article == other.article:
        return Verdict(False, "one article gives both")
    alike = len(one.words & other.words) / (len(one.words | other.words) or 1)
    told = f"words {alike:.2f}"
    if one.numbers != other.numbers:
        return Verdict(False, f"numbers differ: {sorted(one.numbers ^ other.numbers)}")
    if (one.words ^ other.words) & _NEGATIONS:
        return Verdict(False, "one is negated")
    if one.twin and one.twin == other.twin and alike >= _VERY_ALIKE:
        # a form report of another day is as alike as a reprint: what was said at meetings of two days was said twice
        if one.meeting and other.meeting and days_apart(one.date, other.date):
            return Verdict(False, f"given at meetings of {one.date} and {other.date}")
        return Verdict(True, f"near-duplicate articles, {told}")
    if not set(one.actors) & set(other.actors):
        return Verdict(False, "no issuer in common")
    if _disjoint(one.addressees, other.addressees):
        return Verdict(False, "other addressees")
    if min(len(one.words), len(other.words)) < _FEWEST:
        return Verdict(False, "too few words")
    days = days_apart(one.date, other.date)
    enough = _VERY_ALIKE if days is None else _ALIKE
    if days is not None and days > 1:
        return Verdict(False, f"{days} days apart")
    return Verdict(alike >= enough, told)


def _disjoint(one: Iterable[str], other: Iterable[str]) -> bool:
    mine, yours = shared_ids(one), shared_ids(other)
    return bool(mine and yours and not mine & yours)


def same_meeting(one: Meeting, other: Meeting, twins: bool, directives: bool) -> Verdict:
    """Say whether two meetings of two articles are one: `twins` that these are near-duplicates, `directives` that one directive was given in both."""
    if days_apart(one.date, other.date) != 0:
        return Verdict(False, f"days {one.date} / {other.date}")
    if one.kind != other.kind or (one.kind is None and one.folded != other.folded):
        return Verdict(False, f"kinds {one.kind or one.name} / {other.kind or other.name}")
    if one.host and other.host and one.host != other.host and _disjoint([one.host], [other.host]):
        return Verdict(False, f"hosts {one.host} / {other.host}")
    if _disjoint(one.chairs, other.chairs):
        return Verdict(False, "other chairs")
    chair = shared_ids(one.chairs) & shared_ids(other.chairs)
    host = shared_ids([one.host or ""]) & shared_ids([other.host or ""]) - {""}
    guests = (shared_ids(one.participants) & shared_ids(other.participants)) - chair - host
    if twins:
        return Verdict(True, "near-duplicate articles")
    if directives and (chair or host or guests):
        return Verdict(True, "one directive given in both")
    if host and (chair or not one.chairs or not other.chairs):
        return Verdict(True, f"host {min(host)}")
    return Verdict(bool(chair) and len(guests) > 1, f"chair {min(chair, default='-')}, {len(guests)} others in common")


def cluster_directives(reports: Iterable[Report], decided: PersonDecisions) -> Mapping[str, str]:
    """Return the cluster of each directive that several articles report."""
    by_id = {report.id: report for report in reports}
    grounds: dict[str, list[Report]] = defaultdict(list)
    for report in by_id.values():
        for ground in report.grounds:
            grounds[ground].append(report)
    pairs = {pair for ground, group in grounds.items() for pair in directive_pairs(ground, group)}
    return clusters(pairs, by_id.__contains__, decided, "directives")


def directive_pairs(ground: str, group: Iterable[Report]) -> set[tuple[str, str]]:
    """Return the pairs of one ground that are of one directive: those of each of its days (`pairs_of_day`)."""
    days: dict[str, list[Report]] = defaultdict(list)
    for report in group:
        days[report.day_at(ground)].append(report)
    return {
        pair
        for day, reports in days.items()
        for pair in pairs_of_day(reports, [one for other in days_beside(day) for one in days.get(other, ())])
    }


def days_beside(day: str) -> tuple[str, ...]:
    """Return the days whose reports those of a day are compared with, besides each other: the next, and those of no day.

    >>> days_beside("2025-02-28"), days_beside("")
    (('2025-03-01', ''), ())
    """
    return (day_after(day), "") if day else ()


def pairs_of_day(group: Iterable[Report], beside: Iterable[Report]) -> set[tuple[str, str]]:
    """Return the pairs of one directive that a group of one ground and one day has among itself and with those `beside` it.

    Only those with three words in a row in common are compared, unless more than `_CROWD` of all these have them.
    """
    own = {report.id: report for report in group}
    by_id = {**{report.id: report for report in beside}, **own}
    if len(by_id) < 2:
        return set()
    found: dict[str, list[str]] = defaultdict(list)
    for ident in sorted(by_id):
        for run in by_id[ident].runs:
            found[run].append(ident)
    candidates = {
        (a, b)
        for crowd in found.values()
        if 1 < len(crowd) <= _CROWD
        for a, b in combinations(crowd, 2)
        if a in own or b in own
    }
    return {(a, b) for a, b in candidates if same_directive(by_id[a], by_id[b]).same}


def cluster_meetings(
    meetings: Iterable[MeetingReport], directives: Mapping[str, frozenset[str]], decided: PersonDecisions
) -> Mapping[str, str]:
    """Return the cluster of each meeting that several articles report; `directives` are the clusters of directives given in each."""
    by_id = {meeting.of.id: meeting for meeting in meetings}
    grounds: dict[str, list[MeetingReport]] = defaultdict(list)
    for meeting in by_id.values():
        for ground in meeting.grounds:
            grounds[ground].append(meeting)
    pairs = {pair for group in grounds.values() for pair in meeting_pairs(group, directives)}
    return clusters(pairs, by_id.__contains__, decided, "meetings")


def meeting_pairs(group: Iterable[MeetingReport], directives: Mapping[str, frozenset[str]]) -> set[tuple[str, str]]:
    """Return the pairs of one ground that are of one meeting; `directives` as for `cluster_meetings`."""
    crowd = sorted(group, key=lambda meeting: meeting.of.id)[:_CROWD]
    return {(a.of.id, b.of.id) for a, b in combinations(crowd, 2) if _one_meeting(a, b, directives)}


def _one_meeting(one: MeetingReport, other: MeetingReport, directives: Mapping[str, frozenset[str]]) -> bool:
    if one.article == other.article:
        return False
    twin = one.twin is not None and one.twin == other.twin
    common = directives.get(one.of.id, frozenset()) & directives.get(other.of.id, frozenset())
    return same_meeting(one.of, other.of, twin, bool(common)).same


def clusters(
    pairs: Iterable[tuple[str, str]], known: Callable[[str], bool], decided: PersonDecisions, name: str
) -> Mapping[str, str]:
    """Join pairs, smallest first; what a person decided of `known` ids goes first, and what was decided different stays apart."""
    groups: dict[str, set[str]] = {}
    said = [(a[0], b[0]) for a, b in decided.sames if known(a[0]) and known(b[0])]
    for one, other in [*said, *sorted(pairs)]:
        mine, yours = groups.setdefault(one, {one}), groups.setdefault(other, {other})
        sides = (frozenset((ident, "") for ident in mine), frozenset((ident, "") for ident in yours))
        if mine is not yours and not decided.different(*sides):
            mine |= yours
            for ident in yours:
                groups[ident] = mine
    return {ident: f"{name}/{min(group)}" for ident, group in groups.items() if len(group) > 1}
