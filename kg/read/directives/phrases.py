"""Noun phrases of people or bodies that the register of actors does not know: "các cơ sở cách ly", "nhà thầu", as written."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from kg.read.directives.analysis import SentenceView
from kg.read.directives.cues import task_verbs
from kg.read.directives.stops import head_traps, stop_words, things
from kg.read.mentions import ActorMention
from kg.read.page import Page
from kg.text.alternatives import alternatives
from kg.text.letters import LOWER, UPPER

_DETERMINERS = "các|những|mọi|từng|mỗi|toàn thể|toàn bộ|tất cả các|tất cả|cả|toàn"
_MODALS = re.compile(
    r"(?:\s+(?:cũng|còn|đều|vẫn|này|trên|đó))*\s+(?:cần|phải|nên|không được|hãy|có trách nhiệm|chịu trách nhiệm)\b"
)


@cache
def _heads() -> frozenset[str]:
    text = (files("kg.read.directives") / "addressee_heads.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _phrase() -> re.Pattern[str]:
    """A head with up to nine words behind it, up to a word that ends a noun phrase."""
    heads = alternatives(_heads() - set(_DETERMINERS.split("|")))
    verbs = alternatives(task_verbs() - {"quản lý"})
    # "lực lượng quản lý thị trường": what a force does is its name
    heads = rf"(?:lực lượng\s+(?:{verbs}|quản lý)(?:\s+{verbs})?|{heads})"
    start = rf"(?:(?:{_DETERMINERS})\s+(?:{heads}|(?!(?:{things()}|{_DETERMINERS})\b)[\w/&-]+)|{heads})\b"
    # "Đội Quản lý trật tự đô thị": a name, where "các xã quản lý" holds a verb
    named = "".join(rf"(?<!\b{head}\s)" for head in ("ban", "đội", "khu", "cục", "hội", "tâm", "phòng"))
    end = rf"(?:{stop_words()}|{verbs}|{named}quản lý|và|hoặc)\b"
    return re.compile(rf"(?P<np>{start}(?:\s+[\w/&-]+){{0,9}}?)(?=\s+{end}|\s*[,;:.()\"“”…!?]|\s*$)")


_SLOT = re.compile(r"(?:^|[,;:\"“(]|\b(?:rằng|thì|đối với|với|cho|tới|đến|để|là|và|không chỉ|mà|giữa|của))\s*$")


def _starts(folded: str, start: int, end: int) -> Iterator[int]:
    """Yield where a head of a noun phrase stands between `start` and `end`."""
    opens, follows = _head_patterns()
    first = opens.match(folded, start, end)
    if first is not None:
        yield start
        start = first.end()
    for found in follows.finditer(folded, start, end):
        yield found.end("before")


@cache
def _head_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A head where one looks, and behind a sign that is no letter, which `re` finds without trying the rest."""
    heads = alternatives(_heads())
    # "hiện trường" ends in a head; "tổ chức" without a determiner is the verb, but before what makes an organisation of it
    compound = "".join(rf"(?<!\b{word} )" for word in head_traps())
    bare = "".join(rf"(?<!{word}\s)" for word in _DETERMINERS.split("|"))
    verb = rf"{bare}tổ chức(?!\s+(?:đảng|đoàn|chính trị|xã hội|công đoàn|cá nhân|này|liên quan|có|,|cần|phải))"
    head = rf"(?!(?:{things()})\b|{verb}){compound}{heads}\b"
    return re.compile(rf"(?<!\w){head}"), re.compile(rf"(?P<before>\W){head}")


_NAME = re.compile(
    rf"[{UPPER}][{UPPER}\d&-]+\b(?:\s[{UPPER}][{LOWER}{UPPER}]*)*|[{UPPER}][{LOWER}]+(?:(?:\s[{LOWER}]+){{0,2}}(?:\s[{UPPER}][{LOWER}{UPPER}]*)+)"
)
_FIRM = re.compile(rf"(?:\s[{LOWER}]+){{0,6}}(?:\s[{UPPER}][{LOWER}{UPPER}]*)+")
_FIRM_HEADS = ("công ty tnhh", "công ty cổ phần", "công ty cp", "tổng công ty", "trường", "ban quản lý", "bệnh viện")
_CAPITALS = re.compile(rf"(?:\s[{UPPER}][{LOWER}{UPPER}]*)+")


def noun_phrases(page: Page, view: SentenceView) -> list[ActorMention]:
    """Return the noun phrases of `view` in the places of an addressee: after an order, before cần/phải, at a clause's start."""
    folded = page.folded
    ends = {_skip(folded, t.end, view.end) for t in view.triggers if t.kind in {"order", "say"}}
    duty = any(t.kind == "modal" for t in view.triggers) or "trách nhiệm" in view.folded
    out: list[ActorMention] = []
    last = view.start
    for start in _starts(folded, view.start, view.end):
        if start < last:
            continue
        slot = start in ends or _SLOT.search(folded, max(view.start, start - 12), start) is not None
        if not slot and not duty:
            continue
        match = _phrase().match(folded, start, min(view.end, start + 110))
        if match is None or not (slot or _MODALS.match(folded, match.end(), view.end)):
            continue
        last = _name_end(page, match.start("np"), match.end("np"))
        out.append(_mention(page, match.start("np"), last))
    for end in sorted(ends):
        told = _unknown().match(folded, end, min(view.end, end + 80))
        if told and not any(m.start <= end < m.end for m in (*out, *view.mentions)):
            out.append(_mention(page, told.start("np"), told.end("np")))
            continue
        name = _NAME.match(page.text, end, view.end)
        if name and not any(m.start <= end < m.end for m in out):
            out.append(ActorMention(end, name.end(), "group", name.group(), "name", confidence=0.5))
    return out


