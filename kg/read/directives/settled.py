"""What the grammar alone settles where it is plain: orders in the passive, what a source decided, the host of the meeting just told."""

import re
from collections.abc import Sequence

from kg.read.directives.analysis import SentenceView
from kg.read.directives.candidates import Candidate, Context, Decision
from kg.read.directives.host import met_in
from kg.read.directives.parties import Party
from kg.read.directives.passive import Passive, passive_order, person_told
from kg.read.directives.plain import order_about
from kg.read.mentions import ActorMention
from kg.read.records import record

_CHAIRS = re.compile(
    r"\s+(?:vừa |đã |tiếp tục |trực tiếp )?(?:chủ trì|chủ tọa|kết luận|điều hành|họp|có buổi|làm việc|kiểm tra)\b"
)
_DECIDED = re.compile(
    r"theo (?:nội dung )?(?:thông báo (kết luận)|(kết luận|chỉ đạo|yêu cầu|phân công)|ý kiến (chỉ đạo))\b[^,]{0,30}? của "
)
_NEEDED = re.compile(r"\s*,\s*(cần|phải)\b")
_NEAR = 2
_JUDGES = frozenset({"praise", "criticise"})


@record
class Settled:
    """The verb of a sentence, who gave the order (None: the rankers choose), and who was told (None: likewise)."""

    verb: str
    issuer: ActorMention | None
    told: Candidate | None


def settle(ctx: Context, view: SentenceView, earlier: Sequence[Decision]) -> Settled | None:
    """Return what is plain of a directive sentence, or None where the rankers have to choose all."""
    folded = ctx.page.folded
    passive = passive_order(folded, view)
    if passive is not None:
        return Settled(passive.lemma, passive.source or _giver(ctx, view, earlier), _told(ctx, view, earlier, passive))
    if person_told(folded, view) and earlier:
        return Settled("phân công", _giver(ctx, view, earlier), _person(view))
    about = order_about(folded, view)
    if about is not None:
        return Settled(about.lemma, _giver(ctx, view, earlier), None)
    speaker = ctx.speakers[view.index]
    if speaker.how != "source" or speaker.mention is None:
        return None
    decided = _DECIDED.match(view.folded)
    if decided:
        told = [p for p in ctx.parties[view.index] if p.start >= speaker.mention.end and p.right in {"task", "modal"}]
        verb = next(filter(None, decided.groups()))
        return Settled(verb, speaker.mention, _candidate(told[:1])) if told and told[0].right == "task" else None
    needed = _NEEDED.match(folded, speaker.mention.end, view.end)
    if needed and speaker.mention.kind in {"person", "post"} and view.folded.startswith("theo"):
        return Settled(needed.group(1), speaker.mention, None)
    return None


def host_told(ctx: Context, view: SentenceView, earlier: Sequence[Decision], issuer: str) -> Candidate | None:
    """Return the one body that the speaker works with, hears or inspects, where this or the last sentence says so and nobody is told before."""
    if earlier and earlier[-1].addressees:
        return None
    if any(p.strong or p.told or p.verb is not None for p in ctx.parties[view.index]):
        return None
    for at in (view, ctx.views[view.index - 1]) if view.index else (view,):
        met = tuple(m for m in met_in(ctx.page, at) if m.name != issuer)
        if met:
            return Candidate(tuple(dict.fromkeys(m.name for m in met)), "host0", (), (), met)
    return _judged(ctx, view, issuer)


def _judged(ctx: Context, view: SentenceView, issuer: str) -> Candidate | None:
    """The one body that the speaker has just praised or criticised, in this sentence or the last: "khen X ... Tuy nhiên, ông yêu cầu ..."."""
    for at in (view, ctx.views[view.index - 1]) if view.index else (view,):
        judged = next((t for t in at.triggers if t.kind in _JUDGES and t.subject and t.subject.name == issuer), None)
        if judged is not None:
            bodies = [m for m in at.mentions if m.start >= judged.end and m.kind == "agency" and m.name != issuer]
            return Candidate((bodies[0].name,), "host0", (), (), tuple(bodies)) if len(bodies) == 1 else None
    return None


def _told(ctx: Context, view: SentenceView, earlier: Sequence[Decision], passive: Passive) -> Candidate | None:
    """Who was told in the passive: the body last told where only "cơ quan này" stands there; else as named or written."""
    found = [p for p in ctx.parties[view.index] if p.right == "passive" and p.end <= passive.start]
    mentions = tuple(m for p in found for m in p.mentions if m.start >= passive.told)
    if earlier and mentions and mentions[0].how == "pronoun":
        names = earlier[-1].addressees
        return Candidate(names, "here", (), (), mentions) if names else None
    start, end = passive.told, passive.start - len("được ")
    if not mentions or mentions[0].start > start + len("các "):
        text = ctx.page.text[start:end].strip()
        mentions = (ActorMention(start, start + len(text), "group", text, "written", confidence=0.6),)
    return Candidate(tuple(dict.fromkeys(m.name for m in mentions)), "here", (), (), mentions)


def _candidate(parties: Sequence[Party]) -> Candidate | None:
    mentions = tuple(m for party in parties for m in party.mentions)
    return Candidate(tuple(dict.fromkeys(m.name for m in mentions)), "here", (), (), mentions) if mentions else None


def _person(view: SentenceView) -> Candidate:
    return Candidate((view.mentions[0].name,), "here", (), (), view.mentions[:1])


def _giver(ctx: Context, view: SentenceView, earlier: Sequence[Decision]) -> ActorMention | None:
    """Who gave an order in the passive: who gave the last one, else who chairs the meeting of the sentences before."""
    near = range(max(0, view.index - _NEAR), view.index)
    before = [m for i in reversed(near) for m in reversed(ctx.views[i].mentions)]
    if earlier and earlier[-1].index in near:
        return next((m for m in before if m.name == earlier[-1].issuer), None)
    chairs = (m for m in before if m.kind in {"person", "post"} and _CHAIRS.match(ctx.page.folded, m.end))
    return next(chairs, None)
