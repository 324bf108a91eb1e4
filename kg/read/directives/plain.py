"""Plain orders: "<official> yêu cầu <somebody> <to do>", which are directives whatever stands around them."""

import re
from collections.abc import Mapping

from kg.read.directives.analysis import SentenceView, Trigger, opener_length
from kg.read.directives.authority import direction, rank_of
from kg.read.directives.cues import task_verbs
from kg.read.directives.passive import passive_order
from kg.read.directives.phrases import free_told
from kg.read.directives.saying import is_nominal
from kg.read.directives.senders import in_letter_to, is_document_subject
from kg.read.directives.speakers import Speaker
from kg.read.directives.vetoes import is_told_of_the_past

PLAIN = 0.6
"""The least probability of a plain order. Of those in `gold/train` nine in ten are directives, of those that the models there miss seven in ten."""

_VERBS = frozenset({"yêu cầu", "giao", "đề nghị", "nhắc nhở", "phân công", "kêu gọi", "quán triệt"})
_STRESSES = frozenset({"nhấn mạnh", "lưu ý"})
_BY_BODIES = frozenset({"yêu cầu", "giao"})
_DOWNWARD = frozenset({"đề nghị", "kêu gọi"})
_WITH_OBJECT = frozenset({"giao", "phân công"})
_JOINED = frozenset({"yêu cầu", "giao", "đề nghị", "lưu ý"})
_NEGATED = frozenset({"không"})
_SPEAKERS = frozenset({"person", "post", "pronoun"})
_INSIDE = re.compile(
    r"\b(?:nếu|khi|việc|do|mà|những|được|bị|vì|bởi|các|nhiệm vụ|đề xuất|kiến nghị|mong|như|trong đó có)\s+(?:ông |bà |đồng chí )?$"
)
_LEAST_WORDS = 4
_MARKS = ",.;:"
_PAPERS = frozenset({"bản", "điện", "văn", "thị", "báo", "tri"})
"""Last words of documents: "Văn bản lưu ý ...", whose sender the last sentence names."""


def plain_order(folded: str, view: SentenceView, ranks: Mapping[str, int]) -> Trigger | None:
    """Return the verb that makes `view` a plain order, or None. `folded` is the page's text, `ranks` the ranks of its officials by name.

    Plain is: the subject right before the verb, an official (or a body, of which more is asked); no clause around it (if, when, that ...);
    no petition in the sentence; who is told, if anybody, not above the speaker; and something to do behind the verb.
    """
    passive = passive_order(folded, view)
    if passive is not None:
        return passive.trigger
    orders = (t for t in view.triggers if t.kind == "order" and t.lemma in _VERBS and not is_nominal(t))
    trigger = next((t for t in orders if t.subject is not None and t.gap == "tight"), None)
    if trigger is None:
        trigger = next((t for t in view.triggers if _is_joined(folded, view, t) or _warns(folded, view, t)), None)
    if trigger is not None:
        return trigger if not _petitions(view, trigger) and _is_plain(folded, view, ranks, trigger) else None
    about = order_about(folded, view)
    if about is not None:
        return about
    return next((t for t in view.triggers if _with_duty(folded, view, t)), None)


def _petitions(view: SentenceView, order: Trigger) -> bool:
    """Whether somebody asks for something before the order is given ("Sở kiến nghị ..., đề nghị ...")."""
    return any(t.kind == "petition" and t.start < order.start and t.subject is not None for t in view.triggers)


