"""What could be the verb, the issuer and the addressees of a directive sentence, each candidate with the features that rank it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.read.directives.analysis import SentenceView, Trigger, opener_length
from kg.read.directives.authority import UNKNOWN, direction, rank_of, rank_of_name
from kg.read.directives.cues import task_verbs
from kg.read.directives.phrases import object_phrase, told_phrase
from kg.read.directives.speakers import Speaker, is_nominal
from kg.read.mentions import ActorMention
from kg.read.page import Page

CORE = frozenset({"yêu cầu", "đề nghị", "giao", "lưu ý", "nhắc nhở", "kêu gọi", "mong muốn", "nghiêm cấm", "ra lệnh"})
SPOKEN = frozenset({"nhấn mạnh", "nhắc lại", "nêu rõ", "phát biểu", "kết luận"})
_TOPIC = re.compile(r"^[\"'“\s(]*(?:riêng\s+|còn\s+)?(?:đối với|với|về phía|riêng|tại)\s+$")
_SENT_TO = re.compile(r"\b(?:gửi|gửi tới|gửi đến|gửi cho|giao cho|giao|đề nghị|yêu cầu|với|tới)\s+(?:các\s+)?$")
_ADVERB = re.compile(r"\s*,?\s*(?:(?:cũng|đã|sẽ|tiếp tục|trong|ngay|trực tiếp|luôn|còn|này|trên|đó|phải|cần|nên)\s+)*")
_LIST = re.compile(
    r"\s*(?:,|;|và|cùng|cùng với|cũng như|hoặc|,\s*và|/)\s*(?:các|những|lãnh đạo|đồng chí|tập thể|toàn thể)?\s*"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was settled for an earlier directive of the article."""

    index: int
    verb: str
    issuer: str
    addressees: tuple[str, ...]
    explicit: bool


