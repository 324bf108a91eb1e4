"""Which speech verb of a sentence tells who speaks, and which only names what somebody has to do, or what a quotation says."""

import re
from collections.abc import Iterator, Mapping

from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.authority import UNKNOWN, direction, rank_of
from kg.read.directives.cues import told_verbs
from kg.read.mentions import ActorMention

_SPEECH = frozenset({"order", "say", "praise", "criticise", "petition"})
_NOMINAL_BEFORE = frozenset(
    ["ý", "sự", "công", "tác", "theo", "các", "những", "của", "tinh", "nội", "đáp", "với", "về", "việc", "mọi", "một", "nhiều", "trước",
     "sau", "được", "bị", "do", "thông", "bản"]
)  # fmt: skip
_PAPERS = frozenset({"bản", "báo"})
"""Last words of what a subject sends: "X có văn bản yêu cầu ..."."""

_SIGNED = frozenset({"ban hành", "quyết định"})
_FOR = re.compile(
    r"\b(?:để|nhằm|trình|nghe|giúp|cho|gửi|khi|nếu|mà|như|theo|do|từ|thông tin|trên cơ sở)\s+"
    r"(?:(?:các|những|ông|bà|đồng chí|lãnh đạo|đại diện|trên cơ sở đó|từ đó|cho|lên|về)\s+)*$"
)
"""In front of the subject of a clause that is not the sentence's own: "để Vụ X báo cáo", "sau khi nghe Sở Y báo cáo", "trình Z quyết định"."""

_TO_DO = re.compile(r"\b(?:để|nhằm)\b")
_LIST_GAP = re.compile(r"\s*(?:,|;|và)?\s*(?:các|những|lãnh đạo)?\s*")


def is_nominal(trigger: Trigger) -> bool:
    """Say whether the word before a speech verb makes a noun of it ("theo yêu cầu", "các đề nghị")."""
    before = trigger.before.strip(",.")
    sent = before in _PAPERS and trigger.gap == "tight"
    return trigger.kind == "order" and before in _NOMINAL_BEFORE and not sent


def saying(view: SentenceView, ranks: Mapping[str, int]) -> Trigger | None:
    """Return the speech verb whose subject speaks in a sentence, or None.

    What stands around a quotation goes before what it says; of "A cho biết, B đã yêu cầu C ..." B is the one who gave the order,
    if not a lesser one than A.
    """
    able = [trigger for trigger in view.triggers if trigger.kind in _SPEECH and _speaks(view, trigger)]
    outside = list(_outside_quotations(view, able))
    for triggers in (outside, able):
        for wanted in ("tight", "shared", "loose"):
            for trigger in triggers:
                if trigger.gap == wanted:
                    return _reported(trigger, triggers, ranks) or trigger
    return None


_BEFORE_QUOTE = re.compile(r"[^,.;:\"]{0,30}:\s*\"")
_BEHIND_QUOTE = re.compile(r"\"\s*[,.–-]*\s*(?:là|đó là)?\s*$")
_NAMED = frozenset({"person", "post", "pronoun"})


def beside_quotation(view: SentenceView) -> ActorMention | None:
    """Return who stands right before or behind a quotation without a known speech verb: "Ông X thẳng thắn: ...", "...", bà Y chất vấn."."""
    if '"' not in view.folded:
        return None
    for mention in view.mentions:
        start, end = mention.start - view.start, mention.end - view.start
        outside = (view.folded.count('"', 0, start) + view.quoted) % 2 == 0
        near = _BEFORE_QUOTE.match(view.folded, end) or _BEHIND_QUOTE.search(view.folded, max(0, start - 6), start)
        if mention.kind in _NAMED and outside and near:
            return mention
    return None


def _speaks(view: SentenceView, trigger: Trigger) -> bool:
    subject = trigger.subject
    if subject is None or is_nominal(trigger):
        return False
    if any(other.start < trigger.start and _has_to(other, subject) for other in view.triggers):
        return False
    begin = _list_start(view, subject) - view.start
    clause = _FOR.search(view.folded, max(0, begin - 40), begin)
    if clause and not (trigger.lemma in _SIGNED and clause.group().startswith("do ")):
        return False
    return not (
        subject.end < trigger.start and _TO_DO.search(view.folded, subject.end - view.start, trigger.start - view.start)
    )


def _list_start(view: SentenceView, mention: ActorMention) -> int:
    """Where the list of actors begins that `mention` ends."""
    start = mention.start
    for other in reversed(view.mentions):
        if other.end <= start and _LIST_GAP.fullmatch(view.folded, other.end - view.start, start - view.start):
            start = other.start
    return start


def _has_to(other: Trigger, subject: ActorMention) -> bool:
    """Whether `subject` is who must act by another verb before: its object, or the subject of cần/phải."""
    if other.kind == "modal":
        return other.subject == subject and subject.end <= other.start
    passive = other.before in {"được", "bị"} and other.subject == subject
    return other.kind == "order" and (passive or (subject in other.objects and other.subject != subject))


def _outside_quotations(view: SentenceView, triggers: list[Trigger]) -> Iterator[Trigger]:
    """The verbs that no quotation of the sentence holds; every sign of quotation is folded to the plain one."""
    if '"' not in view.folded:
        if not view.quoted:
            yield from triggers
        return
    for trigger in triggers:
        if (view.folded.count('"', 0, trigger.start - view.start) + view.quoted) % 2 == 0:
            yield trigger


def _reported(trigger: Trigger, triggers: list[Trigger], ranks: Mapping[str, int]) -> Trigger | None:
    """The order that the speaker of `trigger` tells of: of one who stands above him or beside, or of an agency's own leader."""
    teller = trigger.subject
    if trigger.kind != "say" or teller is None:
        return None
    for other in triggers:
        subject = other.subject
        if other.start > trigger.end and other.kind == "order" and subject is not None and subject.name != teller.name:
            leader = teller.kind == "agency" and subject.kind in {"person", "post"}
            above = direction(rank_of(subject, ranks), rank_of(teller, ranks)) in {"down", "level"}
            if other.gap in {"tight", "shared"} and (leader or above):
                return other
    return None


def is_told(trigger: Trigger, last: ActorMention | None, ranks: Mapping[str, int]) -> bool:
    """Say whether the subject of a speech verb is told by the last speaker, who stands above it: "Bộ X chỉ đạo, hướng dẫn ..." in a run."""
    subject = trigger.subject
    if subject is None or last is None or trigger.tense or trigger.lemma not in told_verbs():
        return False
    if subject.kind == "group" and rank_of(subject, ranks) == UNKNOWN:
        return trigger.kind != "petition" or trigger.gap == "loose"
    told = subject.kind in {"agency", "group", "post"} and trigger.before not in {"đã", "vừa", "đang"}
    return told and direction(rank_of(last, ranks), rank_of(subject, ranks)) == "down"
