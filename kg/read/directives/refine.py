"""Makes addressees of actor mentions: noun phrases in full ("các giám thị coi thi"), neighbours joined ("tỉnh" + "Phú Thọ"), "cơ quan này" resolved."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from kg.read.actors.lexicon import abbreviations
from kg.read.directives.cues import task_verbs
from kg.read.directives.leaders import (
    SPEAKS,
    head_of_authority,
    head_of_government,
    leader_of_government,
    leader_of_place,
    spokesman,
)
from kg.read.directives.stops import stop_words
from kg.read.mentions import ActorKind, ActorMention
from kg.read.page import Page
from kg.text.alternatives import alternatives
from kg.text.fold import fold
from kg.text.letters import LOWER, UPPER

_DETERMINER = re.compile(
    r"(?:(?:chỉ huy|thủ trưởng|lãnh đạo|người đứng đầu|đại diện|giám đốc|chủ tịch)\s+)?"
    r"(?:tất cả các|tất cả|toàn thể các|các|những|từng|mỗi|mọi|toàn thể|cả|toàn bộ|chỉ huy)\s+$"
)
_SECOND = frozenset({"ngành", "huyện"})
_PAIR = re.compile(
    r"(?:(?:tất cả các|tất cả|toàn thể các|các|những|từng|mỗi|mọi)\s+(?:(?:sở|bộ|ban|cấp|quận),?\s+)?|\b(?:sở|bộ|ban|quận),?\s+)$"
)
"""In front of the second word of "từng sở ngành", "quận huyện"."""
_THIS = re.compile(r"\s+(?:này|trên|nói trên|đó|ấy)\b")
_PLACE_HEAD = {
    "tỉnh": "tỉnh",
    "thành phố": "thành phố",
    "tp": "TP",
    "huyện": "huyện",
    "quận": "quận",
    "thị xã": "thị xã",
}
_BODY_HEADS = frozenset(
    [
        "đơn vị",
        "cơ quan",
        "bệnh viện",
        "trường",
        "nhà trường",
        "trung tâm",
        "công ty",
        "tập đoàn",
        "bộ",
        "sở",
        "ngành",
        "chủ đầu tư",
        "doanh nghiệp",
        "ban",
        "viện",
        "học viện",
    ]
)
_JOINABLE = frozenset({"group", "post"})


@cache
def _tail() -> re.Pattern[str]:
    verbs = alternatives(task_verbs())
    stop = rf"(?:{stop_words()}|{verbs})"
    return re.compile(rf"((?:\s+(?!(?:{stop}|và|hoặc|cùng)\b)[{LOWER}]+){{1,4}}?)(?=\s+{stop}\b)")


@cache
def _sector() -> re.Pattern[str]:
    text = (files("kg.read.directives") / "sectors.txt").read_text(encoding="utf-8")
    sectors = alternatives(line for line in text.splitlines() if line and line[0] != "#")
    return re.compile(rf"\s+{sectors}\b")


@cache
def _named_place(head: str) -> re.Pattern[str]:
    name = rf"[{UPPER}][{LOWER}]+(?:\s?-\s?[{UPPER}][{LOWER}]+|\s[{UPPER}][{LOWER}]+){{0,3}}"
    # each word looks back to where it began: so `re` finds the few places by their first letters
    written = "|".join(rf"{word}(?<!\w{word})" for word in (head, head[0].upper() + head[1:]))
    return re.compile(rf"(?:{written})(?:\s[uủ][yỷ])?\s({name})")


class _Places:
    """The places that a text names with their level ("tỉnh Phú Thọ"), sought once for each level."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, list[re.Match[str]]] = {}

    def before(self, head: str, end: int) -> Iterator[str]:
        """Yield the names of the level `head` that stand before code point `end`, the last first."""
        pattern = _named_place(head)
        if head not in self._found:
            self._found[head] = list(pattern.finditer(self._text))
        found = self._found[head]
        count = bisect_right(found, end, key=lambda match: match.end())
        cut = pattern.match(self._text, found[count].start(), end) if count < len(found) else None
        if cut is not None:
            yield cut.group(1)
        for number in range(count - 1, -1, -1):
            yield found[number].group(1)


