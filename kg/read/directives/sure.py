"""The cases that need no ranking: "<somebody> yêu cầu <somebody>", with the verb right behind its subject and its object right behind it."""

import re
from collections.abc import Iterator

from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.candidates import CORE, Context
from kg.read.directives.parties import Party
from kg.read.directives.saying import is_nominal
from kg.read.mentions import ActorMention
from kg.read.records import record

_SUBJECTS = frozenset({"person", "agency", "post", "pronoun"})


@record
class Sure:
    """The verb of a sentence that stands beyond doubt; whether its subject gave the order; its objects, those of later clauses behind the first."""

    trigger: Trigger
    by_subject: bool
    parties: tuple[Party, ...]


def sure_order(ctx: Context, view: SentenceView, told_before: tuple[str, ...]) -> Sure | None:
    """Return the sentence's first order if it is a plain one; `told_before` are those whom the last directive told."""
    trigger = next((t for t in view.triggers if t.kind == "order" and not is_nominal(t)), None)
    if trigger is None or trigger.subject is None or trigger.gap != "tight" or trigger.subject.kind not in _SUBJECTS:
        return None
    party = next((p for p in ctx.parties[view.index] if p.verb is trigger), None)
    subject = trigger.subject
    later = () if party is None else tuple(_in_later_clauses(ctx, view, trigger, party))
    if trigger.lemma not in CORE and not (later and _directs(trigger, subject, told_before)):
        return None
    if subject.name in told_before or ctx.page.folded[: subject.start].rstrip().endswith("gửi"):
        return None
    named = subject.kind == "pronoun" or (subject.kind == "person" and " " in subject.name)
    parties = () if party is None else (party, *later)
    return Sure(trigger, named or (subject.kind == "agency" and party is not None), parties)


def _directs(trigger: Trigger, subject: ActorMention, told_before: tuple[str, ...]) -> bool:
    """Whether "<somebody> chỉ đạo Y" is his own order, with clauses for others behind it: in a run, who "chỉ đạo" others is told to."""
    return trigger.lemma == "chỉ đạo" and subject.kind in {"person", "agency"} and not told_before and not trigger.tense


_ALSO = re.compile(r"(?:;|\bđồng thời|\bvà)\s*(?:đồng thời\s+|cũng\s+)?$")
_CLAUSE = re.compile(r"(?:;|,?\s*(?:đồng thời|còn|riêng))\s*(?:đồng thời\s+|còn\s+|riêng\s+|các\s+)*$")
_IDLE = frozenset(
    ["sẽ", "đã", "đang", "hiện", "vừa", "cũng", "là", "có", "và", "cùng", "với", "của", "thuộc", "ở", "tại", "trong", "để", "theo", "được",
     "bị", "còn", "chưa", "không", ",", ".", ";", ":", ")", "$", "speaks"]
)  # fmt: skip
"""What stands behind a name that is no doer of a task."""


def _in_later_clauses(ctx: Context, view: SentenceView, trigger: Trigger, first: Party) -> Iterator[Party]:
    """The objects of "...; yêu cầu Y ..." and the subjects of "...; Z <to do> ..." behind the first order and its object."""
    folded = ctx.page.folded
    for party in ctx.parties[view.index]:
        if party.start <= first.end:
            continue
        verb = party.verb
        if verb is not None and verb is not trigger and verb.lemma in CORE:
            if _ALSO.search(folded, max(view.start, verb.start - 20), verb.start):
                yield party
        elif verb is None and _CLAUSE.search(folded, max(view.start, party.start - 30), party.start):
            doer = party.right not in _IDLE and party.mentions[0].kind == first.mentions[0].kind
            if doer or party.right in {"task", "modal"}:
                yield party
