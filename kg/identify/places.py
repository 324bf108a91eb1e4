"""Provinces as dated versions and the districts of before 2025-07-01: found at the end of a name, or as a place by itself.

Tables: kg/lexicon/places.csv, districts.csv; rules: DOMAIN.md 2. A provincial city that bears its province's name is not the province.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from kg.identify.dates import Days, choose, span
from kg.identify.names import Key, body_key, label
from kg.lexicon.tables import read_table, split_list
from kg.model.ids import slug

_CITY: Final = "thành phố trực thuộc trung ương"
_LEVELS: Final[tuple[Key, ...]] = (
    ("thành", "phố"), ("thị", "xã"), ("huyện",), ("quận",), ("phường",), ("xã",), ("thị", "trấn"), ("đặc", "khu"),
)  # fmt: skip
_COMMITTEES: Final[dict[Key, str]] = {
    ("huyện", "ủy"): "huyện",
    ("quận", "ủy"): "quận",
    ("thị", "ủy"): "thị xã",
    ("thành", "ủy"): "thành phố",
    ("huyện", "đoàn"): "huyện",
    ("quận", "đoàn"): "quận",
    ("thị", "đoàn"): "thị xã",
    ("thành", "đoàn"): "thành phố",
}
_LAST_DISTRICT_DAY: Final = Days("2025-06-30", "2025-06-30")
_LONGEST: Final = 7
_UNREGISTERED: Final = MappingProxyType(
    dict.fromkeys(("aliases", "type", "gso_code", "valid_from", "valid_to", "successor_id"), "")
)


@dataclass(frozen=True, slots=True)
class Province:
    """One dated version of a province or centrally run city: a row of places.csv."""

    id: str
    name: str
    is_city: bool
    code: str
    days: Days
    row: Mapping[str, str] = field(repr=False, compare=False, hash=False)

    @property
    def level(self) -> str:
        """ "tỉnh" or "thành phố"."""
        return "thành phố" if self.is_city else "tỉnh"

    @property
    def full(self) -> str:
        """The name with its level."""
        return f"{self.level.capitalize() if self.name == 'Hồ Chí Minh' else self.level} {self.name}"


class District(NamedTuple):
    """A unit of the level that was abolished on 2025-07-01, and the province it lay in (name of before)."""

    level: str
    name: str
    province: str

    @property
    def id(self) -> str:
        """The readable part of ids: `huyen-tuy-phong.binh-thuan`."""
        return f"{slug(self.level)}-{slug(self.name)}.{slug(self.province)}"


@cache
def provinces() -> dict[str, Province]:
    """Return every version by its id."""
    return {
        row["place_id"]: Province(
            row["place_id"],
            row["canonical_vi"],
            row["type"] == _CITY,
            row["gso_code"],
            span(row["valid_from"], row["valid_to"]),
            row,
        )
        for row in read_table("places")
    }


@cache
def _forms() -> dict[Key, tuple[Province, ...]]:
    forms: dict[Key, dict[str, Province]] = {}
    for province in provinces().values():
        for form in (province.name, province.full, *split_list(province.row["aliases"])):
            forms.setdefault(body_key(form), {})[province.id] = province
    return {key: tuple(found.values()) for key, found in forms.items()}


@cache
def name_forms() -> dict[str, tuple[Province, ...]]:
    """Return the names of provinces as they are written, each with the versions that bear it."""
    forms: dict[str, dict[str, Province]] = {}
    for province in provinces().values():
        for form in (province.name, province.full, *split_list(province.row["aliases"])):
            # "Ha Noi" may be anything; "Gia Lai" and "TP.HCM" need no marks
            if form == province.name or not form.isascii() or form.upper().startswith("TP"):
                forms.setdefault(form, {})[province.id] = province
    return {form: tuple(found.values()) for form, found in forms.items()}


@cache
def _districts() -> dict[tuple[str, Key], tuple[District, ...]]:
    found: dict[tuple[str, Key], dict[str, District]] = {}
    for row in read_table("districts"):
        if not row["province_vi"]:
            continue
        level = body_key(row["type"])
        name = body_key(row["canonical_vi"])
        bare = name[len(level) :] if name[: len(level)] == level else name
        district = District(row["type"], " ".join(bare), row["province_vi"])
        found.setdefault((row["type"], bare), {})[row["province_vi"]] = district
    return {key: tuple(of.values()) for key, of in found.items()}


def province_at_end(key: Key, day: Days | None) -> tuple[Key, Province] | None:
    """Return what stands before the province that ends `key`, and the version of it that an article of `day` means."""
    for length in range(min(_LONGEST, len(key)), 0, -1):
        versions = _forms().get(key[-length:])
        if not versions:
            continue
        rest = key[:-length]
        if _names_smaller_unit(rest, key[-length:], day):
            return None
        province = choose(versions, day)
        return (rest, province) if province else None
    return None


def _names_smaller_unit(rest: Key, form: Key, day: Days | None) -> bool:
    """ "thành phố Cao Bằng", "Thành ủy Hòa Bình": a city inside a province; "thành phố Huế" without a date may be either."""
    if any(rest[-len(level) :] == level for level in _LEVELS):
        return True
    if rest[-2:] in _COMMITTEES and rest[-2:] != ("thành", "ủy") and rest[-2:] != ("thành", "đoàn"):
        return True
    city = rest[-2:] in {("thành", "ủy"), ("thành", "đoàn")} or form[:2] == ("thành", "phố")
    name = form[2:] if form[:2] == ("thành", "phố") else form
    if not city or ("thành phố", name) not in _districts():
        return False
    chosen = choose(_forms()[form], day) if day else None
    return chosen is None or not chosen.is_city or not chosen.days.covers(day or chosen.days)


def province_named(text: str | None, day: Days | None) -> Province | None:
    """Return the province that `text` names, alone or after a smaller unit ("huyện Tuy Phong, tỉnh Bình Thuận").

    >>> province_named("tỉnh Bình Thuận", None).id
    'binh-thuan'
    """
    if not text:
        return None
    for part in reversed(text.split(",")):
        found = province_at_end(body_key(part), day)
        if found and not found[0]:
            return found[1]
    return None


def district_at_end(key: Key, province: Province | None, day: Days | None) -> tuple[Key, District] | None:
    """Return what stands before the district that ends `key`, and the district, where the register knows one only.

    Among districts of one name, `province` decides. The committee stays in what stands before: "Huyện ủy".
    """
    for length in range(min(4, len(key) - 1), 0, -1):
        rest, name = key[:-length], key[-length:]
        level = next((level for level in _LEVELS[:4] if rest[-len(level) :] == level), None)
        kind = " ".join(level) if level else _COMMITTEES.get(rest[-2:], "")
        found = _districts().get((kind, name))
        rest = rest[: -len(level)] if level else rest
        if found and rest:
            chosen = None if kind == "thành phố" and _may_be_city(name, day) else _one(found, province)
            return (rest, chosen) if chosen else None
    return None


def _may_be_city(name: Key, day: Days | None) -> bool:
    """Whether a provincial city shares its name with a centrally run one that was there on `day`: Huế from 2025."""
    return any(v.is_city and (day is None or v.days.meets(day)) for v in _forms().get(("thành", "phố", *name), ()))


def _one(found: tuple[District, ...], province: Province | None) -> District | None:
    if len(found) == 1:
        return found[0]
    named = [d for d in found if province and d.province == province.name]
    return named[0] if len(named) == 1 else None


def province_of(district: District) -> Province | None:
    """Return the version of its province in which the district ended."""
    return choose(_forms().get(body_key(district.province), ()), _LAST_DISTRICT_DAY)


def names_commune(key: Key) -> bool:
    """Say whether a commune, ward or township is named inside `key`: such names repeat within one province.

    >>> names_commune(body_key("Đảng ủy xã Tân Lập")), names_commune(body_key("Bảo hiểm xã hội"))
    (True, False)
    """
    return any(_is_commune(key, i) for i in range(1, len(key) - 1))


def _is_commune(key: Key, i: int) -> bool:
    if key[i] == "phường" or key[i : i + 2] in {("thị", "trấn"), ("đặc", "khu")}:
        return True
    return key[i] == "xã" and key[i - 1] not in {"thị", "tác"} and key[i + 1] != "hội"


def province_stated(text: str | None, day: Days | None) -> Province | None:
    """Return the province that a profile, the user or a reading states: of the register, or by its name alone where the register has none.

    A name that the register has, of which `day` leaves the version open, states none.

    >>> province_stated("tỉnh Lâm Giang", None).name, province_stated("huyện Tuy Phong", None)
    ('Lâm Giang', None)
    """
    found = province_named(text, day)
    if found or not text:
        return found
    key, name = body_key(text), text.strip()
    level = next((level for level in (("tỉnh",), ("thành", "phố")) if key[: len(level)] == level), ())
    smaller = any(key[: len(other)] == other for other in _LEVELS[1:])
    bare = key[len(level) :]
    if not bare or smaller or "," in text or any(key[-length:] in _forms() for length in range(1, len(key) + 1)):
        return None
    shown = " ".join(name.split()[len(level) :]) if len(name.split()) == len(key) else name
    return Province(label(shown, *bare), shown, level == ("thành", "phố"), "", span("", ""), _UNREGISTERED)


def with_successors(used: Iterable[Province]) -> list[Province]:
    """Return these provinces and all that succeed them, sorted by id."""
    wanted, found = list(used), {}
    while wanted:
        province = wanted.pop()
        if province.id not in found:
            found[province.id] = province
            wanted += [provinces()[successor] for successor in (province.row["successor_id"],) if successor]
    return [found[ident] for ident in sorted(found)]
