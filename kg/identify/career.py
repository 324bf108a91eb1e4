"""Evidence for and against two posts of one name being one career: what is compared, the weights, the reasons.

Weights and their texts are data (kg/lexicon/person_evidence.csv). Only posts whose holder is known by them are compared; names are equal
before anything is. What speaks for a merge is a shared body, its successor, or one province's leadership, in an order and at a pace that
careers have; what speaks against: posts that exclude each other at one time, leaps, two provinces on one day.
"""

from datetime import date
from functools import cache
from typing import Final, NamedTuple

from kg.identify.places import provinces
from kg.identify.succession import lineage
from kg.lexicon.tables import read_table
from kg.text.fold import fold

THRESHOLD: Final = 6.0
"""Score from which two posts of one name are one person's; below it they stay two, and above 0 they are reported as doubtful."""

_LEADERS: Final = range(300, 346)
_PROVINCIAL: Final = range(300, 500)
_MODIFIERS: Final = ("thường trực", "chuyên trách", "thứ nhất")
_NATIONAL: Final = 200
_HEADS_OF_MINISTRIES: Final = 215
_NO_RANK: Final = 1000
_STEP: Final = 30
_LEAP_UP: Final = 110
_LEAP_DOWN: Final = 120
_SOON: Final = 3.0
_LONG: Final = 15.0
_TOO_LONG: Final = 40.0
_NEAR: Final = 5.0
_MANY_MIDDLES: Final = frozenset({"văn", "thị"})


class Seen(NamedTuple):
    """A post as articles show it: its head ("phó chủ tịch"), the body and its province where they are known, and how senior it is."""

    head: str
    body: str | None = None
    place: str | None = None
    rank: int | None = None
    kind: str | None = None
    excludes: bool = True


class Sight(NamedTuple):
    """One sight of a post: the article, its day (None: undated), where it is from, and whether the person had left the post."""

    article: str
    day: str | None
    place: str | None
    former: bool


class Held(NamedTuple):
    """One post of one name with all its sights, sorted."""

    key: str
    name: str
    seen: Seen
    sights: tuple[Sight, ...]


class Reason(NamedTuple):
    """One piece of evidence: its name in person_evidence.csv, its weight, and the values compared."""

    name: str
    weight: float
    values: str = ""


class Comparison(NamedTuple):
    """Two posts compared: the sum of the reasons, and the reasons, strongest first."""

    score: float
    reasons: tuple[Reason, ...]

    @property
    def vetoed(self) -> bool:
        """Whether one reason alone forbids the merge, whatever the rest says."""
        return any(reason.weight <= -20 for reason in self.reasons)

    @property
    def merges(self) -> bool:
        """Whether the evidence suffices."""
        return self.score >= THRESHOLD and not self.vetoed


@cache
def weights() -> dict[str, float]:
    """Return the weight of each reason."""
    return {row["reason"]: float(row["weight"]) for row in read_table("person_evidence")}


def reason(name: str, *values: object) -> Reason:
    """Return a reason with its weight."""
    return Reason(name, weights()[name], " / ".join(str(value) for value in values))


def compare(one: Held, other: Held) -> Comparison:
    """Return what speaks for and against two posts of one name being one person's.

    >>> chair = Held("k1", "trần thị mẫu đơn", Seen("chủ tịch", "agency/ubnd-tinh@ha-noi", "ha-noi", 313), (Sight("a1", "2021-01-01", None, False),))
    >>> deputy = Held("k2", "trần thị mẫu đơn", Seen("phó chủ tịch", "agency/ubnd-tinh@ha-noi", "ha-noi", 331), (Sight("a2", "2019-01-01", None, False),))
    >>> [r.name for r in compare(chair, deputy).reasons]
    ['same_body', 'promotion', 'rare_name', 'close_in_time']
    """
    found = [*_common_ground(one.seen, other.seen), *_course(one, other), *_against(one, other)]
    if any(r.weight > 0 for r in found):
        found += _name(one.name)
        found += _gap_reasons(one, other)
    found.sort(key=lambda r: (-abs(r.weight), r.name))
    return Comparison(sum(r.weight for r in found), tuple(found))


def _common_ground(one: Seen, other: Seen) -> list[Reason]:
    if one.body and other.body:
        if one.body == other.body and _plain(one.head) == _plain(other.head):
            return [reason("same_post_but_standing", one.head, other.head)]
        if one.body == other.body:
            large = one.kind == "ministry" and max(one.rank or _NO_RANK, other.rank or _NO_RANK) > _HEADS_OF_MINISTRIES
            return [reason("same_large_body" if large else "same_body", one.body)]
        if other.body in lineage(one.body) or one.body in lineage(other.body):
            same = "same_post_in_successor_body" if one.head == other.head else "same_body"
            return [reason(same, one.body, other.body)]
    if one.place and other.place and _one_line(one.place, other.place):
        leading = one.rank in _LEADERS and other.rank in _LEADERS
        return [reason("same_province_leadership" if leading else "same_province", one.place, other.place)]
    if (one.rank or _NO_RANK) <= _NATIONAL and (other.rank or _NO_RANK) <= _NATIONAL:
        return [reason("national_leadership", one.rank, other.rank)]
    return [reason("no_shared_body_or_place", one.body or "?", other.body or "?")]


def _plain(head: str) -> str:
    """A head without what only says how it is held."""
    for modifier in _MODIFIERS:
        head = head.removesuffix(f" {modifier}")
    return head


@cache
def _places_after(place: str) -> frozenset[str]:
    found = {place}
    while (row := provinces().get(place)) and row.row["successor_id"] and row.row["successor_id"] not in found:
        place = row.row["successor_id"]
        found.add(place)
    return frozenset(found)