def refine(page: Page, mentions: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """Return `mentions` with groups written out in full, joined with what follows them, and deictic ones resolved."""
    out: list[ActorMention] = []
    for mention in mentions:
        joined = _join(page, out[-1], mention) if out else None
        if joined is not None:
            out[-1] = joined
        else:
            out.append(mention)
    people = frozenset(m.name for m in out if m.kind == "person")
    out = [_delegation(page, mention) or mention for mention in out]
    out = sorted((*out, *_bare_bodies(page, out)), key=lambda m: m.start)
    head = head_of_government(page, out)
    places = _Places(page.text)
    return tuple(
        _finish(page, leader_of_government(page, mention, head), out[max(0, i - _REACH) : i], people, places)
        for i, mention in enumerate(out)
    )


_REACH = 1000
"""Mentions back to which a later one may refer: more than any article has, and few enough to look through for each."""


_DELEGATION = re.compile(
    r"\b(?:đoàn (?:kiểm tra|công tác|giám sát|thanh tra|khảo sát)|tổ công tác)(?: (?:số )?\d+| liên ngành)?(?: của| thuộc)? $"
)


def _delegation(page: Page, mention: ActorMention) -> ActorMention | None:
    """ "Đoàn kiểm tra số 5 của X yêu cầu" speaks for itself, not X; "Tổ công tác của Thủ tướng" is not the Prime Minister."""
    by_post = mention.kind in {"post", "person"} and mention.how in {"post", "written"}
    if not by_post and (mention.kind != "agency" or not SPEAKS.match(page.folded, mention.end)):
        return None
    found = _DELEGATION.search(page.folded, max(0, mention.start - 40), mention.start)
    if found is None or (by_post and not found.group().endswith("của ")):
        return None
    whose = page.text[mention.start : mention.end] if by_post else mention.name
    name = page.text[found.start() : mention.start] + whose
    return replace(mention, start=found.start(), kind="group", name=name, how="written")


# the heads first, by whose letters `re` finds the few places; then what stands before them
_BARE = re.compile(
    r"(?P<head>sở|bộ|tổng cục|cục)\s+(?:cũng\s+|đã\s+|còn\s+|tiếp tục\s+)*(?=yêu cầu|đề nghị|chỉ đạo|giao)"
)
_OPENS = re.compile(r"(?:^|[,;:.\n\"“]\s*|\bvà\s+)$")


def _bare_bodies(page: Page, mentions: Sequence[ActorMention]) -> list[ActorMention]:
    """ "sở yêu cầu ...", written small: the body with that head that the article named last."""
    found = []
    for match in _BARE.finditer(page.folded):
        start, end = match.span("head")
        if not _OPENS.search(page.folded, max(0, start - 12), start):
            continue
        if any(m.start < end and start < m.end for m in mentions):
            continue
        named = [m for m in mentions if m.agency or m.kind == "agency"]
        names = [
            n
            for m in named
            if m.start < start
            and (n := m.name if m.kind == "agency" else m.agency or "").lower().startswith(match["head"] + " ")
        ]
        if names:
            found.append(ActorMention(start, end, "agency", names[-1], "short", confidence=0.7))
    return found


_OF_PLACES = re.compile(
    r"(UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân) các (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|địa phương)$"
)


def _written_out(head: str) -> str:
    return abbreviations().get(fold(head), head)


def _join(page: Page, left: ActorMention, right: ActorMention) -> ActorMention | None:
    """One mention of two that stand side by side with a blank only between them: "các đại biểu" + "HĐND thành phố"."""
    if left.kind not in _JOINABLE or right.kind in {"person", "pronoun"} or page.text[left.end : right.start] != " ":
        return None
    tail = right.name if right.kind == "agency" else page.text[right.start : right.end]
    if right.kind == "agency" and (many := _OF_PLACES.match(left.name)) and tail.startswith(_written_out(many[1])):
        # "UBND các tỉnh" + a province, which is known for its People's Committee: the first of a list
        return replace(right, start=left.start)
    if left.kind == "post" and right.kind != "agency" and not right.name.startswith(("UBND", "Ủy ban")):
        return None
    kind: ActorKind = "post" if left.kind == "post" else "group"
    return replace(left, end=right.end, kind=kind, name=f"{left.name} {tail}", how="written")


def _finish(
    page: Page, mention: ActorMention, earlier: Sequence[ActorMention], people: frozenset[str], places: _Places
) -> ActorMention:
    if mention.kind == "agency" and mention.leadership:
        return spokesman(page, mention, earlier)
    if (
        mention.kind == "post"
        and mention.how == "written"
        and _MANY.search(page.folded, max(0, mention.start - 8), mention.start)
    ):
        mention = replace(mention, kind="group", name=page.text[mention.start : mention.end])
    level = _LEVEL.match(page.text, mention.end) if mention.kind == "post" and mention.how == "written" else None
    if level is not None:
        return replace(mention, kind="group", end=level.end(), name=page.text[mention.start : level.end()])
    if mention.kind != "group":
        return mention
    this = _THIS.match(page.folded, mention.end)
    resolved = _deictic(page, mention, this is not None, earlier, people, places)
    if resolved is not None:
        return replace(mention, name=resolved, how="short", end=this.end() if this else mention.end)
    leader = head_of_authority(page, mention, earlier) or leader_of_place(page, mention, earlier)
    if leader is not None:
        return leader
    pattern, text = (_sector(), page.folded) if mention.name.lower() == "ngành" else (_tail(), page.text)
    tail = pattern.match(text, mention.end, mention.end + 48)
    end = tail.end() if tail else mention.end
    before = page.folded[max(0, mention.start - 24) : mention.start]
    determiner = (_PAIR if mention.name.lower() in _SECOND else _DETERMINER).search(before)
    start = mention.start - (len(before) - determiner.start()) if determiner else mention.start
    if (start, end) == (mention.start, mention.end):
        return mention
    name = page.text[start : mention.start] + mention.name + page.text[mention.end : end]
    return replace(mention, start=start, end=end, name=name[0].lower() + name[1:])


_LEVEL = re.compile(
    r"(?:\s(?:UBND|HĐND|[Uu][ỷy] ban nhân dân|Hội đồng nhân dân))?\scấp\s(?:tỉnh|huyện|xã|cơ sở|dưới|phòng|trưởng)\b"
)
"""Behind a post of many: "Chủ tịch UBND cấp xã"."""

_MANY = re.compile(r"\b(?:các|những|mọi)\s+$")


def _deictic(
    page: Page,
    mention: ActorMention,
    this: bool,
    earlier: Sequence[ActorMention],
    people: frozenset[str],
    places: _Places,
) -> str | None:
    """The body or place that "đơn vị này", "tỉnh" (alone) stands for, if the article has just named it."""
    head = mention.name.lower()
    if this and head in _BODY_HEADS:
        bodies = [m for m in earlier if m.kind == "agency" and m.start > mention.start - 1500]
        same = [m for m in bodies if m.name.lower().startswith(head)]
        return (same or bodies)[-1].name if (same or bodies) else None
    if head in _PLACE_HEAD and not page.folded[mention.end : mention.end + 1].isalnum():
        for place in places.before(_PLACE_HEAD[head], mention.start):
            if not any(place in name or name in place for name in people):
                return f"{_PLACE_HEAD[head]} {place}"
    return None
