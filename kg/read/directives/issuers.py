"""Who could have given an order: the subject of its verb, the speaker, who gave the last one, whoever else the sentence names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.authority import UNKNOWN, direction, rank_of
from kg.read.directives.candidates import Candidate, Context, Decision, rank_of_named, situation
from kg.read.directives.parties import expand
from kg.read.mentions import ActorMention


class _Found:
    """Candidates by name, with the features that each way of finding them adds."""

    def __init__(self, officials: Iterable[str]) -> None:
        self.features: dict[str, list[str]] = {}
        self.mentions: dict[str, ActorMention] = {}
        self.officials = tuple(officials)

    def add(self, mention: ActorMention, *what: str) -> None:
        if mention.kind in {"person", "post"}:
            full = next((n for n in self.officials if _is_part(mention.name, n)), None)
            mention = replace(mention, name=full) if full else mention
        self.features.setdefault(mention.name, []).extend(what)
        self.mentions.setdefault(mention.name, mention)


_CHAIRMAN = re.compile(
    r"^((?:phó\s+)?chủ tịch)\s+(?=(?:tỉnh|thành phố|tp|huyện|quận|xã|phường|thị xã|thị trấn)\b)", re.IGNORECASE
)


def written_out(post: str) -> str:
    """Return a post that stands for its holder in full: its body expanded, and the body that "Chủ tịch tỉnh" leaves out.

    >>> written_out("Chủ tịch tỉnh Thái Bình"), written_out("Thống đốc NHNN")
    ('Chủ tịch Ủy ban nhân dân tỉnh Thái Bình', 'Thống đốc Ngân hàng Nhà nước')
    """
    return _CHAIRMAN.sub(r"\1 Ủy ban nhân dân ", expand(post))


def _is_part(name: str, full: str) -> bool:
    """Whether `name` is the given name of `full`, or `full` with a post or a place written in front."""
    if name == full:
        return False
    return name.endswith(f" {full}") if " " in name else full.endswith(f" {name}")


def issuer_candidates(
    ctx: Context, view: SentenceView, earlier: Sequence[Decision], trigger: Trigger | None
) -> list[Candidate]:
    """Return who could have given the order, one candidate a name."""
    found = _Found(ctx.ranks)
    _subjects(ctx, found, view, trigger)
    speaker = ctx.speakers[view.index]
    if speaker.mention is not None:
        found.add(speaker.mention, f"speaker:{speaker.how}", f"speaker|d{min(speaker.distance, 4)}")
    after = ctx.speakers[view.index + 1] if view.index + 1 < len(ctx.views) else None
    if after is not None and after.mention is not None and after.how in {"here", "quote"}:
        found.add(after.mention, f"next-speaker:{after.how}")
    _previous(ctx, found, view, earlier)
    _here(ctx, found, view, trigger)
    around = (*situation(ctx, view, earlier), *_around(trigger))
    top = max(ctx.salience.values(), default=0)
    best = min((rank_of(m, ctx.ranks) for m in found.mentions.values()), default=UNKNOWN)
    out = []
    for name, own in found.features.items():
        mention = found.mentions[name]
        own += _standing(ctx, view, earlier, mention, trigger)
        own.append(f"senior:{rank_of(mention, ctx.ranks) == best}")
        own += [f"salient{min(ctx.salience.get(name, 0), 3)}", f"top{int(ctx.salience.get(name, 0) == top)}"]
        own.append(f"official{int(name in ctx.ranks)}")
        out.append(Candidate((name,), mention.how, tuple(own), around, (mention,)))
    return out


def _around(trigger: Trigger | None) -> list[str]:
    if trigger is None:
        return ["t:none"]
    subject = trigger.subject
    return [
        f"t:{trigger.kind}",
        f"tv:{trigger.lemma}",
        f"ts:{subject.kind if subject else 'none'}|{trigger.gap}",
        f"ts:{subject.how if subject else 'none'}",
    ]


_MUST_ACT = frozenset({"group", "agency", "post"})


def _told(trigger: Trigger) -> bool:
    """Whether the subject is one that must act ("các xã cần ...", "UBND tỉnh phải ..."), which gives no order."""
    if trigger.kind != "modal" or trigger.subject is None:
        return False
    return trigger.subject.kind in _MUST_ACT or (trigger.subject.kind == "person" and trigger.gap == "tight")


def _subjects(ctx: Context, found: _Found, view: SentenceView, trigger: Trigger | None) -> None:
    if trigger is not None and trigger.subject is not None and not _told(trigger):
        s = trigger.subject
        lead = ctx.page.folded[max(view.start, s.start - 14) : s.start].split()
        found.add(s, f"sb:{lead[-1] if lead else '^'}")
        found.add(
            s,
            "subj",
            f"subj:{trigger.gap}",
            f"subj:{trigger.kind}|{trigger.gap}",
            f"subj:{trigger.lemma}",
            f"subj:{s.kind}|{s.how}",
        )
    for other in view.triggers:
        if other is not trigger and other.subject is not None and not _told(other):
            side = "before" if trigger is None or other.start < trigger.start else "after"
            found.add(other.subject, f"other:{other.kind}|{other.gap}|{side}", f"other:{other.lemma}|{side}")


def _previous(ctx: Context, found: _Found, view: SentenceView, earlier: Sequence[Decision]) -> None:
    for back, decision in enumerate(reversed(earlier[-3:])):
        known = found.mentions.get(decision.issuer) or _find(ctx, decision.issuer)
        if known is not None:
            found.add(known, f"prev{back}", f"prev{back}|gap{min(view.index - decision.index, 4)}")
    if earlier:
        counted = [d.issuer for d in earlier]
        for name in sorted(set(counted)):
            if name in found.features:
                found.features[name].append(f"issued{min(counted.count(name), 3)}")


def _here(ctx: Context, found: _Found, view: SentenceView, trigger: Trigger | None) -> None:
    told = {m.name for p in ctx.parties.get(view.index, ()) if p.told or p.verb is not None for m in p.mentions}
    passive = {m.name for p in ctx.parties.get(view.index, ()) if p.right == "passive" for m in p.mentions}
    for position, mention in enumerate(view.mentions):
        if mention.kind not in {"person", "post", "agency"}:
            continue
        where = "before" if trigger is not None and mention.end <= trigger.start else "after"
        lead = ctx.page.folded[max(view.start, mention.start - 12) : mention.start].split()
        found.add(
            mention,
            f"here:{mention.kind}|{where}",
            f"here{min(position, 2)}|{where}",
            f"hb:{lead[-1] if lead else '^'}",
        )
        if mention.name in told:
            found.add(mention, "told")
        if mention.name in passive:
            found.add(mention, "passive")


def _standing(
    ctx: Context, view: SentenceView, earlier: Sequence[Decision], mention: ActorMention, trigger: Trigger | None
) -> list[str]:
    rank = rank_of(mention, ctx.ranks)
    out = [f"kind:{mention.kind}", f"rank:{rank // 100}"]
    subject = trigger is not None and trigger.subject is not None and trigger.subject.name == mention.name
    if earlier and mention.name != earlier[-1].issuer:
        way = direction(rank, rank_of_named(ctx, earlier[-1].issuer))
        out += [f"vs:{way}|subj{int(subject)}", f"vs:{way}|gap{min(view.index - earlier[-1].index, 3)}"]
        out.append(f"was-told{int(any(mention.name in d.addressees for d in earlier))}")
        last = _find(ctx, earlier[-1].issuer)
        out.append(f"body-of-last{int(last is not None and last.agency == mention.name)}")
    if trigger is not None and any(m.name == mention.name for m in trigger.objects):
        out.append("is-object")
    return out


def _find(ctx: Context, name: str) -> ActorMention | None:
    for view in ctx.views:
        for mention in view.mentions:
            if mention.name == name:
                return mention
    return None