def told_by_speaker(folded: str, view: SentenceView, speaker: Speaker, ranks: Mapping[str, int]) -> bool:
    """ "Theo <official>, <somebody> cần/phải ...", "Theo <official>, cần <to do>", "Theo kết luận của <official>, <somebody> <to do>",
    "<official> cho rằng <somebody> cần ...": what somebody not above him must do."""
    if speaker.mention is None or not (
        speaker.how == "source" or (speaker.how == "here" and speaker.mention.kind == "person")
    ):
        return False
    rank = rank_of(speaker.mention, ranks)
    if speaker.how == "source" and speaker.mention.kind in _SPEAKERS and view.folded.startswith("theo"):
        if _NEEDED.match(folded, speaker.mention.end, view.end):
            return True
        if _DECIDED.match(view.folded) and _assigned(folded, view, speaker.mention.end):
            return True
    lemmas = _DUTIES if speaker.how == "source" else _ADVISED
    duties = (t for t in view.triggers if t.kind == "modal" and t.lemma in lemmas and t.gap == "tight")
    told = (t.subject for t in duties if t.subject is not None and t.subject.kind in {"group", "agency"})
    return any(direction(rank, rank_of(subject, ranks)) != "up" for subject in told)


_DUTIES = frozenset({"cần", "phải"})
_ADVISED = frozenset({"cần"})
_ABOUT = re.compile(r"(?:riêng\s+|còn\s+)?(?:về|đối với|với|trong lĩnh vực)\s[^,;.]{3,80},\s*$")


def order_about(folded: str, view: SentenceView) -> Trigger | None:
    """ "Riêng về <topic>, đề nghị <to do>": an order whose speaker the sentences before name."""
    order = next((t for t in view.triggers if t.kind == "order"), None)
    if order is None or order.subject is not None or order.lemma not in {"đề nghị", "yêu cầu", "lưu ý"}:
        return None
    at = view.start + opener_length(view.folded)
    if not any(_ABOUT.fullmatch(folded, start, order.start) for start in {at, view.start}):
        return None
    after = folded[order.end : view.end].split()
    return order if len(after) >= _LEAST_WORDS and (order.objects or _is_task(after)) else None


_NEEDED = re.compile(r"\s*,\s*(?:cần|phải)\s+(?!có\b|là\b)\w+ \w+")
_DECIDED = re.compile(r"theo (?:nội dung )?(?:thông báo kết luận|kết luận|chỉ đạo|ý kiến chỉ đạo|yêu cầu|phân công)\b")


def _assigned(folded: str, view: SentenceView, start: int) -> bool:
    """Whether a body and what it is to do stand right behind the source and its comma."""
    told = next((m for m in view.mentions if m.start >= start and m.kind in {"agency", "group"}), None)
    if told is None or folded[start : told.start].strip() != ",":
        return False
    after = folded[told.end : view.end].split()
    return len(after) >= _LEAST_WORDS and _is_task(after)


def _told_a_duty(view: SentenceView, trigger: Trigger) -> bool:
    """ "... và đề nghị bộ phải ...": who is told has no name of its own, but a duty."""
    if trigger.lemma not in {"yêu cầu", "đề nghị"} or not trigger.before.endswith(_JOINS):
        return False
    duties = (t for t in view.triggers if t.kind == "modal" and t.lemma in _DUTIES)
    return any(0 < t.start - trigger.end < _NEAR for t in duties)


_JOINS = (",", "và", "thời", "cũng", "còn")
_NEAR = 60


def _told_plainly(folded: str, view: SentenceView, trigger: Trigger) -> bool:
    """ "<Official> phê bình ... và yêu cầu <to do>", "... và đề nghị bộ phải ..."."""
    if _told_a_duty(view, trigger):
        return True
    after = folded[trigger.end : view.end].split()
    return trigger.lemma == "yêu cầu" and trigger.before.endswith(_JOINS) and len(after) > 1 and _is_task(after)


def _is_joined(folded: str, view: SentenceView, trigger: Trigger) -> bool:
    """ "<Official> nêu ..., đồng thời yêu cầu <somebody> ...": an order with an object, whose subject stands before another verb."""
    return (
        trigger.kind == "order"
        and trigger.lemma in _JOINED
        and trigger.gap == "shared"
        and (bool(trigger.objects) or trigger.before.strip(_MARKS) == "thời" or _told_plainly(folded, view, trigger))
        and (not is_nominal(trigger) or trigger.before in _PAPERS)
    )


