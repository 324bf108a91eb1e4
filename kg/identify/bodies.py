"""Which body a name in an article means: a row of the register, a name with its place, or a body that only this article knows.

Never merged on a doubt: a bare "Tỉnh ủy" in an article whose place nobody states stays the article's own.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from kg.identify.dates import Days
from kg.identify.decisions import NO_RENAMES, Renames
from kg.identify.names import Key, body_key, label
from kg.identify.places import (
    District,
    Province,
    district_at_end,
    names_commune,
    province_at_end,
    province_named,
    province_of,
    province_stated,
    provinces,
)
from kg.identify.register import (
    Row,
    central_row,
    has_central_versions,
    has_template,
    is_national,
    is_one_of_many,
    rows,
    template,
)
from kg.identify.succession import parse_id, successor_ids
from kg.model.ids import digest

How = Literal[
    "register", "place in the name", "place of the article", "district", "national name", "decided", "article only"
]
"""The key by which a body is known; all but the last may join articles."""

_OF = frozenset({"của", "thuộc"})
_TWO_TIERS = "2025-07-01"


class Context(NamedTuple):
    """What an article gives for understanding its names: its id, its days (None: undated), and its province where stated."""

    article: str
    day: Days | None
    province: Province | None
    decided: Renames = NO_RENAMES


@dataclass(frozen=True, slots=True)
class Body:
    """A body as one dated version. `name` is the register's, or None where the name as written stands; `parent` and `successors` are ids
    that may not be in the graph."""

    id: str
    how: How
    name: str | None = None
    kind: str | None = None
    row: str | None = None
    place: Province | None = None
    parent: str | None = None
    successors: tuple[str, ...] = ()

    @property
    def shared(self) -> bool:
        """Whether another article may mean the same body."""
        return self.how != "article only"


def resolve_body(name: str, place: str | None, context: Context) -> Body:
    """Return the body that `name` means in an article; `place` is what the reading says of it ("Bình Thuận"), if anything."""
    found = _resolve(name, place, period_of(context.day) if context.day else None, context.province)
    if found is None or (found.id, context.article) in context.decided.apart:
        found = Body(local_id(name, context.article), "article only")
    now = context.decided.now.get(found.id)
    return found if now is None or now == found.id else _decided(now)


def local_id(name: str, article: str) -> str:
    """Return the id of a body that only one article knows."""
    return f"agency/{label(name, *body_key(name))}@{article}"


def _decided(ident: str) -> Body:
    """The body that a person's decision puts in the place of another: of the register, or only its id is known."""
    parsed = parse_id(ident)
    if parsed is None:
        return Body(ident, "decided")
    row, place = parsed
    name = filled(row, place) if place else row.name
    parent = _local(row.parent, place) if place else f"agency/{row.parent}" if row.parent else None
    return Body(ident, "decided", name, row.kind, row.id, place, parent, successor_ids(row, place))


@lru_cache(maxsize=10_000)
def period_of(day: Days) -> Days:
    """Return the first days that no register tells from those of `day`: what a name meant on one, it meant on the other.

    >>> from kg.identify.dates import days_of
    >>> period_of(days_of("2026-03-04")) == period_of(days_of("2026-03-05")) != period_of(days_of("2025-03-05"))
    True
    """
    return Days(*(_boundaries()[bisect_right(_boundaries(), one) - 1] for one in day))


@cache
def _boundaries() -> tuple[str, ...]:
    """Where anything in the registers begins or has just ended, sorted."""
    spans = [row.days for row in rows().values()] + [province.days for province in provinces().values()]
    # the least string after that of a last day
    return tuple(sorted({"", _TWO_TIERS, *(days.first for days in spans), *(days.last + "\0" for days in spans)}))


@lru_cache(maxsize=100_000)
def _resolve(name: str, place: str | None, day: Days | None, province: Province | None) -> Body | None:
    key = body_key(name)
    row = central_row(key, day)
    if row:
        return _central(row)
    if has_central_versions(key):
        return None  # two versions of one name, and no date that tells which
    placed = _placed(key, place, day, province)
    if placed:
        return placed
    if is_one_of_many(key):
        return None
    if is_national(key):
        return Body(f"agency/{label(name, *key)}", "national name")
    inside = _inside_central(key, day)
    if inside:
        return inside
    return _military_region(key) or _of_article(name, key, day, province)


def _central(row: Row) -> Body:
    return Body(
        f"agency/{row.id}",
        "register",
        row.name,
        row.kind,
        row.id,
        None,
        f"agency/{row.parent}" if row.parent else None,
        successor_ids(row, None),
    )


