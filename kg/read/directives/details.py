"""What else a directive says: its act and strength, its content, who leads and who coordinates, and on whose behalf it is given."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from kg.lexicon.matcher import Matcher
from kg.lexicon.tables import read_table, split_list
from kg.read.directives.resolve import Resolved
from kg.read.mentions import ActorMention
from kg.read.page import Page
from kg.text.fold import fold

_RAISES = re.compile(
    r"\b(?:cần phải|phải|nhất thiết|kiên quyết|nghiêm túc|khẩn trương|ngay|dứt điểm|chịu trách nhiệm|nghiêm cấm|tuyệt đối)\b"
)
_LOWERS = re.compile(r"\b(?:nếu có thể|nghiên cứu|xem xét|cân nhắc)\b")
_LEADS = re.compile(r"\s*(?:làm đầu mối\s*,?\s*)?chủ trì\b")
_COORDINATES = re.compile(r"\bphối hợp\s+(?:chặt chẽ\s+)?(?:với|cùng)?\s*(?:các\s+)?$")
_BEHALF = re.compile(r"\b(?:thay mặt|được sự ủy quyền của|thừa ủy quyền|thừa lệnh)\s+(?:cho\s+)?$")
_RELAYS = re.compile(r"\btruyền đạt\s+(?:ý kiến\s+)?(?:chỉ đạo|kết luận|yêu cầu)?")
_LIST = re.compile(r"\s*(?:,|;|và|cùng|cùng với|cũng như|,\s*và)\s*(?:các|những)?\s*")
_CONTENT_START = re.compile(r"[\s,:;\"“”'-]+")


class Act(NamedTuple):
    """The speech act of a verb and its strength, 1 to 5."""

    name: str
    strength: int


_MODAL_ACT = Act("require", 4)
_DEFAULT_ACT = Act("instruct", 3)


@cache
def _acts() -> dict[str, Act]:
    acts = {"cần": _MODAL_ACT, "phải": _MODAL_ACT, "nên": Act("suggest", 2), "hãy": Act("appeal", 3)}
    for row in read_table("directive_verbs"):
        if row["direction"] != "up":
            acts.setdefault(row["lemma"], Act(row["class"], int(row["strength"])))
    return acts


def act_of(verb: str) -> Act:
    """Return act and base strength of a verb's lemma (directive_verbs.csv).

    >>> act_of("giao")
    Act(name='assign', strength=5)
    """
    return _acts().get(verb, _DEFAULT_ACT)


def strength_of(verb: str, folded: str, has_deadline: bool) -> int:
    """Return the strength in context: raised once for urgency, duty or a deadline, lowered once for a hedge (DOMAIN.md 6.1)."""
    raised = has_deadline or bool(_RAISES.search(folded))
    lowered = bool(_LOWERS.search(folded))
    return max(1, min(5, act_of(verb).strength + raised - lowered))


def content_of(page: Page, resolved: Resolved) -> str:
    """Return what is to be done: the sentence after its verb and addressees, or the whole sentence where no verb stands."""
    view, trigger = resolved.view, resolved.trigger
    start = view.start
    if trigger is not None and trigger.kind != "modal":
        start = max([trigger.end, *(m.end for m in trigger.objects)])
    elif resolved.addressees.mentions and view.start <= resolved.addressees.mentions[-1].start < view.end:
        start = resolved.addressees.mentions[-1].end
    text = page.text[start : view.end]
    skipped = _CONTENT_START.match(text)
    text = text[skipped.end() if skipped else 0 :].rstrip(' .;"“”…')
    return text or page.text[view.start : view.end]


def lead_and_coordinate(page: Page, resolved: Resolved) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lead and the coordinating bodies of "giao A chủ trì, phối hợp với B, C"."""
    view = resolved.view
    lead = tuple(
        m.name
        for m in resolved.addressees.mentions
        if m.end <= view.end and m.start >= view.start and _LEADS.match(page.folded, m.end)
    )
    coordinate: list[ActorMention] = []
    for mention in view.mentions:
        before = page.folded[max(view.start, mention.start - 32) : mention.start]
        joined = coordinate and _LIST.fullmatch(page.folded[coordinate[-1].end : mention.start])
        if _COORDINATES.search(before) or joined:
            coordinate.append(mention)
    return lead, _names(coordinate)


def on_behalf_of(page: Page, resolved: Resolved) -> str | None:
    """Return the body of "thay mặt Ban Thường vụ Tỉnh ủy, ..."."""
    view = resolved.view
    for mention in view.mentions:
        if _BEHALF.search(page.folded[max(view.start, mention.start - 24) : mention.start]):
            return mention.name
    return None


def relayed_by(page: Page, resolved: Resolved) -> str | None:
    """Return who passes the order on in "Văn phòng Chính phủ truyền đạt ý kiến chỉ đạo của Phó Thủ tướng"."""
    view = resolved.view
    match = _RELAYS.search(page.folded, view.start, view.end)
    if match is None:
        return None
    relay = next((m for m in reversed(view.mentions) if m.end <= match.start()), None)
    return relay.name if relay is not None and relay != resolved.issuer_mention else None


def _names(mentions: Iterable[ActorMention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.name for m in mentions))


@cache
def _topics() -> Matcher[str]:
    rows = read_table("topics")
    return Matcher({cue: row["topic_id"] for row in reversed(rows) for cue in split_list(row["cues"])})


def topic_of(content: str, addressees: Iterable[str]) -> str | None:
    """Return the topic whose cues stand most often in the content, the addressees' names counting once each (topics.csv)."""
    counts: Counter[str] = Counter()
    for text in (content, *addressees):
        counts.update(hit.payload for hit in _topics().find(fold(text)))
    return min(counts, key=lambda topic: (-counts[topic], topic)) if counts else None


_LETTER = re.compile(r"\b(?:tại|trong|có|ký|ban hành|gửi|ra)\s+(?:các\s+)?(?:công văn|văn bản|tờ trình)\b[^;:]*$")
_FOLLOWED = re.compile(r"\b(?:thực hiện|theo|triển khai|tinh thần|tuân thủ|căn cứ|chấp hành)\b")


def to_follow(page: Page, sentence: int, start: int) -> bool:
    """Say whether the document cited at code point `start` is to be followed, and not the letter that gives or occasions the order."""
    # the citation itself may begin with the letter ("Văn bản 12/UBND-TH")
    letter = _LETTER.search(page.folded, sentence, start + len("công văn"))
    return letter is None or _FOLLOWED.search(page.folded, sentence, start) is not None
