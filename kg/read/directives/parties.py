"""Who stands in a sentence as one that could be told to act: noun phrases of people and bodies, lists joined, with what stands around them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from kg.read.actors.lexicon import abbreviations
from kg.read.directives.analysis import SentenceView, Trigger, opener_length
from kg.read.directives.cues import task_verbs
from kg.read.directives.phrases import has_determiner, is_thing, noun_phrases
from kg.read.mentions import ActorMention
from kg.read.page import Page
from kg.read.records import record
from kg.text.letters import UPPER

_LIST = re.compile(
    r"\s*(?:\([^()]{1,100}\)\s*|nhiệm kỳ \d{4}\s?[-–]\s?\d{4}\s*)?"
    r"(?:,|;|và|cùng|cùng với|cũng như|hoặc|,\s*và|/|mà|mà cả|,?\s*(?:nhất|đặc biệt|trước hết) là|,?\s*trong đó có|như)?\s*"
    r"(?:các|những|cả|lãnh đạo|(?:các )?đồng chí|tập thể|toàn thể|đại diện|đối với|với|(?:các )?(?:ông|bà)|cá nhân)?\s*"
)
_TO = re.compile(
    r"\s*(?:,|:)?\s*[\"“]?\s*(?:trách nhiệm\s+|nhiệm vụ\s+)?(?:cho|tới|đến|với|đối với|rằng|là|thêm)?\s*"
    r"(?:các|những|toàn thể|tất cả|từng|mỗi|không chỉ|đồng chí|chính|đại diện|lãnh đạo|tập thể)?\s*"
)
_TOPIC = re.compile(
    r"(?:^|[,;:\"“(]\s*|\b(?:đồng thời|nhất là|đặc biệt là|riêng|còn)\s+)(?:đối với|với|về phía|riêng|còn|riêng với|riêng đối với)\s+"
    r"(?:các\s+|những\s+)?$"
)
_ADVERB = re.compile(
    r"\s*(?:\([^)]{0,60}\)\s*)?,?\s*(?:(?:cũng|đã|sẽ|tiếp tục|trong|ngay|trực tiếp|luôn|còn|này|trên|đó|đều|vẫn|nói chung|thời gian tới|"
    r"có liên quan|liên quan|phải|cần|nên|lập tức|khẩn trương|cùng|là)\s+)*"
)
_MODAL = re.compile(r"\b(?:cần|phải|nên|không được|không để|hãy|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)\b")
_PASSIVE = re.compile(r"\s*(?:cũng |còn |sẽ |đã )?được (?:giao|yêu cầu|đề nghị|phân công|chỉ đạo|lưu ý)\b")
_DETERMINER = re.compile(r"(?:các|những|mọi|từng|mỗi|toàn thể|lãnh đạo|đồng chí|tập thể|chính|cả)\s*$")


@record
class Party:
    """A list of actors in a sentence. `left` and `right` say what stands beside it; `verb` is the trigger whose object it is."""

    mentions: tuple[ActorMention, ...]
    left: str
    right: str
    verb: Trigger | None
    free: bool
    follows: str = ""
    clause: str = ""

    @property
    def start(self) -> int:
        """Where the list begins."""
        return self.mentions[0].start

    @property
    def end(self) -> int:
        """Where the list ends."""
        return self.mentions[-1].end

    @property
    def told(self) -> bool:
        """Whether cần/phải or an order in the passive follows."""
        return self.right in {"modal", "passive"}

    @property
    def strong(self) -> bool:
        """Whether its place alone makes it an addressee: object of an order, told to act, or first in a bare order."""
        opens = self.left in {"^", ",", ";", ":", '"', "topic", "rằng", "thì"}
        ordered = self.verb is not None and self.verb.kind == "order"
        return ordered or (self.told and opens) or (self.right == "task" and self.left in {"^", ";", ":", '"', "topic"})


def find_parties(page: Page, view: SentenceView) -> list[Party]:
    """Return the lists of actors of a sentence in order."""
    free = noun_phrases(page, view)
    phrases = frozenset(free)
    actors = _merge(page, view.mentions, free)
    speaking = frozenset(t.subject.start for t in view.triggers if t.subject is not None and t.kind in {"order", "say"})
    out: list[Party] = []
    position = 0
    while position < len(actors):
        chain = _chain(page, actors, position, speaking)
        position = actors.index(chain[-1], position) + 1
        out.append(_party(page, view, chain, not phrases.isdisjoint(chain)))
    return out


def _merge(page: Page, known: Sequence[ActorMention], free: Sequence[ActorMention]) -> list[ActorMention]:
    """Known mentions and free phrases without overlap: a phrase lengthens a group at its start, and wins over what lies inside it."""
    out: list[ActorMention] = [m for m in known if m.kind != "pronoun" and not (m.kind == "group" and is_thing(m.name))]
    for phrase in free:
        inside = [m for m in out if m.start < phrase.end and phrase.start < m.end]
        if any(m.end > phrase.end for m in inside):
            continue
        first = inside[0] if inside else None
        if first is not None and first.start <= phrase.start:
            if first.kind != "group" or first.end >= phrase.end or _is_place(first.name):
                continue
            name = first.name + page.text[first.end : phrase.end]
            phrase = replace(first, end=phrase.end, name=name)
        elif has_determiner(phrase.name) and any(m.kind != "group" for m in inside):
            continue
        out = [m for m in out if m not in inside] + [phrase]
    return sorted(out, key=lambda m: m.start)


_PLACE = re.compile(rf"(?i:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?: [{UPPER}]\S*)+$")


def _is_place(name: str) -> bool:
    """Whether a name is a place's, which ends with its capitals: "huyện Khe Ngọc" + "sửa xong trạm bơm"."""
    return _PLACE.match(name) is not None


