"""Which verb could carry a directive sentence: its own triggers, the verb of the speech, the verb of the run."""

from collections.abc import Sequence

from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.candidates import CORE, SPOKEN, Candidate, Context, Decision, situation, standing
from kg.read.directives.saying import is_nominal

_NOT_CARRYING = frozenset({"praise", "criticise", "petition"})


def verb_candidates(ctx: Context, view: SentenceView, earlier: Sequence[Decision]) -> list[Candidate]:
    """Return the verbs that could carry the sentence: its triggers in order, the speech's, and the last directives'."""
    around = (*situation(ctx, view, earlier), *_inside(view))
    found: list[Candidate] = []
    core_before = 0
    carrying = [t for t in view.triggers if t.kind not in _NOT_CARRYING or t.lemma in {"kiến nghị", "đề xuất"}]
    for position, trigger in enumerate(carrying):
        features = _own(ctx, view, trigger, position, core_before, standing(ctx, view, earlier, trigger))
        if earlier:
            features.append(f"v-is-run{int(trigger.lemma == earlier[-1].verb)}")
        found.append(Candidate((trigger.lemma,), "trigger", tuple(features), around, trigger=trigger))
        core_before += trigger.lemma in CORE or trigger.lemma in SPOKEN
    found += [
        Candidate((cue.payload.lemma,), "passive", ("passive", f"v:{cue.payload.lemma}"), around)
        for cue in view.cues
        if cue.payload.kind == "passive"
        and any(p.right == "passive" and 0 <= cue.start - p.end < 12 for p in ctx.parties.get(view.index, ()))
    ]
    found += _speech(ctx, view, around, core_before)
    found += _run(ctx, view, earlier, around, core_before, len(carrying))
    return found or [Candidate(("chỉ đạo",), "default", ("default",))]


def _inside(view: SentenceView) -> list[str]:
    """What verbs the sentence has: the same for each candidate."""
    lemmas = {t.lemma for t in view.triggers if not is_nominal(t)}
    subjects = {
        t.subject.kind for t in view.triggers if t.subject is not None and t.kind != "modal" and t.gap == "tight"
    }
    modal = next((t for t in view.triggers if t.kind == "modal"), None)
    early = modal is not None and modal.start - view.start < 40
    out = [
        f"has-core{len(lemmas & CORE)}",
        f"has-spoken{int(bool(lemmas & SPOKEN))}",
        f"has-modal{int(modal is not None)}{int(early)}",
    ]
    out += [f"has-subject:{kind}" for kind in sorted(subjects)] or ["has-subject:none"]
    return out


def _own(ctx: Context, view: SentenceView, trigger: Trigger, position: int, core: int, vs: str) -> list[str]:
    subject = trigger.subject.kind if trigger.subject else "none"
    lemma, kind = trigger.lemma, trigger.kind
    early = "s" if trigger.start - view.start < 4 else "m"
    party = next((p for p in ctx.parties.get(view.index, ()) if p.verb is trigger), None)
    told = next((p for p in ctx.parties.get(view.index, ()) if p.told and 0 <= trigger.start - p.end < 20), None)
    quotes = ctx.page.text[view.start : trigger.start]
    return [
        "own",
        f"v:{lemma}",
        f"k:{kind}",
        f"subj:{subject}",
        f"sgap:{trigger.gap}",
        f"v:{kind}|{subject}|{trigger.gap}",
        f"v:{lemma}|{subject}|{trigger.gap}",
        f"early:{early}",
        f"pos{min(position, 2)}",
        f"core{min(core, 2)}",
        f"v:{lemma}|core{min(core, 2)}",
        f"obj{int(bool(trigger.objects or party))}",
        f"told{int(told is not None)}",
        f"nominal{int(is_nominal(trigger))}",
        f"tense:{trigger.tense}",
        f"b:{trigger.before.strip(',.')}",
        f"a:{trigger.after.strip(',.')}",
        f"incontent{int(quotes.count('“') > quotes.count('”'))}",
        f"{vs}",
        f"v:{lemma}|{vs}",
        f"late{int(trigger.start - view.start > 0.6 * (view.end - view.start))}",
        f"comma{int(',' in ctx.page.text[max(view.start, trigger.start - 3) : trigger.start])}",
    ]


def _speech(ctx: Context, view: SentenceView, around: tuple[str, ...], core: int) -> list[Candidate]:
    """The verb with which the speaker was introduced, or that stands behind the quotation."""
    speaker = ctx.speakers[view.index]
    if speaker.how not in {"quote", "carried"} or speaker.verb in {"", "theo"}:
        return []
    features = [
        "speech",
        f"v:{speaker.verb}",
        f"speech:{speaker.verb}",
        f"speech|{speaker.how}|d{min(speaker.distance, 4)}",
        f"core{min(core, 2)}",
    ]
    return [Candidate((speaker.verb,), "speech", tuple(features), around)]


def _run(
    ctx: Context, view: SentenceView, earlier: Sequence[Decision], around: tuple[str, ...], core: int, own: int
) -> list[Candidate]:
    out: list[Candidate] = []
    speaker = ctx.speakers[view.index]
    for back, decision in enumerate(reversed(earlier[-2:])):
        if back and decision.verb == earlier[-1].verb:
            continue
        features = [
            f"run{back}",
            f"v:{decision.verb}",
            f"run{back}:{decision.verb}",
            f"core{min(core, 2)}",
            f"n{min(own, 3)}",
        ]
        features.append(f"run-is-speech{int(speaker.verb == decision.verb)}")
        features.append(f"run-by-speaker{int(speaker.mention is not None and speaker.mention.name == decision.issuer)}")
        out.append(Candidate((decision.verb,), "run", tuple(features), around))
    return out
