"""What a choice is made of: the article around a directive sentence, what was settled before it, and candidates with features."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field

from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.authority import UNKNOWN, direction, rank_of, rank_of_name
from kg.read.directives.parties import Party, find_parties
from kg.read.directives.speakers import Speaker
from kg.read.mentions import ActorMention
from kg.read.page import Page
from kg.read.records import record
from kg.text.letters import UPPER

CORE = frozenset({"yêu cầu", "đề nghị", "giao", "lưu ý", "nhắc nhở", "kêu gọi", "mong muốn", "nghiêm cấm", "ra lệnh"})
SPOKEN = frozenset({"nhấn mạnh", "nhắc lại", "nêu rõ", "phát biểu", "kết luận"})


@record
class Decision:
    """What was settled for an earlier directive of the article."""

    index: int
    verb: str
    issuer: str
    addressees: tuple[str, ...]
    explicit: bool


@record
class Context:
    """The article around its directive sentences; `parties` holds the actors of each directive sentence by its index."""

    page: Page
    views: Sequence[SentenceView]
    speakers: Sequence[Speaker]
    ranks: Mapping[str, int]
    hosts: tuple[tuple[ActorMention, ...], ...]
    chosen: Sequence[int]
    parties: Mapping[int, Sequence[Party]] = field(repr=False)
    salience: Mapping[str, int] = field(repr=False)
    popularity: Mapping[str, int] = field(repr=False)
    bodies: Mapping[str, str] = field(repr=False)
    acronyms: Mapping[str, str] = field(repr=False)
    longer: Mapping[str, Sequence[str]] = field(repr=False)

    @classmethod
    def of(
        cls,
        page: Page,
        views: Sequence[SentenceView],
        speakers: Sequence[Speaker],
        ranks: Mapping[str, int],
        hosts: tuple[tuple[ActorMention, ...], ...],
        chosen: Sequence[int],
    ) -> "Context":
        """Return the context of the directive sentences `chosen` (indices in order)."""
        parties = {i: find_parties(page, views[i]) for i in chosen}
        bodies = {m.name: m.agency for view in views for m in view.mentions if m.agency is not None}
        told = Counter(m.name for found in parties.values() for p in found if p.strong for m in p.mentions)
        return cls(
            page,
            views,
            speakers,
            ranks,
            hosts,
            chosen,
            parties,
            _salience(views),
            told,
            bodies,
            _acronyms(page, views),
            _longer(views),
        )


def _longer(views: Sequence[SentenceView]) -> dict[str, list[str]]:
    """The bodies' names by each of their beginnings of two words and more."""
    out: dict[str, list[str]] = {}
    for name in dict.fromkeys(m.name for view in views for m in view.mentions if m.kind == "agency"):
        words = name.lower().split()
        for length in range(2, len(words)):
            out.setdefault(" ".join(words[:length]), []).append(name)
    return out


_ACRONYM = re.compile(rf"[\"”]?\s(?:\((?:gọi tắt là |viết tắt là )?|- )([{UPPER}][{UPPER}\d&-]+)\)?")


def _acronyms(page: Page, views: Sequence[SentenceView]) -> dict[str, str]:
    """The names that "Tổng công ty ... (VEC)" gives to acronyms."""
    out: dict[str, str] = {}
    for view in views:
        for mention in view.mentions:
            match = _ACRONYM.match(page.text, mention.end) if mention.kind == "agency" else None
            if match:
                out.setdefault(match.group(1), mention.name)
    return out


def _salience(views: Sequence[SentenceView]) -> dict[str, int]:
    """How often each actor is the subject of an order in the article."""
    counts: dict[str, int] = {}
    for view in views:
        for trigger in view.triggers:
            if trigger.kind in {"order", "say"} and trigger.subject is not None and trigger.gap == "tight":
                counts[trigger.subject.name] = counts.get(trigger.subject.name, 0) + 1
    return counts


@record
class Candidate:
    """A value (a verb's lemma, or names) with the features that rank it, `around` those that all candidates of the choice have; `mentions`
    where it stands in this sentence."""

    value: tuple[str, ...]
    how: str
    features: tuple[str, ...]
    around: tuple[str, ...] = ()
    mentions: tuple[ActorMention, ...] = ()
    trigger: Trigger | None = None


def situation(ctx: Context, view: SentenceView, earlier: Sequence[Decision]) -> list[str]:
    """Return how the sentence stands to the last directive and to its speaker: the same for each of its candidates."""
    gap = view.index - earlier[-1].index if earlier else 9
    speaker = ctx.speakers[view.index]
    first = view.mentions[0].start - view.start < 3 if view.mentions else False
    opening = "task" if view.task_opening else "actor" if first else "x"
    out = [f"gap{min(gap, 4)}", f"spk:{speaker.how}", f"open:{opening}", f"q{int(view.quoted or view.quote_opens)}"]
    out.append(f"para{int(_new_paragraph(ctx, view))}")
    if earlier:
        spoken = speaker.mention is not None and speaker.mention.name == earlier[-1].issuer
        out.append(f"spk-is-last{int(spoken)}|{speaker.how}")
    else:
        out.append("first")
    return out


def _new_paragraph(ctx: Context, view: SentenceView) -> bool:
    before = ctx.views[view.index - 1].end if view.index else 0
    return "\n" in ctx.page.text[before : view.start]


def rank_of_named(ctx: Context, name: str) -> int:
    """Return the rank of an actor by name: an official's, else what the name itself says."""
    return ctx.ranks[name] if name in ctx.ranks else rank_of_name(name)


def standing(ctx: Context, view: SentenceView, earlier: Sequence[Decision], trigger: Trigger) -> str:
    """Return how the subject of a verb stands to who gave the last order: a body below him that "chỉ đạo" is told to."""
    if trigger.subject is None or not earlier:
        return "vs:none"
    last = earlier[-1]
    if trigger.subject.name == last.issuer:
        return "vs:same"
    way = direction(rank_of(trigger.subject, ctx.ranks), rank_of_named(ctx, last.issuer))
    return f"vs:{way}|gap{min(view.index - last.index, 3)}"


__all__ = ["CORE", "SPOKEN", "UNKNOWN", "Candidate", "Context", "Decision", "rank_of_named", "situation", "standing"]
