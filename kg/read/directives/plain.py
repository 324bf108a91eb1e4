"""Plain orders: "<official> yêu cầu <somebody> <to do>", which are directives whatever stands around them."""

import re
from collections.abc import Mapping

from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.authority import direction, rank_of
from kg.read.directives.cues import task_verbs
from kg.read.directives.speakers import Speaker, is_nominal
from kg.read.directives.vetoes import is_told_of_the_past

PLAIN = 0.6
"""The least probability of a plain order. Of those in `gold/train` nine in ten are directives, of those that the models there miss seven in ten."""

_VERBS = frozenset({"yêu cầu", "giao", "đề nghị", "nhắc nhở", "phân công", "kêu gọi", "quán triệt"})
_STRESSES = frozenset({"nhấn mạnh", "lưu ý"})
_BY_BODIES = frozenset({"yêu cầu", "giao"})
_DOWNWARD = frozenset({"đề nghị", "kêu gọi"})
_WITH_OBJECT = frozenset({"giao", "phân công"})
_JOINED = frozenset({"yêu cầu", "giao", "đề nghị", "lưu ý"})
_PASSIVE = re.compile(
    r"\s*(?:cũng |còn )?được (giao|yêu cầu|đề nghị|phân công)\s+(?!theo|làm bên|tại|trong|cho|bởi|nhiệm vụ\b)\w"
)

_SPEAKERS = frozenset({"person", "post", "pronoun"})
_INSIDE = re.compile(
    r"\b(?:nếu|khi|việc|do|mà|những|được|bị|vì|bởi|các|nhiệm vụ|đề xuất|kiến nghị|mong|như|trong đó có)\s+(?:ông |bà |đồng chí )?$"
)
_LEAST_WORDS = 4


def plain_order(folded: str, view: SentenceView, ranks: Mapping[str, int]) -> Trigger | None:
    """Return the verb that makes `view` a plain order, or None. `folded` is the page's text, `ranks` the ranks of its officials by name.

    Plain is: the subject right before the verb, an official (or a body, of which more is asked); no clause around it (if, when, that ...);
    no petition in the sentence; who is told, if anybody, not above the speaker; and something to do behind the verb.
    """
    passive = _in_the_passive(folded, view)
    if passive is not None:
        return passive
    orders = (t for t in view.triggers if t.kind == "order" and t.lemma in _VERBS and not is_nominal(t))
    trigger = next((t for t in orders if t.subject is not None and t.gap == "tight"), None)
    if trigger is None:
        trigger = next((t for t in view.triggers if _is_joined(view, t)), None)
    if trigger is not None:
        return trigger if not _petitions(view, trigger) and _is_plain(folded, view, ranks, trigger) else None
    return next((t for t in view.triggers if _with_duty(folded, view, t)), None)


def _petitions(view: SentenceView, order: Trigger) -> bool:
    """Whether somebody asks for something before the order is given ("Sở kiến nghị ..., đề nghị ...")."""
    return any(t.kind == "petition" and t.start < order.start and t.subject is not None for t in view.triggers)


def told_by_speaker(view: SentenceView, speaker: Speaker, ranks: Mapping[str, int]) -> bool:
    """ "Theo <official>, <somebody> cần/phải ...", "<official> cho rằng <somebody> cần ...": what somebody not above him must do."""
    if speaker.mention is None or not (
        speaker.how == "source" or (speaker.how == "here" and speaker.mention.kind == "person")
    ):
        return False
    rank = rank_of(speaker.mention, ranks)
    lemmas = _DUTIES if speaker.how == "source" else _ADVISED
    duties = (t for t in view.triggers if t.kind == "modal" and t.lemma in lemmas and t.gap == "tight")
    told = (t.subject for t in duties if t.subject is not None and t.subject.kind in {"group", "agency"})
    return any(direction(rank, rank_of(subject, ranks)) != "up" for subject in told)


_DUTIES = frozenset({"cần", "phải"})
_ADVISED = frozenset({"cần"})


def _in_the_passive(folded: str, view: SentenceView) -> Trigger | None:
    """ "<Body> được yêu cầu <to do>" at the start of a sentence."""
    first = next((m for m in view.mentions if m.kind in {"agency", "group"}), None)
    if first is None or folded[view.start : first.start].strip():
        return None
    found = _PASSIVE.search(folded, first.end, view.end)
    if found is None or not _ONLY_BODIES.fullmatch(folded, first.end, found.start()):
        return None
    return Trigger(*found.span(1), "order", found.group(1), None, "none", (), "", "được", "")


_ONLY_BODIES = re.compile(r"(?:,? (?:và|cùng) [\w ]{3,60})?")


def _told_a_duty(view: SentenceView, trigger: Trigger) -> bool:
    """ "... và đề nghị bộ phải ...": who is told has no name of its own, but a duty."""
    if trigger.lemma not in {"yêu cầu", "đề nghị"} or not trigger.before.endswith(_JOINS):
        return False
    duties = (t for t in view.triggers if t.kind == "modal" and t.lemma in _DUTIES)
    return any(0 < t.start - trigger.end < _NEAR for t in duties)


_JOINS = (",", "và", "thời", "cũng", "còn")


_NEAR = 60


def _is_joined(view: SentenceView, trigger: Trigger) -> bool:
    """ "<Official> nêu ..., đồng thời yêu cầu <somebody> ...": an order with an object, whose subject stands before another verb."""
    return (
        trigger.kind == "order"
        and trigger.lemma in _JOINED
        and trigger.gap == "shared"
        and (bool(trigger.objects) or _told_a_duty(view, trigger))
        and not is_nominal(trigger)
    )


def _with_duty(folded: str, view: SentenceView, trigger: Trigger) -> bool:
    """ "<Official> nhấn mạnh ... cần/phải ...": what an official stresses that somebody must do."""
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
        told = direction(rank_of(subject, ranks), rank_of(trigger.objects[0], ranks)) != "up"
    else:
        told = trigger.lemma not in _WITH_OBJECT and (
            trigger.lemma == "yêu cầu" or _is_task(after) or _told_a_duty(view, trigger)
        )
    if subject.kind == "group" and subject.name.lower().startswith("đoàn "):
        return told and bool(trigger.objects)
    if subject.kind not in _SPEAKERS:
        by_bodies = trigger.lemma in _BY_BODIES or (trigger.lemma in _DOWNWARD and _is_down(trigger, ranks))
        return told and subject.kind == "agency" and by_bodies and bool(trigger.objects)
    return told


def _is_down(trigger: Trigger, ranks: Mapping[str, int]) -> bool:
    subject = trigger.subject
    return (
        subject is not None
        and bool(trigger.objects)
        and direction(rank_of(subject, ranks), rank_of(trigger.objects[0], ranks)) == "down"
    )


def _is_task(words: list[str]) -> bool:
    return words[0] in task_verbs() or " ".join(words[:2]) in task_verbs()
