"""Finds a body in the register of agencies (agencies.csv), where its name, level and date leave one row only."""

from functools import cache
from typing import NamedTuple

from kg.lexicon.tables import read_table, split_list
from kg.read.actors.lexicon import abbreviations, folded
from kg.read.actors.places import CITIES

_SLOTS = {"{place}": "province", "{district}": "district", "{commune}": "commune"}
_LEVELS = {
    "tỉnh": "province",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}


class _Row(NamedTuple):
    id: str
    level: str
    valid_from: str
    valid_to: str


@cache
def _rows() -> dict[str, tuple[_Row, ...]]:
    """Return the rows of the register by folded name, without the slots of templates."""
    out: dict[str, list[_Row]] = {}
    for row in read_table("agencies"):
        if row["kind"] in {"addressee_group", "enterprise"}:
            continue
        level = next((level for slot, level in _SLOTS.items() if slot in row["canonical_vi"]), "")
        entry = _Row(row["agency_id"], level, row["valid_from"], row["valid_to"])
        plain = row["is_template"] != "1"
        for form in (row["canonical_vi"], *(split_list(row["aliases"]) if plain else ())):
            out.setdefault(folded(form.split(" {")[0]), []).append(entry)
    return {name: tuple(entries) for name, entries in out.items()}


def level_of(place: str) -> str:
    """Return the level of a place as a name gives it: province, district, commune; empty if it says none.

    >>> level_of("huyện Lạc Sơn"), level_of("thành phố Hà Nội"), level_of("tỉnh"), level_of("Yên Bái")
    ('district', 'province', 'province', 'province')
    """
    text = folded(place)
    if text.startswith("thành phố"):
        name = text.removeprefix("thành phố").strip()
        return "province" if name in CITIES else ("district" if name else "")
    for word, level in _LEVELS.items():
        if text == word or text.startswith(word + " "):
            return level
    return "province" if text else ""


def register_id(name: str, place: str, published: str | None) -> str | None:
    """Return the id of the register's row for a body named `name` at `place`, or None unless exactly one fits.

    `published` (ISO 8601) chooses between a body and its namesake before and after a reorganisation.
    """
    level = level_of(place)
    spoken = not place and bool({"tỉnh", "huyện"} & set(folded(name).split()))
    fitting = [row for row in _rows().get(folded(name), ()) if not row.level or row.level == level or spoken]
    if published:
        day = published[:10]
        fitting = [row for row in fitting if row.valid_from <= day and (not row.valid_to or day <= row.valid_to + "~")]
    ids = {row.id for row in fitting}
    return next(iter(ids)) if len(ids) == 1 else None


@cache
def _positions() -> dict[str, str]:
    """Return the posts of the register by folded name, abbreviations written out: "chủ tịch ủy ban nhân dân tỉnh" -> id."""
    table = abbreviations()
    out: dict[str, str] = {}
    for row in read_table("positions"):
        if row["row_type"] != "post":
            continue
        for form in (row["canonical_vi"], *split_list(row["aliases"])):
            words = [folded(table.get(folded(word), word)) for word in form.split() if not word.startswith("{")]
            out.setdefault(" ".join(words), row["position_id"])
    return out


def position_id(role: str, body: str, place: str) -> str | None:
    """Return the id in the register of positions of `role` (folded) in `body` at `place`, or None.

    >>> position_id("chủ tịch", "Ủy ban nhân dân", "huyện Lạc Sơn"), position_id("giám đốc", "Sở Y tế", "")
    ('ct-ubnd-h', 'gd-so')
    """
    known, name = _positions(), folded(body)
    level = next((word for word in (*_LEVELS, "thành phố") if folded(place).startswith(word)), "")
    tries = (f"{role} {name} {level}".strip(), f"{role} {name}".strip(), f"{role} {name.split(' ')[0]}".strip())
    return next((known[key] for key in tries if key in known), None)