def _inside_central(key: Key, day: Days | None) -> Body | None:
    """A part of a national body, named with it: "Thanh tra Bộ Nội vụ", "Ban cán sự đảng Bộ Y tế"."""
    for cut in range(2, len(key) - 1):
        row = central_row(key[cut:], day)
        if row:
            own = key[: cut - 1] if key[cut - 1] in _OF else key[:cut]
            return Body(f"agency/{label(' '.join(own), *own)}@{row.id}", "national name", parent=f"agency/{row.id}")
    return None


def _placed(key: Key, place: str | None, day: Days | None, province: Province | None) -> Body | None:
    """A body whose own name, or the reading of it, states its place."""
    at_end = province_at_end(key, day)
    stated = at_end[1] if at_end else province_named(place, day) or _unregistered(place, day)
    rest = at_end[0] if at_end else _before(key, place) if stated else key
    district = district_at_end(rest, stated or province, day)
    if district:
        return None if names_commune(district[0]) else _in_district(*district)
    if not stated or not rest:
        return None
    if names_commune(rest) and not (day and day.first >= _TWO_TIERS):
        return None
    return _in_province(_without_level(rest, stated), stated, day, "place in the name")


def _unregistered(place: str | None, day: Days | None) -> Province | None:
    """A province that only its level word marks as one: "tỉnh Lâm Giang"."""
    return province_stated(place, day) if place and body_key(place)[:1] == ("tỉnh",) else None


def _before(key: Key, place: str | None) -> Key:
    """What stands before the place in a name that ends with it."""
    end = body_key(place or "")
    return key[: -len(end)] if key[-len(end) :] == end else key


def _without_level(key: Key, province: Province) -> Key:
    level = tuple(province.level.split())
    return key[: -len(level)] if len(key) > len(level) and key[-len(level) :] == level else key


def _in_district(base: Key, district: District) -> Body:
    row = template(base, "district", None)
    place = province_of(district)
    head = row.id if row else label(" ".join(base), *base)
    return Body(
        f"agency/{head}@{district.id}", "district", None, row.kind if row else None, row.id if row else None, place
    )


def _in_province(base: Key, province: Province, day: Days | None, how: How) -> Body | None:
    row = template(base, "province", day)
    if row is None:
        if has_template(base, "province"):
            return None  # dated versions of one name, and no date that tells which
        return Body(f"agency/{label(' '.join(base), *base)}@{province.id}", how, place=province)
    return Body(
        f"agency/{row.id}@{province.id}",
        how,
        filled(row, province),
        row.kind,
        row.id,
        province,
        _local(row.parent, province),
        successor_ids(row, province),
    )


def _local(row_id: str, province: Province) -> str | None:
    if not row_id or row_id not in rows():
        return None
    return f"agency/{row_id}@{province.id}" if rows()[row_id].level == "province" else f"agency/{row_id}"


def filled(row: Row, province: Province) -> str:
    """Return the name of the body of a template in a province: "Sở Y tế tỉnh Bình Thuận", "Thành ủy Hà Nội"."""
    name = row.name
    if province.is_city:
        name = name.replace("Tỉnh ủy", "Thành ủy").replace("Tỉnh đoàn", "Thành đoàn")
    if "{type} {place}" in name:
        return name.replace("{type} {place}", province.full)
    if "{place}" in name:
        return name.replace("{place}", province.name)
    return f"{name.removesuffix(' tỉnh')} {province.full}"


def _of_article(name: str, key: Key, day: Days | None, province: Province | None) -> Body | None:
    """A local body named without its place, in an article whose province is stated."""
    if province is None:
        return None
    if _other_levels(province) & set(pairwise(key)):
        return None
    if province.is_city and "tỉnh" in key:
        return None
    base = _without_level(key, province)
    if key[0] != "sở" and not _known_without_place(base, key, day):
        return None
    return _in_province(base, province, day, "place of the article")


def _other_levels(province: Province) -> set[tuple[str, str]]:
    """Words of a city's bodies say nothing about those of a province: there "thành phố", "Thành ủy" are one level down."""
    return set() if province.is_city else {("thành", "phố"), ("thành", "ủy"), ("thành", "đoàn")}


def _known_without_place(base: Key, key: Key, day: Days | None) -> bool:
    row = template(base, "province", day)
    return row is not None and (not row.needs_level or base != key)


def _military_region(key: Key) -> Body | None:
    if len(key) >= 3 and key[-3:-1] == ("quân", "khu") and key[-1].isdigit():
        return Body(f"agency/{'-'.join(('quan-khu', key[-1]))}~{digest(*key, length=8)}", "national name")
    return None