_SOURCE = re.compile(r"\btheo(?:\s+\w+){0,6}\s+của\s+$")
"""Before the issuer of a document that is the ground of the sentence: "Theo kết luận của X, Y phải ..."."""


def _chain(page: Page, actors: Sequence[ActorMention], position: int, speaking: frozenset[int]) -> list[ActorMention]:
    chain = [actors[position]]
    for mention in actors[position + 1 :]:
        gap = page.folded[chain[-1].end : mention.start]
        if gap.lstrip().startswith("(") and ")" not in gap:
            # named in brackets behind the last one: "Công ty A (chủ đầu tư dự án ở B) và Cục C"
            continue
        if not gap.strip() or not _LIST.fullmatch(gap):
            break
        if chain[-1].kind == "person" and mention.kind != "person" and gap.strip() == ",":
            break
        if mention.kind in {"person", "post"} and mention.start in speaking and chain[-1].kind != mention.kind:
            # "Đối với Sở A, Bí thư B yêu cầu ...": two clauses
            break
        if (
            len(chain) == 1
            and gap.strip() == ","
            and _SOURCE.search(page.folded, max(0, chain[0].start - 60), chain[0].start)
        ):
            break
        chain.append(mention)
    return chain


def _party(page: Page, view: SentenceView, chain: Sequence[ActorMention], free: bool) -> Party:
    start, end = chain[0].start, chain[-1].end
    after = page.folded[end : view.end].split(None, 1)
    return Party(
        tuple(chain),
        _left(page, view, start),
        _right(page, view, end),
        _object_of(page, view.triggers, start),
        free,
        after[0].strip('."”') if after else "$",
        _clause(page.folded[view.start : start]),
    )


_CLAUSES = re.compile(
    r"(?:^|[,;:\"“])\s*(?:[\w]+\s+)?(theo|để|nhằm|khi|nếu|tại|trong|sau khi|về|của|trước|do|vì|phối hợp|báo cáo|trình|như)\b[^,;:\"“]*$|([;:\"“])[^,;:\"“]*$"
)


def _clause(before: str) -> str:
    """The word that opens the clause in which an actor stands."""
    match = _CLAUSES.search(before)
    return (match.group(1) or match.group(2)) if match else ""


_NESTED = re.compile(r"\s*(?:tiếp tục|tăng cường|kịp thời|thường xuyên|khẩn trương|trực tiếp|phải|cần)?\s*")


def _is_nested(page: Page, triggers: Iterable[Trigger], inner: Trigger) -> bool:
    """Whether an order is what another demands ("đề nghị đôn đốc cơ quan X ..."): whoever obeys the outer one gives it."""
    outer = (t for t in triggers if t.kind == "order" and t.end < inner.start)
    return any(_NESTED.fullmatch(page.folded, t.end, inner.start) for t in outer)


def _object_of(page: Page, triggers: Sequence[Trigger], start: int) -> Trigger | None:
    for trigger in triggers:
        if trigger.kind == "order" and start < trigger.start and any(m.start == start for m in trigger.objects):
            # the recipients of "X có công văn gửi Y yêu cầu ..."
            return trigger
        near = trigger.end <= start < trigger.end + 40 and trigger.kind in {"order", "say"}
        if near and trigger.kind == "order" and _is_nested(page, triggers, trigger):
            continue
        if near and _TO.fullmatch(page.folded[trigger.end : start]):
            return trigger
    return None


def _left(page: Page, view: SentenceView, start: int) -> str:
    first = view.start + opener_length(view.folded)
    text = page.folded[max(view.start, start - 40) : start]
    text = _DETERMINER.sub("", text)
    if _TOPIC.search(text if start - view.start <= 40 else f"x {text}"):
        return "topic"
    text = text.rstrip()
    if start - first < 4 or not text:
        return "là" if page.folded.startswith("là ", first) else "^"
    if text[-1] in ",;:.":
        return text[-1]
    if text[-1] in "\"“'(-":
        return '"'
    return text.split()[-1]


def _right(page: Page, view: SentenceView, end: int) -> str:
    if _PASSIVE.match(page.folded, end, view.end):
        return "passive"
    match = _ADVERB.match(page.folded, end, view.end)
    duty = match is not None and _MODAL.search(match.group()) is not None
    tight = (t for t in view.triggers if t.subject is not None and t.subject.end == end and t.gap == "tight")
    if not duty and any(t.kind != "modal" for t in tight):
        return "speaks"
    if duty:
        return "modal"
    rest = page.folded[match.end() if match else end : view.end]
    if _MODAL.match(rest):
        return "modal"
    words = [word.strip(',.;:"”') for word in rest.split(None, 3)[:3]]
    if any(" ".join(words[:n]) in task_verbs() for n in (1, 2, 3) if len(words) >= n):
        return "task"
    after = page.folded[end : view.end].split(None, 1)
    return after[0].strip('."”)') or "$" if after else "$"


@cache
def _expansions() -> dict[str, str]:
    return {short: long for short, long in abbreviations().items() if len(short) > 1}


def expand(text: str) -> str:
    """Return `text` with the abbreviations of bodies written out: "Giám đốc Sở GTVT" -> "Giám đốc Sở Giao thông vận tải"."""
    table = _expansions()
    return " ".join(table.get(w.lower(), w) if any(c.isupper() for c in w[1:]) else w for w in text.split())
