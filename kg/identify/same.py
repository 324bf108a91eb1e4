"""One directive in several reports, one meeting in several articles: clusters over what identity has resolved; each report is kept.

Two reports are of one directive where the issuer is the same (as a person, or as the post the person holds), the days agree, and the
words do: numbers and negations must be equal. Two are of one meeting where kind and day agree and host, chair or directives do.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final, NamedTuple, TypeVar

from kg.identify.dates import days_apart
from kg.identify.decisions import PersonDecisions
from kg.model.entities import Directive, Meeting
from kg.text.fold import fold

_ALIKE: Final = 0.6
_VERY_ALIKE: Final = 0.9
_FEWEST: Final = 5
_CROWD: Final = 80
_WORD: Final = re.compile(r"\w+(?:[/.,-]\w+)*")
_NEGATIONS: Final = frozenset({"không", "chưa", "cấm", "dừng", "ngừng", "hủy", "bỏ", "trừ"})
_LOCAL: Final = re.compile(r"@a[0-9a-f]{16}$")

Node = TypeVar("Node", Directive, Meeting)


@dataclass(frozen=True)
class Report:
    """A directive with what it is compared by: `actors` are the ids of its issuers and of the posts in which they act."""

    of: Directive
    actors: frozenset[str]
    twin: str | None

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of what is to be done."""
        return frozenset(_WORD.findall(fold(self.of.content)))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Words with a digit: numbers, dates, document numbers."""
        return frozenset(word for word in self.words if any(c.isdigit() for c in word))


class Verdict(NamedTuple):
    """Whether two are the same, and why or why not."""

    same: bool
    reason: str


def shared_ids(ids: Iterable[str]) -> frozenset[str]:
    """Return the ids that more than one article may have."""
    return frozenset(ident for ident in ids if not _LOCAL.search(ident))


def same_directive(one: Report, other: Report) -> Verdict:
    """Say whether two reports are of one directive."""
    if one.of.article == other.of.article:
        return Verdict(False, "one article gives both")
    alike = len(one.words & other.words) / (len(one.words | other.words) or 1)
    told = f"words {alike:.2f}"
    if one.numbers != other.numbers:
        return Verdict(False, f"numbers differ: {sorted(one.numbers ^ other.numbers)}")
    if (one.words ^ other.words) & _NEGATIONS:
        return Verdict(False, "one is negated")
    if one.twin and one.twin == other.twin and alike >= _VERY_ALIKE:
        return Verdict(True, f"near-duplicate articles, {told}")
    if not one.actors & other.actors:
        return Verdict(False, "no issuer in common")
    if _disjoint(one.of.addressees, other.of.addressees):
        return Verdict(False, "other addressees")
    if min(len(one.words), len(other.words)) < _FEWEST:
        return Verdict(False, "too few words")
    days = days_apart(one.of.date, other.of.date)
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
    by_id = {report.of.id: report for report in reports}
    pairs = ((a, b) for a, b in _candidates(by_id) if same_directive(by_id[a], by_id[b]).same)
    return _clusters(pairs, by_id, decided, "directives")


def _candidates(by_id: Mapping[str, Report]) -> set[tuple[str, str]]:
    """Pairs with an issuer (or a cluster of articles) and three words in a row in common."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for ident in sorted(by_id):
        report = by_id[ident]
        words = _WORD.findall(fold(report.of.content))
        grams = {" ".join(words[i : i + 3]) for i in range(len(words) - 2)}
        for ground in (*report.actors, *([report.twin] if report.twin else [])):
            for gram in grams:
                found[ground, gram].append(ident)
    return {pair for crowd in found.values() if 1 < len(crowd) <= _CROWD for pair in combinations(crowd, 2)}


def cluster_meetings(
    meetings: Iterable[tuple[str, Meeting]],
    twins: Mapping[str, str],
    directives: Mapping[str, frozenset[str]],
    decided: PersonDecisions,
) -> Mapping[str, str]:
    """Return the cluster of each meeting that several articles report. `meetings` come with the ids of their articles, `directives` are
    the clusters of directives given in each."""
    known = dict(meetings_by_id(meetings))
    days: dict[tuple[str, str], list[str]] = defaultdict(list)
    for ident in sorted(known):
        article, meeting = known[ident]
        grounds = {*shared_ids([*meeting.chairs, meeting.host or ""]), twins.get(article, "")} - {""}
        for ground in grounds:
            days[meeting.date or "", ground].append(ident)
    pairs = {pair for crowd in days.values() for pair in combinations(crowd[:_CROWD], 2)}
    same = ((a, b) for a, b in sorted(pairs) if _one_meeting(known[a], known[b], twins, directives))
    return _clusters(same, known, decided, "meetings")


def meetings_by_id(meetings: Iterable[tuple[str, Meeting]]) -> Iterator[tuple[str, tuple[str, Meeting]]]:
    """Yield each meeting with its article under its id."""
    return ((meeting.id, (article, meeting)) for article, meeting in meetings)


def _one_meeting(
    one: tuple[str, Meeting],
    other: tuple[str, Meeting],
    twins: Mapping[str, str],
    directives: Mapping[str, frozenset[str]],
) -> bool:
    (mine, first), (yours, second) = one, other
    if mine == yours:
        return False
    twin = mine in twins and twins[mine] == twins.get(yours)
    common = directives.get(first.id, frozenset()) & directives.get(second.id, frozenset())
    return same_meeting(first, second, twin, bool(common)).same


def _clusters(
    pairs: Iterable[tuple[str, str]], known: Mapping[str, object], decided: PersonDecisions, name: str
) -> Mapping[str, str]:
    """Join pairs, smallest first; what a person decided goes first, and what was decided different stays apart."""
    groups = {ident: {ident} for ident in known}
    said = [(a[0], b[0]) for a, b in decided.sames if a[0] in groups and b[0] in groups]
    for one, other in [*said, *sorted(pairs)]:
        mine, yours = groups[one], groups[other]
        sides = (frozenset((ident, "") for ident in mine), frozenset((ident, "") for ident in yours))
        if mine is not yours and not decided.different(*sides):
            mine |= yours
            for ident in yours:
                groups[ident] = mine
    return {ident: f"{name}/{min(group)}" for ident, group in groups.items() if len(group) > 1}
