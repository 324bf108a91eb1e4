"""The register of agencies as a look-up: names of national bodies, and templates of local ones, each a list of dated versions.

Tables: kg/lexicon/agencies.csv (rows with is_template=1 are filled in with a place) and agency_names.csv (more national bodies).
Names that the register gives to bodies of two levels ("Công đoàn", "Đoàn Thanh niên") point at none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal

from kg.identify.dates import Days, choose, span
from kg.identify.names import Key, body_key
from kg.lexicon.tables import read_table, split_list

Level = Literal["central", "province", "district"]

_SLOT: Final = re.compile(r"\{\w+\}|\([^)]*\)")
OFFICES: Final = frozenset({"ttg", "ctn"})
"""Rows that are offices of one person: as addressees or issuers they are posts."""

_TAILS: Final = (("tỉnh",), ("thành", "phố"), ("huyện",))
_NATIONAL_ENDS: Final = (("việt", "nam"), ("trung", "ương"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of agencies.csv: a body, or the template of the bodies of one kind, as one dated version."""

    id: str
    name: str
    kind: str
    level: str
    parent: str
    successors: tuple[str, ...]
    days: Days
    needs_level: bool
    abbreviations: tuple[str, ...] = field(repr=False)


@cache
def rows() -> dict[str, Row]:
    """Return every row by its id."""
    return {row["agency_id"]: _row(row) for row in read_table("agencies")}


def _row(row: dict[str, str]) -> Row:
    name = row["canonical_vi"]
    return Row(
        row["agency_id"],
        name,
        row["kind"],
        _level(row),
        row["parent_id"],
        tuple(split_list(row["successor_id"])),
        span(row["valid_from"], row["valid_to"]),
        "{type}" in name or name.endswith(" tỉnh"),
        tuple(split_list(row["abbreviations"])),
    )


def _level(row: dict[str, str]) -> str:
    """The level that decides how a row is looked up; rows that are neither national nor local by one place have none."""
    if row["is_template"] == "0":
        return "central" if row["level"] == "central" else ""
    return row["level"] if row["level"] in {"province", "district"} else ""


@cache
def _names() -> dict[Level, dict[Key, tuple[Row, ...]]]:
    """Names of each level with their dated versions; a name that two kinds of body share is left out."""
    found: dict[Level, dict[Key, dict[str, Row]]] = {"central": {}, "province": {}, "district": {}}
    canonical: dict[Level, set[Key]] = {"central": set(), "province": set(), "district": set()}
    for source in read_table("agencies"):
        row = rows()[source["agency_id"]]
        if row.id in OFFICES or row.level not in found:
            continue
        level: Level = row.level
        for form in _keys(row.name, level):
            canonical[level].add(form)
            found[level].setdefault(form, {})[row.id] = row
        for alias in _aliases(source):
            for form in _keys(alias, level):
                found[level].setdefault(form, {})[row.id] = row
    return {
        level: {
            key: versions
            for key, of in names.items()
            if (versions := _versions(key, tuple(of.values()), level, canonical)) and not _shared(key, level, found)
        }
        for level, names in found.items()
    }


def _aliases(source: dict[str, str]) -> Iterator[str]:
    """Aliases that name the body itself: not its sector ("ngành Y tế"), not a word or two that may mean much else."""
    for alias in split_list(source["aliases"]):
        if not alias.startswith("ngành ") and (source["is_template"] == "1" or len(body_key(alias)) > 2):
            yield alias
    if source["is_template"] == "1":
        yield from (a for a in split_list(source["abbreviations"]) if " " in a)
    else:
        own = set(body_key(source["canonical_vi"]))
        # "BTC" is written out as "Ban Tổ chức": no name of the Ministry of Finance
        yield from (
            a
            for a in split_list(source["abbreviations"])
            if " " in a or len(key := body_key(a)) == 1 or own >= set(key)
        )


def _keys(name: str, level: Level) -> Iterator[Key]:
    key = body_key(_SLOT.sub(" ", name))
    tail = next((t for t in _TAILS if key[-len(t) :] == t), ()) if level != "central" else ()
    bare = key[: len(key) - len(tail)]
    if not bare:
        return
    yield bare
    if level == "province" and "tỉnh" in bare:
        text = " ".join(bare)
        yield tuple(text.replace("tỉnh ủy", "thành ủy").replace("tỉnh đoàn", "thành đoàn").split())


def _versions(key: Key, of: tuple[Row, ...], level: Level, canonical: dict[Level, set[Key]]) -> tuple[Row, ...]:
    """The rows are versions of one body if they bear the same name; else the row whose own name it is comes before aliases."""
    own = tuple(row for row in of if key in set(_keys(row.name, level))) if key in canonical[level] else ()
    chosen = own or of
    return chosen if len({body_key(_SLOT.sub(" ", row.name)) for row in chosen}) == 1 else ()


def _shared(key: Key, level: Level, found: dict[Level, dict[Key, dict[str, Row]]]) -> bool:
    """Whether the name belongs to national and local bodies alike."""
    return (level == "central" and key in found["province"]) or (level == "province" and key in found["central"])


@cache
def _national() -> frozenset[Key]:
    forms = ((row["canonical_vi"], *split_list(row["aliases"])) for row in read_table("agency_names"))
    return frozenset(body_key(form) for of in forms for form in of) - set(_names()["province"])


@cache
def _many() -> frozenset[Key]:
    return frozenset(body_key(row["canonical_vi"]) for row in read_table("many_bodies"))


def is_one_of_many(key: Key) -> bool:
    """Say whether a name is of a kind of which one body has several, so that name and body do not tell which.

    >>> is_one_of_many(body_key("Tổ công tác của Thủ tướng Chính phủ")), is_one_of_many(body_key("Vụ Pháp chế Bộ Y tế"))
    (True, False)
    """
    return any(key[:length] in _many() for length in range(2, 6))


def central_row(key: Key, day: Days | None) -> Row | None:
    """Return the national body of that name in the version of `day`, None where there is none or it is in doubt."""
    return choose(_names()["central"].get(key, ()), day)


def has_central_versions(key: Key) -> bool:
    """Say whether the register knows a national body of that name, on whatever day."""
    return key in _names()["central"]


def template(key: Key, level: Literal["province", "district"], day: Days | None) -> Row | None:
    """Return the template of local bodies of that name without place, in the version of `day`."""
    return choose(_names()[level].get(key, ()), day)


def has_template(key: Key, level: Literal["province", "district"]) -> bool:
    """Say whether the register knows local bodies of that name, on whatever day."""
    return key in _names()[level]


def is_national(key: Key) -> bool:
    """Say whether a name outside the register is that of one national body: listed, or "... Việt Nam", "... Trung ương".

    >>> is_national(body_key("Ủy ban An toàn giao thông Quốc gia")), is_national(body_key("Tỉnh ủy"))
    (True, False)
    """
    if key in _national():
        return True
    ends = len(key) >= 4 and key[-2:] in _NATIONAL_ENDS
    return ends and key not in _names()["province"] and key[:-2] not in _names()["province"]