@dataclass(frozen=True, slots=True)
class Context:
    """The article around a directive sentence."""

    page: Page
    views: Sequence[SentenceView]
    speakers: Sequence[Speaker]
    ranks: Mapping[str, int]
    hosts: tuple[ActorMention, ...]
    lookahead: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value (a verb's lemma, or names) with the features that rank it; `mentions` where it stands in this sentence."""

    value: tuple[str, ...]
    how: str
    features: tuple[str, ...]
    mentions: tuple[ActorMention, ...] = ()
    trigger: Trigger | None = None


def _situation(ctx: Context, view: SentenceView, earlier: Sequence[Decision]) -> list[str]:
    """How the sentence stands to the last directive and to its speaker."""
    gap = view.index - earlier[-1].index if earlier else 9
    speaker = ctx.speakers[view.index]
    opening = (
        "task" if view.task_opening else "actor" if view.mentions and view.mentions[0].start - view.start < 3 else "x"
    )
    return [f"gap{min(gap, 4)}", f"spk:{speaker.how}", f"open:{opening}", f"q{int(view.quoted or view.quote_opens)}"]


def verb_candidates(ctx: Context, view: SentenceView, earlier: Sequence[Decision]) -> list[Candidate]:
    """Return the verbs that could carry the sentence: its triggers in order, and the last directive's verb."""
    situation = _situation(ctx, view, earlier)
    found: list[Candidate] = []
    core_before = False
    for position, trigger in enumerate(view.triggers):
        if trigger.kind in {"praise", "criticise", "petition"}:
            continue
        found.append(
            _verb(ctx, view, trigger, position, core_before, [*situation, _standing(ctx, view, earlier, trigger)])
        )
        core_before = core_before or trigger.lemma in CORE or trigger.lemma in SPOKEN
    speaker = ctx.speakers[view.index]
    if speaker.how in {"quote", "carried"} and speaker.verb not in {"", "theo"}:
        far = min(speaker.distance, 4)
        features = [
            f"speech:{speaker.verb}|{speaker.how}",
            f"speech|{speaker.how}|d{far}",
            f"speech:{speaker.verb}|d{far}",
        ]
        features += [f"speech:{s}" for s in situation]
        features.append(f"speech|core{int(core_before)}|modal{int(any(t.kind == 'modal' for t in view.triggers))}")
        found.append(Candidate((speaker.verb,), "speech", tuple(features)))
    for back, decision in enumerate(reversed(earlier[-2:])):
        if back and decision.verb == earlier[-1].verb:
            continue
        features = [f"run{back}", f"run{back}:{decision.verb}"]
        features += [f"run{back}:{s}" for s in situation]
        features += [f"run{back}|n{min(len(found), 3)}", f"run{back}|core{int(core_before)}"]
        features.append(f"run{back}|modal{int(any(t.kind == 'modal' for t in view.triggers))}|{decision.verb}")
        found.append(Candidate((decision.verb,), "run", tuple(features)))
    if not found:
        found.append(Candidate(("chỉ đạo",), "default", ("default",)))
    return found


def _standing(ctx: Context, view: SentenceView, earlier: Sequence[Decision], trigger: Trigger) -> str:
    """How the subject of a verb stands to who gave the last order: a body below him that "chỉ đạo" is told to, not ordering."""
    if trigger.subject is None or not earlier:
        return "vs:none"
    last = earlier[-1]
    if trigger.subject.name == last.issuer:
        return "vs:same"
    way = direction(rank_of(trigger.subject, ctx.ranks), rank_of_named(ctx, last.issuer))
    return f"vs:{way}|gap{min(view.index - last.index, 3)}"


def rank_of_named(ctx: Context, name: str) -> int:
    """Return the rank of an actor by name: an official's, else what the name itself says."""
    return ctx.ranks[name] if name in ctx.ranks else rank_of_name(name)


def _verb(
    ctx: Context, view: SentenceView, trigger: Trigger, position: int, core_before: bool, situation: list[str]
) -> Candidate:
    subject = trigger.subject.kind if trigger.subject else "none"
    lemma = trigger.lemma
    early = "s" if trigger.start - view.start < 4 else "m"
    features = [
        f"v:{lemma}",
        f"v:{trigger.kind}|{subject}|{trigger.gap}",
        f"v:{lemma}|{subject}|{trigger.gap}",
        f"v:{lemma}|{early}",
        f"v:{trigger.kind}|pos{min(position, 2)}|core{int(core_before)}",
        f"v:{lemma}|core{int(core_before)}",
        f"v:{lemma}|obj{int(bool(trigger.objects))}|{trigger.gap}",
        f"v:{trigger.kind}|nominal{int(is_nominal(trigger))}",
        f"v:{lemma}|b:{trigger.before.strip(',.')}",
    ]
    features += [f"v:{trigger.kind}:{s}" for s in situation]
    features.append(f"v:{lemma}:{situation[-1]}")
    return Candidate((lemma,), "trigger", tuple(features), trigger=trigger)


def issuer_candidates(
    ctx: Context, view: SentenceView, earlier: Sequence[Decision], trigger: Trigger | None
) -> list[Candidate]:
    """Return who could have given the order, one candidate a name."""
    situation = _situation(ctx, view, earlier)
    features: dict[str, list[str]] = {}
    mentions: dict[str, ActorMention] = {}

    def add(mention: ActorMention, *what: str) -> None:
        features.setdefault(mention.name, []).extend(what)
        mentions.setdefault(mention.name, mention)

    if trigger is not None and trigger.subject is not None:
        s = trigger.subject
        add(s, f"subj:{trigger.kind}|{trigger.gap}", f"subj:{trigger.lemma}", f"subj:{s.kind}|{trigger.gap}")
    for other in view.triggers:
        if other is not trigger and other.subject is not None:
            side = "before" if trigger is None or other.start < trigger.start else "after"
            add(other.subject, f"other:{other.kind}|{other.gap}|{side}", f"other:{other.lemma}|{side}")
    speaker = ctx.speakers[view.index]
    if speaker.mention is not None:
        add(speaker.mention, f"speaker:{speaker.how}", f"speaker:{speaker.how}|d{min(speaker.distance, 4)}")
    for back, decision in enumerate(reversed(earlier[-3:])):
        if decision.issuer and decision.issuer not in mentions:
            known = _find(ctx, decision.issuer)
            if known is not None:
                mentions[decision.issuer] = known
        if decision.issuer in mentions:
            features.setdefault(decision.issuer, []).extend(
                [f"prev{back}|gap{min(view.index - decision.index, 4)}", *(f"prev{back}:{s}" for s in situation)]
            )
    for position, mention in enumerate(view.mentions):
        if mention.kind in {"person", "post", "agency"}:
            where = "before" if trigger is not None and mention.end <= trigger.start else "after"
            add(mention, f"here:{mention.kind}|{where}", f"here{min(position, 2)}|{where}")
    out = []
    best = min((rank_of(m, ctx.ranks) for m in mentions.values()), default=UNKNOWN)
    for name, own in features.items():
        rank = rank_of(mentions[name], ctx.ranks)
        own += [f"kind:{mentions[name].kind}", f"rank:{rank // 100}", f"senior:{rank == best}"]
        if earlier and name != earlier[-1].issuer:
            way = direction(rank, rank_of_named(ctx, earlier[-1].issuer))
            subject = trigger is not None and trigger.subject is not None and trigger.subject.name == name
            own += [
                f"vs:{way}|subj{int(subject)}",
                f"vs:{way}|gap{min(view.index - earlier[-1].index, 3)}|subj{int(subject)}",
            ]
            if subject and trigger is not None:
                own.append(f"vs:{way}|{trigger.lemma}")
        if trigger is not None and any(m.name == name for m in trigger.objects):
            own.append("is-object")
        out.append(Candidate((name,), mentions[name].how, tuple(own), (mentions[name],)))
    return out


def _find(ctx: Context, name: str) -> ActorMention | None:
    for view in ctx.views:
        for mention in view.mentions:
            if mention.name == name:
                return mention
    return None


def addressee_candidates(
    ctx: Context, view: SentenceView, earlier: Sequence[Decision], trigger: Trigger | None, issuer: str
) -> list[Candidate]:
    """Return the sets of addressees that the grammar offers, the empty set last."""
    situation = _situation(ctx, view, earlier)
    found: list[Candidate] = []
    seen: dict[tuple[str, ...], int] = {}

    def add(mentions: Sequence[ActorMention], how: str, *what: str, names: tuple[str, ...] | None = None) -> None:
        value = (
            names
            if names is not None
            else tuple(dict.fromkeys(addressee_name(ctx.page, m) for m in mentions if m.name != issuer))
        )
        if not value and how != "none":
            return
        features = [how, *what, *(f"{how}:{s}" for s in situation)]
        if mentions:
            rank = rank_of(mentions[0], ctx.ranks)
            own = rank_of_named(ctx, issuer)
            features += [f"{how}|{mentions[0].kind}", f"{how}|{direction(own, rank)}", f"how:{direction(own, rank)}"]
        if value in seen:
            old = found[seen[value]]
            found[seen[value]] = Candidate(value, old.how, old.features + tuple(features), old.mentions)
            return
        seen[value] = len(found)
        found.append(Candidate(value, how, tuple(features), tuple(mentions)))

    semicolons = _after_semicolons(ctx.page, view)
    for other in view.triggers:
        if other.objects and other.kind in {"order", "say"}:
            mark = "own" if other is trigger else "early" if trigger is None or other.start < trigger.start else "late"
            add(other.objects, f"object-{mark}", f"object-{mark}:{other.lemma}", f"object-{mark}|{other.kind}")
            if mark == "own" and semicolons:
                add([*other.objects, *semicolons], "object-semi")
    if trigger is not None and trigger.kind == "order" and not trigger.objects:
        phrase = object_phrase(ctx.page, trigger.end, view.end)
        if phrase is not None:
            inside = [m for m in view.mentions if phrase.start <= m.start < phrase.end and m.kind != "group"]
            names = _split_names(ctx, view, phrase)
            add(
                [phrase],
                "object-free",
                f"object-free:{trigger.lemma}",
                f"object-free|in{int(bool(inside))}",
                names=names,
            )
    spread = [m for t in view.triggers if t.lemma in CORE and t.kind == "order" for m in t.objects]
    if len(spread) > (len(trigger.objects) if trigger is not None else 0):
        add(spread, "object-all", f"object-all|n{min(len(spread), 4)}")
    told = _told(ctx.page, view)
    free = told_phrase(ctx.page, view.start, view.end)
    if free is not None:
        add([free], "told-free", f"told-free|told{int(bool(told))}|{'start' if free.start - view.start < 4 else 'mid'}")
    for position, chain in enumerate(told):
        last = chain[-1]
        relation = "after" if trigger is not None and chain[0].start >= trigger.end else "before"
        is_subject = any(t.subject == last and t.kind != "modal" for t in view.triggers)
        start = "start" if chain[0].start - view.start < 4 else "mid"
        before = ctx.page.folded[max(view.start, chain[0].start - 12) : chain[0].start].split()
        add(chain, f"told{min(position, 1)}", f"told|{relation}|subj{int(is_subject)}", f"told|{start}",
            f"told|b:{before[-1] if before else '^'}", f"told|{relation}|{chain[0].kind}")  # fmt: skip
    if len(told) > 1:
        add([m for chain in told for m in chain], "told-all")
    if view.mentions and _TOPIC.match(ctx.page.folded[view.start : view.mentions[0].start]):
        add(_chain(ctx.page, view, 0), "topic")
    for position, mention in enumerate(view.mentions):
        lead = ctx.page.folded[max(view.start, mention.start - 20) : mention.start]
        if _SENT_TO.search(lead):
            add(_chain(ctx.page, view, position), "sent", f"sent:{lead.split()[-1]}")
    previous: set[tuple[str, ...]] = set()
    for back, decision in enumerate(reversed(earlier[-4:])):
        if decision.addressees in previous or not decision.addressees:
            continue
        previous.add(decision.addressees)
        same = "same" if decision.issuer == issuer else "else"
        gap = min(view.index - decision.index, 5)
        add((), f"prev{back}", f"prev{back}|{same}|gap{gap}", f"prev|{same}", f"prev{back}|exp{int(decision.explicit)}|{same}",
            f"prev{back}|any{int(bool(told or (trigger and trigger.objects)))}", names=decision.addressees)  # fmt: skip
    if ctx.hosts:
        add(ctx.hosts, "host", f"host|first{int(not earlier)}", f"host|subj:{trigger.kind if trigger else 'none'}")
    ahead = ctx.lookahead.get(view.index)
    if ahead:
        add((), "ahead", f"ahead|first{int(not earlier)}", names=ahead)
    groups = [m for m in view.mentions if m.kind in {"group", "agency", "post"} and m.name != issuer]
    for position, mention in enumerate(groups[:3]):
        before = ctx.page.folded[max(view.start, mention.start - 10) : mention.start].split()
        opens = mention.start - view.start - opener_length(view.folded) < 3
        add(_chain(ctx.page, view, view.mentions.index(mention)), "here", f"here{position}|{mention.kind}",
            f"here|b:{before[-1] if before else '^'}", f"here|opens{int(opens)}|{mention.kind}",
            f"here|opens{int(opens)}|verb{int(trigger is not None and trigger.subject == mention)}")  # fmt: skip
    add((), "none", f"none|first{int(not earlier)}", f"none|{trigger.kind if trigger else 'none'}", names=())
    return found


_HONORIFIC = re.compile(r"^(?:đồng chí|các đồng chí|đ/c|ông|bà)\s+", re.IGNORECASE)


def addressee_name(page: Page, mention: ActorMention) -> str:
    """Return the name of an addressee: a post that stands without its holder's name stays a post (GUIDELINES.md)."""
    if mention.kind == "person" and mention.how == "post":
        return _HONORIFIC.sub("", page.text[mention.start : mention.end])
    return mention.name


_AND = re.compile(r"\s+(?:và|cùng|cũng như)\s+|\s*[,;]\s*")


def _split_names(ctx: Context, view: SentenceView, phrase: ActorMention) -> tuple[str, ...]:
    """The names of a free phrase: parts of a list, and for "bệnh viện này" the body last named."""
    if phrase.name.endswith((" này", " trên", " nói trên")):
        head = " ".join(phrase.name.split()[:2])
        bodies = [m for v in ctx.views[max(0, view.index - 6) : view.index + 1] for m in v.mentions
                  if m.kind == "agency" and m.start < phrase.start]  # fmt: skip
        same = [m for m in bodies if m.name.lower().startswith(head)]
        if same or bodies:
            return ((same or bodies)[-1].name,)
    return tuple(_AND.split(phrase.name))


def _told(page: Page, view: SentenceView) -> list[list[ActorMention]]:
    """Chains of actors followed by cần/phải or a task verb."""
    chains: list[list[ActorMention]] = []
    position = 0
    while position < len(view.mentions):
        chain = _chain(page, view, position)
        if _is_told(page, view, chain[-1].end):
            chains.append(chain)
        position += len(chain)
    return chains


def _is_told(page: Page, view: SentenceView, end: int) -> bool:
    match = _ADVERB.match(page.folded, end, view.end)
    if match and ("cần" in match.group() or "phải" in match.group() or "nên" in match.group()):
        return True
    rest = page.folded[match.end() if match else end : view.end].split(None, 3)
    return bool(rest) and (rest[0] in task_verbs() or " ".join(rest[:2]) in task_verbs() or rest[0] in {"cần", "phải"})


def _after_semicolons(page: Page, view: SentenceView) -> list[ActorMention]:
    found: list[ActorMention] = []
    for position, mention in enumerate(view.mentions):
        lead = page.folded[max(view.start, mention.start - 24) : mention.start].rstrip()
        if lead.endswith((";", "; giao", "; yêu cầu", "; đề nghị", "đồng thời giao", "đồng thời yêu cầu")):
            found += _chain(page, view, position)
    return found


def _chain(page: Page, view: SentenceView, position: int) -> list[ActorMention]:
    chain = [view.mentions[position]]
    for mention in view.mentions[position + 1 :]:
        if not _LIST.fullmatch(page.folded[chain[-1].end : mention.start]):
            break
        chain.append(mention)
    return chain
