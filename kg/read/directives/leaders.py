"""Who leads a body or a place: "người đứng đầu Chính phủ", "lãnh đạo Bộ X yêu cầu", "người đứng đầu chính quyền tỉnh"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.read.mentions import ActorMention
from kg.read.page import Page

SPEAKS = re.compile(
    r"\s+(?:(?:cũng|đã|còn|vừa|tiếp tục|đồng thời|nghiêm túc|đặc biệt)\s+)*"
    r"(?:yêu cầu|đề nghị|chỉ đạo|lưu ý|nhấn mạnh|giao|cho rằng|cho biết|nêu rõ|khẳng định|kết luận|nhắc nhở)\b"
)
"""A verb of speech right behind its subject."""

_LEADER = re.compile(r"người đứng đầu\s+$")


def head_of_government(page: Page, mentions: Sequence[ActorMention]) -> ActorMention | None:
    """The first mention of the Prime Minister, by post."""
    return next(
        (m for m in mentions if m.kind in {"person", "post"} and page.folded.startswith("thủ tướng", m.start)), None
    )


def leader_of_government(page: Page, mention: ActorMention, head: ActorMention | None) -> ActorMention:
    """ "Người đứng đầu Chính phủ" is the Prime Minister, not the Government."""
    before = page.folded[max(0, mention.start - 16) : mention.start]
    found = _LEADER.search(before) if mention.name == "Chính phủ" else None
    if found is None:
        return mention
    start = mention.start - (len(before) - found.start())
    if head is None:
        return replace(mention, start=start, kind="post", name="Thủ tướng Chính phủ", how="written")
    return replace(head, start=start, end=mention.end, how="post")


def spokesman(page: Page, mention: ActorMention, earlier: Sequence[ActorMention]) -> ActorMention:
    """ "Lãnh đạo Bộ X yêu cầu" is the official of that body whom the article named last, if it named one."""
    if not SPEAKS.match(page.folded, mention.end):
        return mention
    holder = next((m for m in reversed(earlier) if m.kind == "person" and m.agency == mention.name), None)
    if holder is None:
        return mention
    return replace(holder, start=mention.start, end=mention.end, how="post", confidence=0.7)


_LEADERS = re.compile(r"\b(?:ban\s+|tập thể\s+)?lãnh đạo\s+$")
_LEVELS = frozenset({"tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường"})


def head_of_authority(page: Page, mention: ActorMention, earlier: Sequence[ActorMention]) -> ActorMention | None:
    """ "Người đứng đầu chính quyền tỉnh" is the chairman of the People's Committee whom the article named last."""
    before = page.folded[max(0, mention.start - 16) : mention.start]
    found = _LEADER.search(before) if mention.name.lower().startswith("chính quyền") else None
    if found is None:
        return None
    heads = (m for m in reversed(earlier) if m.kind == "person" and (m.agency or "").startswith("Ủy ban nhân dân"))
    head = next(heads, None)
    start = mention.start - (len(before) - found.start())
    return None if head is None else replace(head, start=start, end=mention.end, how="post", confidence=0.7)


def leader_of_place(page: Page, mention: ActorMention, earlier: Sequence[ActorMention]) -> ActorMention | None:
    """ "Lãnh đạo tỉnh X yêu cầu" speaks: the official of that place whom the article named last, else the leaders as written."""
    place = mention.name.lower() in _LEVELS or mention.name.split()[-1][:1].isupper()
    before = page.folded[max(0, mention.start - 20) : mention.start]
    found = _LEADERS.search(before) if place else None
    if found is None or not SPEAKS.match(page.folded, mention.end):
        return None
    start = mention.start - (len(before) - found.start())
    name = mention.name.removeprefix("tỉnh ").removeprefix("thành phố ").lower()
    near = [m for m in earlier if m.kind == "person" and m.agency and m.start > mention.start - 1500]
    holder = next((m for m in reversed(near) if m.agency and f" {name}" in m.agency.lower()), None)
    if holder is not None:
        return replace(holder, start=start, end=mention.end, how="post", confidence=0.6)
    return replace(mention, start=start, kind="post", name=f"lãnh đạo {mention.name}")
