"""Names in capitals as headers write them -> as texts write them: "SỞ Y TẾ" is "Sở Y tế", "TỈNH LẠC HÀ" "tỉnh Lạc Hà"."""

import re
from functools import cache

from kg.lexicon.matcher import Matcher
from kg.lexicon.tables import read_table, split_list
from kg.read.letters.words import words
from kg.text.fold import fold

_WORD = re.compile(r"[^\W\d_]+")
_BLANKS = re.compile(r"\s+")


@cache
def _known() -> Matcher[str]:
    """Words of names -> as they are written: bodies, their fields, posts, abbreviations written out, levels of places in lower case."""
    found: dict[str, str] = {}
    for table in ("agencies", "agency_names", "agency_heads", "agency_fields", "post_heads"):
        for row in read_table(table):
            name = row["canonical_vi"]
            if "{" not in name:
                found.setdefault(fold(name), name)
                # only what is short for a name is written out: who signs as "Thủ tướng" keeps his words
                for alias in split_list(row.get("aliases") or ""):
                    found.setdefault(fold(alias), name if _is_short(alias) else alias)
    for row in read_table("agency_vocabulary"):
        found.setdefault(fold(row["phrase"]), row["phrase"])
    for row in read_table("agency_abbreviations"):
        found.setdefault(fold(row["abbreviation"]), row["expansion"])
    return Matcher({**found, **{level: level for level in words().levels}})


def _is_short(alias: str) -> bool:
    return any(word.isupper() and len(word) > 1 for word in alias.split())


def spelled(name: str) -> str:
    """Return a name in capitals as a text writes it; one in mixed case keeps its letters. Known abbreviations are written out.

    >>> spelled("ỦY BAN NHÂN DÂN TỈNH LẠC HÀ"), spelled("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"), spelled("PHÓ CHÁNH VĂN PHÒNG")
    ('Ủy ban nhân dân tỉnh Lạc Hà', 'Sở Văn hóa, Thể thao và Du lịch', 'Phó Chánh Văn phòng')
    """
    name = _BLANKS.sub(" ", name).strip()
    if not name.isupper():
        return name
    parts, last = [], 0
    for hit in _known().find(fold(name)):
        parts += [_titled(name[last : hit.start]), hit.payload]
        last = hit.end
    joined = "".join([*parts, _titled(name[last:])])
    return joined[:1].upper() + joined[1:]


def field_spans(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of the known fields of bodies ("giáo dục và đào tạo") in a folded text."""
    return [(start + hit.start, start + hit.end) for hit in _fields().find(folded[start:end])]


def known_spans(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of known names of bodies and their fields in a folded text."""
    return [(start + hit.start, start + hit.end) for hit in _bodies().find(folded[start:end])]


@cache
def _bodies() -> Matcher[str]:
    tables = ("agencies", "agency_names", "agency_heads", "agency_fields")
    names = (row["canonical_vi"] for table in tables for row in read_table(table))
    return Matcher({fold(name): name for name in names if "{" not in name})


@cache
def _fields() -> Matcher[str]:
    forms = {fold(row["canonical_vi"]): row["canonical_vi"] for row in read_table("agency_fields")}
    return Matcher(forms)


def _titled(text: str) -> str:
    return _WORD.sub(lambda match: match.group()[0] + match.group()[1:].lower(), text)


def body_names(lines: list[str]) -> tuple[str | None, str | None]:
    """Return (parent, issuer) of the lines of a header's left column.

    A post alone goes with the body below it.

    >>> body_names(["CHỦ TỊCH", "UBND TỈNH LẠC HÀ"])
    (None, 'Chủ tịch Ủy ban nhân dân tỉnh Lạc Hà')
    >>> body_names(["UBND TỈNH LẠC HÀ", "SỞ GIÁO DỤC", "VÀ ĐÀO TẠO"])
    ('Ủy ban nhân dân tỉnh Lạc Hà', 'Sở Giáo dục và Đào tạo')
    """
    joined: list[str] = []
    for line in lines:
        if joined and (not words().heads.match(fold(line)) or fold(joined[-1]) in words().posts):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    names = [spelled(line) for line in joined]
    if not names:
        return None, None
    if len(names) == 1:
        return None, names[0]
    parent, issuer = names[-2], names[-1]
    folded = fold(issuer)
    is_partys = folded.startswith(("ban ", "ủy ban kiểm tra")) and words().party_parents.match(fold(parent))
    return parent, f"{issuer} {parent}" if folded in words().dependent or is_partys else issuer