def _name_end(page: Page, start: int, end: int) -> int:
    """The end of a phrase with the capitals of a name that goes on: "Trường THCS" + "Lương Điền Nam"."""
    firm = page.folded.startswith(_FIRM_HEADS, start) and page.text[start].isupper()
    match = (_FIRM if firm else _CAPITALS).match(page.text, end) or _before_duty().match(page.folded, end)
    return match.end() if match else end


@cache
def _before_duty() -> re.Pattern[str]:
    """Up to three words, verbs too, between a phrase and cần/phải: "các cơ sở" + "cách ly"."""
    return re.compile(rf"(?:\s(?!(?:{stop_words()}|và|hoặc)\b)\w+){{1,3}}(?=\s(?:cần|phải|nên|không được)\b)")


@cache
def _unknown() -> re.Pattern[str]:
    """Two to six words of any kind between an order and cần/phải: "đề nghị thầy cô phải ..."."""
    verbs = alternatives(task_verbs())
    word = rf"(?!(?:{stop_words()}|{verbs}|{_THINGS})\b)\w+"
    return re.compile(rf"(?P<np>{word}(?:\s+{word}){{1,5}})(?=\s+(?:cần|phải|nên|không được|có trách nhiệm)\b)")


_THINGS = (
    "việc|công tác|sự|vấn đề|quá trình|nội dung|điều|cái|chỉ|mọi|tình trạng|vụ|dự án|công trình|trường hợp|dứt|xem|gồm"
)
_DET = re.compile(rf"^(?:(?:{_DETERMINERS})\s+)+(?=\w)")


def has_determiner(name: str) -> bool:
    """Say whether a phrase opens with "các", "những" and the like."""
    return _DET.match(name.lower()) is not None


def head_of(name: str) -> str:
    """Return the first word of a phrase after its determiner, two words where they are a known head.

    >>> head_of("các đơn vị liên quan"), head_of("Sở Y tế")
    ('đơn vị', 'sở')
    """
    words = _DET.sub("", name.lower()).split()
    pair = " ".join(words[:2]).strip(",")
    return pair if pair in _heads() else words[0].strip(",") if words else ""


def is_thing(name: str) -> bool:
    """Say whether a phrase with a determiner names things, which can't be told to act: "các trường hợp F2"."""
    return has_determiner(name) and _things().match(name.lower()) is not None


def is_bare_thing(name: str) -> bool:
    """Say whether a phrase written small, with or without a determiner, names a thing and has no head that can be told: "đề án"."""
    return name.islower() and _things().match(name) is not None and not is_head(name)


@cache
def _things() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_DETERMINERS})\s+)*(?:{things()})\b")


def is_head(name: str) -> bool:
    """Say whether a phrase has a head that can be told to act."""
    return head_of(name) in _heads()


_TO = re.compile(r"\s*(?:,|:)?\s*[\"“]?\s*(?:cho|tới|đến|với|đối với|rằng|là|thêm)?\s*")


def _skip(folded: str, start: int, end: int) -> int:
    match = _TO.match(folded, start, end)
    return match.end() if match else start


def free_told(folded: str) -> bool:
    """Say whether a noun phrase of people or bodies stands before cần/phải in a folded sentence."""
    if " phải" not in folded and " cần" not in folded:
        return False
    opens, follows = _told()
    return opens.match(folded) is not None or follows.search(folded) is not None


@cache
def _told() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is told, at the start of a sentence, and behind a sign or a word that opens a clause."""
    phrase = rf"{alternatives(_heads())}\b(?:\s+[\w/&-]+){{0,9}}?"
    told = rf"{phrase}(?=\s+(?:cũng\s+|còn\s+|đều\s+)?(?:cần|phải|nên)\b)"
    # signs and words one by one, and each word looks back to where it began: so `re` finds the few places by their first letters
    clause = "|".join(rf"{sign}\s*" for sign in ',;:"“')
    clause += "".join(rf"|{word}(?<!\w{word})\s+" for word in ("rằng", "thì", "là"))
    return re.compile(told), re.compile(rf"(?:{clause}){told}")


def _mention(page: Page, start: int, end: int) -> ActorMention:
    name = page.text[start:end]
    if not name[1:2].isupper() and not any(word[0].isupper() for word in name.split()[1:]):
        name = name[0].lower() + name[1:]
    return ActorMention(start, end, "group", name, "written", confidence=0.6)