def _warns(folded: str, view: SentenceView, trigger: Trigger) -> bool:
    """ "<Official> lưu ý không <to do>": what is not to be done, or is to be done, right behind the verb."""
    if trigger.lemma != "lưu ý" or trigger.gap != "tight" or trigger.objects:
        return False
    after = folded[trigger.end : view.end].split()
    return len(after) >= _LEAST_WORDS and (after[0] in _NEGATED or _is_work(after))


def _is_work(words: list[str]) -> bool:
    """Whether two words name something to do; one word may be anything ("lưu ý đến ...")."""
    return " ".join(words[:2]) in task_verbs() and words[0] not in {"đến", "cảnh", "thông"}


def _by_document(folded: str, view: SentenceView, trigger: Trigger) -> bool:
    """ "Chỉ thị nêu rõ, <somebody> phải ...": what a document that the last sentence names says that somebody must do."""
    if trigger.lemma not in {"nêu rõ", "chỉ rõ"} or not is_document_subject(folded, view.start, trigger.start):
        return False
    return trigger.gap == "shared" and free_told(view.folded)


def _with_duty(folded: str, view: SentenceView, trigger: Trigger) -> bool:
    """ "<Official> nhấn mạnh ... cần/phải ...": what an official stresses that somebody must do."""
    if _by_document(folded, view, trigger):
        return True
    subject = trigger.subject
    if trigger.lemma not in _STRESSES or subject is None or trigger.gap != "tight" or subject.kind not in _SPEAKERS:
        return False
    if _INSIDE.search(folded, max(view.start, subject.start - 16), subject.start):
        return False
    return any(t.kind == "modal" and t.lemma in _DUTIES and t.start >= trigger.end for t in view.triggers)


def _is_plain(folded: str, view: SentenceView, ranks: Mapping[str, int], trigger: Trigger) -> bool:
    subject = trigger.subject
    if subject is None or trigger.tense == "sẽ" or is_told_of_the_past(view, trigger):
        return False
    if _INSIDE.search(folded, max(view.start, subject.start - 16), subject.start):
        return False
    after = folded[trigger.end : view.end].split()
    if len(after) < _LEAST_WORDS:
        return False
    if trigger.objects:
        first = trigger.objects[0]
        generic = first.kind == "group" and first.name.lower().startswith("các ")
        told = generic or direction(rank_of(subject, ranks), rank_of(first, ranks)) != "up"
    else:
        also = trigger.before.strip(_MARKS) == "thời" or _told_a_duty(view, trigger)
        told = trigger.lemma not in _WITH_OBJECT and (trigger.lemma == "yêu cầu" or also or _is_task(after))
        if subject.kind == "agency":
            this = " này" in folded[subject.end - 4 : subject.end + 4]
            return told and _is_task(after) and (this or in_letter_to(folded, view.start, subject.start))
    if subject.kind == "group" and subject.name.lower().startswith("đoàn "):
        return told and bool(trigger.objects)
    if subject.kind not in _SPEAKERS:
        by_letter = trigger.gap == "shared" and is_document_subject(folded, view.start, trigger.start)
        by_bodies = trigger.lemma in _BY_BODIES or (trigger.lemma in _DOWNWARD and _is_down(trigger, ranks))
        return told and subject.kind == "agency" and (by_bodies or by_letter) and bool(trigger.objects)
    return told


def _is_down(trigger: Trigger, ranks: Mapping[str, int]) -> bool:
    subject = trigger.subject
    return (
        subject is not None
        and bool(trigger.objects)
        and direction(rank_of(subject, ranks), rank_of(trigger.objects[0], ranks)) == "down"
    )


def _is_task(words: list[str]) -> bool:
    first = words[0].strip(_MARKS)
    return first in task_verbs() or first in _NEGATED or " ".join(words[:2]).strip(_MARKS) in task_verbs()