def _one_line(one: str, other: str) -> bool:
    """Whether two provinces are one, or one came out of the other."""
    return one in _places_after(other) or other in _places_after(one)


def _name(name: str) -> list[Reason]:
    syllables = name.split()
    if len(syllables) >= 4 or syllables[0] not in _common_families():
        return [reason("rare_name", name)]
    if syllables[-1] not in _common_given():
        return []
    very = len(syllables) == 2 or syllables[1] in _MANY_MIDDLES
    return [reason("very_common_name" if very else "common_name", name)]


@cache
def _common_given() -> frozenset[str]:
    return frozenset(fold(row["name"]) for row in read_table("common_given_names"))


@cache
def _common_families() -> frozenset[str]:
    return frozenset(fold(row["name"]) for row in read_table("family_names") if row["frequency"] == "common")


def _days(held: Held, *, former: bool) -> list[str]:
    return sorted(s.day[:10] for s in held.sights if s.day and len(s.day) >= 10 and s.former == former)


def _years(one: str, other: str) -> float:
    return abs((_date(one) - _date(other)).days) / 365.25


def _date(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:  # the register's open months have 31 days each
        return date(int(day[:4]), int(day[5:7]), 28)


def _course(one: Held, other: Held) -> list[Reason]:
    """Which way the ranks went from the earlier post to the later one, and how fast."""
    first, second = _in_order(one, other)
    if first is None or second is None:
        return []
    before, after = _seniority(first.seen), _seniority(second.seen)
    if before is None or after is None:
        return []
    years = _gap(first, second)
    told = (f"{first.seen.head} {before}", f"{second.seen.head} {after}", f"{years:.1f} y")
    if after - before > _LEAP_DOWN or (before - after > _LEAP_UP and years < _SOON):
        return [reason("implausible_jump", *told)]
    if after < before:
        return [reason("promotion", *told)]
    return [reason("step_down", *told)] if after > before + _STEP else []


def _seniority(seen: Seen) -> int | None:
    if seen.rank is not None:
        return seen.rank
    return None if seen.kind is None else 460 if seen.head.startswith("phó") else 455


def _in_order(one: Held, other: Held) -> tuple[Held | None, Held | None]:
    """The post that was held first, where no sight contradicts that."""
    mine, yours = _days(one, former=False), _days(other, former=False)
    if not mine or not yours:
        return None, None
    if mine[-1] <= yours[0]:
        return one, other
    return (other, one) if yours[-1] <= mine[0] else (None, None)


def _gap(first: Held, second: Held) -> float:
    return _years(_days(first, former=False)[-1], _days(second, former=False)[0])


def _gap_reasons(one: Held, other: Held) -> list[Reason]:
    first, second = _in_order(one, other)
    if first is None or second is None:
        mine, yours = _days(one, former=False), _days(other, former=False)
        return [reason("close_in_time", "overlap")] if mine and yours else []
    years = _gap(first, second)
    if years > _LONG:
        name = "implausible_jump" if years > _TOO_LONG else "long_gap"
        return [reason(name, f"{years:.1f} y")]
    return [reason("close_in_time", f"{years:.1f} y")] if years <= _NEAR else []


def _against(one: Held, other: Held) -> list[Reason]:
    found = []
    if _exclude(one.seen, other.seen) and (days := _overlap(one, other)):
        found.append(reason("exclusive_posts", *days))
    day = _two_provinces(one, other)
    if day:
        found.append(reason("two_provinces_on_one_day", *day))
    return found


def _exclude(one: Seen, other: Seen) -> bool:
    """Whether nobody holds both at one time: offices in two provinces, or head and deputy of one body, or of two ministries."""
    if not (one.excludes and other.excludes):
        return False
    if one.place and other.place:
        if not _one_line(one.place, other.place):
            return True
        return one.body == other.body and one.head != other.head and _pair(one.head, other.head)
    if one.place or other.place:
        local, central = (one, other) if one.place else (other, one)
        return central.kind == "ministry" and local.rank in _PROVINCIAL
    if one.kind == other.kind == "ministry" and not _same_line(one, other):
        return True
    return one.body == other.body and _pair(one.head, other.head)


def _same_line(one: Seen, other: Seen) -> bool:
    mine, yours = one.body or "", other.body or ""
    return mine in lineage(yours) or yours in lineage(mine)


def _pair(one: str, other: str) -> bool:
    """Head and deputy of the same word: "chủ tịch" and "phó chủ tịch", "bộ trưởng" and "thứ trưởng"."""
    low, high = sorted((one, other), key=len)
    return (high == f"phó {low}") or {one, other} == {"bộ trưởng", "thứ trưởng"}


def _overlap(one: Held, other: Held) -> tuple[str, str] | None:
    """Days that put both posts into one time: the same day, or one between two sights of the other."""
    mine, yours = _days(one, former=False), _days(other, former=False)
    for days, inside in ((mine, yours), (yours, mine)):
        for day in inside:
            if days and days[0] <= day <= days[-1] and not (day in (days[0], days[-1]) and days[0] != days[-1]):
                return day, f"{days[0]}..{days[-1]}"
    return None


def _two_provinces(one: Held, other: Held) -> tuple[str, str, str] | None:
    """A day on which articles of two provinces show local officials of the name."""
    if one.seen.place is None or other.seen.place is None:
        return None
    where = {s.day[:10]: s.place for s in one.sights if s.day and len(s.day) >= 10 and s.place}
    for sight in other.sights:
        mine = where.get((sight.day or "")[:10])
        if mine and sight.place and not _one_line(mine, sight.place):
            return (sight.day or "")[:10], mine, sight.place
    return None
