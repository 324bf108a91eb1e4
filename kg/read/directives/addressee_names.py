"""What an addressee is called: posts as written, agencies expanded, "đoàn" and "đơn vị này" by the full name that the article gave."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.read.directives.analysis import SentenceView
from kg.read.directives.candidates import Context, Decision
from kg.read.directives.parties import Party, expand
from kg.read.directives.phrases import has_determiner, head_of
from kg.read.mentions import ActorMention
from kg.read.page import Page
from kg.text.letters import LOWER, UPPER

_HONORIFIC = re.compile(r"^(?:các đồng chí|đồng chí|đ/c|ông|bà|đại diện|lãnh đạo)\s+", re.IGNORECASE)
_SHORT = frozenset(
    ["đơn vị", "nhà trường", "trường", "trung tâm", "công ty", "tổ công tác", "viện", "bệnh viện", "ban", "học viện", "tập đoàn",
     "tổng công ty", "nhà máy", "hội", "hiệp hội", "chi cục", "cơ quan", "ngân hàng", "công viên", "ban chỉ đạo", "ban quản lý",
     "đoàn", "bộ", "sở", "cục", "vụ", "tổng cục", "đảng ủy", "hội đồng", "văn phòng", "khu công nghiệp"]
)  # fmt: skip
_THIS = re.compile(r"\s+(?:này|trên|nói trên|đó|ấy)$")


def addressee_name(page: Page, mention: ActorMention) -> str:
    """Return the name of an addressee: a post that stands without its holder's name stays a post (GUIDELINES.md)."""
    if mention.kind == "person" and mention.how == "post":
        return expand(_HONORIFIC.sub("", page.text[mention.start : mention.end]))
    if mention.kind in {"post", "group"}:
        return _trim(expand(mention.name))
    return _trim(mention.name)


_INSIDE = ("các", "những")


def _trim(name: str) -> str:
    """A name without the verb and its object that ran into it: "Ban Quản lý chợ" + "tháo dỡ các lều"."""
    words = name.split()
    for position in range(3, len(words) - 1):
        word, before = words[position], words[position - 1]
        if word in _OBJECTS and before.islower() and before not in _NOUNS and words[position - 2] not in _INSIDE:
            return " ".join(words[: position - (1 if words[position - 2][0].isupper() or position < 5 else 2)])
    return name


_OBJECTS = frozenset({"toàn", "một", "những", "hết", "mọi", "các"})
_NOUNS = frozenset(
    ["ubnd", "dân", "lý", "đạo", "trưởng", "ủy", "diện", "chức", "đốc", "tịch", "an", "thư", "của", "ở", "tại", "và", "cùng", "từ", "cả", "bộ", "huy", "sát",
     "tế", "tạo", "vệ", "đoàn", "viên", "thanh", "tra", "quyền", "chức", "đảng"]
)  # fmt: skip


_BODIES = re.compile(r"(?:, | và )(?=cơ quan (?:ngang|thuộc|trung ương|Trung ương|đảng|Đảng|nhà nước|chuyên môn))")
"""Between the bodies of "các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ", which are named one by one."""

_THESE = re.compile(
    r"(?:các|những|hai|ba|bốn)\s+(?:cơ quan|đơn vị|địa phương|nơi|bộ|sở|ban|cục|ngành|bộ, ngành|sở, ngành)\s+(?:này|trên|nói trên|nêu trên)$"
)


_PEOPLE = frozenset(
    ["cán bộ", "công chức", "viên chức", "chiến sĩ", "đảng viên", "hội viên", "đoàn viên", "người lao động", "học sinh", "sinh viên",
     "giáo viên", "nhân viên", "sĩ quan", "cử tri", "nhân dân", "người dân", "bà con"]
)  # fmt: skip
"""Heads that stay one group in a list without determiners: "cán bộ, công chức"."""


def _joined_people(page: Page, mentions: Sequence[ActorMention]) -> list[ActorMention]:
    """Lists of people's heads as one mention each: "các cán bộ" + "chiến sĩ" -> "các cán bộ, chiến sĩ"."""
    out: list[ActorMention] = []
    for mention in mentions:
        last = out[-1] if out else None
        people = last is not None and head_of(last.name) in _PEOPLE and head_of(mention.name) in _PEOPLE
        gap = page.text[last.end : mention.start] if last is not None else ""
        if last is not None and people and gap in {", ", " và "} and not has_determiner(mention.name):
            out[-1] = replace(last, end=mention.end, name=f"{last.name}{gap}{mention.name}")
        else:
            out.append(mention)
    return out


def addressee_names(
    ctx: Context, view: SentenceView, party: Party, issuer: str, earlier: Sequence[Decision]
) -> tuple[str, ...]:
    """Return the names of a party's members except the issuer's, each once."""
    names: list[str] = []
    for mention in _joined_people(ctx.page, party.mentions):
        if mention.name == issuer:
            continue
        if earlier and mention.kind == "group" and _THESE.match(mention.name.lower()):
            names += earlier[-1].addressees
            continue
        name = addressee_name(ctx.page, mention)
        name = ctx.acronyms.get(name, name)
        if mention.kind == "group" and _BODIES.search(name):
            names += _BODIES.split(name)
            continue
        names.append(_full(ctx, mention, name, earlier) if mention.kind in {"group", "agency"} else name)
    return tuple(dict.fromkeys(names))


def _full(ctx: Context, mention: ActorMention, name: str, earlier: Sequence[Decision]) -> str:
    """The full name that "trung tâm", "đơn vị này", "tổ công tác" stands for, as the article gave it last."""
    head = _THIS.sub("", name.lower())
    this = head != name.lower()
    if head not in _SHORT:
        longer = [n for n in ctx.longer.get(head, ()) if n != name]
        return longer[-1] if len(head.split()) > 1 and longer and not has_determiner(name) else name
    told = [n for d in earlier for n in d.addressees]
    bodies = [
        m.name
        for v in ctx.views
        if v.start <= mention.start
        for m in v.mentions
        if m.kind == "agency" and m.end <= mention.start
    ]
    known = [*bodies[-12:], *told]
    same = [n for n in known if n.lower().startswith(head) and len(n) > len(head)]
    if same:
        return same[-1]
    if this or head in {"đơn vị", "cơ quan", "trường", "nhà trường"}:
        school = [n for n in known if n.lower().startswith(("trường", "học viện"))] if "trường" in head else known
        return school[-1] if school else name
    return _spelled(ctx.page, head, mention.start) or name


def _spelled(page: Page, head: str, end: int) -> str | None:
    """The name that the text last gave to "đoàn", "tổ công tác" before code point `end`: "Đoàn Thanh tra", "Tổ công tác 35"."""
    found = None
    for match in _named(head).finditer(page.text, 0, end):
        found = match.group()
    return found


@cache
def _named(head: str) -> re.Pattern[str]:
    capital = rf"[{UPPER}][{LOWER}{UPPER}]*"
    return re.compile(
        rf"\b(?:{head[0].upper()}|{head[0]}){head[1:]}(?: {capital}(?: [{LOWER}]+)?(?: {capital})*| \d+)(?=[ ,.;:)])"
    )
