"""What a sentence holds for the directive reader: its cues, its actors, and each speech verb with subject and object."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import field

from kg.read.directives.cues import Cue, CueHit, cue_matcher, task_verbs
from kg.read.directives.refine import refine
from kg.read.directives.senders import ADVERBS, is_document_subject, sender_of, signer
from kg.read.mentions import ActorMention
from kg.read.page import Page
from kg.read.records import record
from kg.text.alternatives import alternatives

TRIGGER_KINDS = frozenset({"order", "say", "praise", "criticise", "petition"})

_LIST_GAP = re.compile(
    r"\s*(?:\([^()]{1,100}\)\s*)?(?:,|;|và|cùng|cùng với|cũng như|hoặc|đến|,\s*và|/)\s*(?:các|những|toàn thể|lãnh đạo|đồng chí|tập thể|:)?\s*"
)
_TO_OBJECT = re.compile(r"\s*(?:,|:)?\s*(?:cho|tới|đến|với|đối với|rằng|là)?\s*(?:các|những|toàn thể|tất cả|từng)?\s*")
_COMMA = re.compile(r"[,;:]")


@record
class Trigger:
    """A speech verb or modal with the actors that it joins. `gap` says how its subject was found: tight, loose, shared, none."""

    start: int
    end: int
    kind: str
    lemma: str
    subject: ActorMention | None
    gap: str
    objects: tuple[ActorMention, ...]
    tense: str
    before: str
    after: str


@record
class SentenceView:
    """A sentence (code points `start` to `end`) with what was found in it."""

    index: int
    start: int
    end: int
    folded: str = field(repr=False)
    cues: tuple[CueHit, ...] = field(repr=False)
    mentions: tuple[ActorMention, ...]
    triggers: tuple[Trigger, ...]
    quoted: bool
    quote_opens: bool
    quote_closes: bool
    task_opening: str


WORD = re.compile(r"\w+(?:[-/&]\w+)*|[\"“”;:%]")
"""A word of a folded text, or a sign that counts as one."""

_CONNECTIVES = (
    ["đồng thời", "bên cạnh đó", "ngoài ra", "cùng với đó", "cùng đó", "mặt khác", "trước mắt", "trong đó", "đặc biệt", "nhất là",
     "cụ thể", "theo đó", "từ đó", "qua đó", "trên cơ sở đó", "song song với đó", "tiếp theo", "cuối cùng", "do đó", "do vậy",
     "vì vậy", "vì thế", "tuy nhiên", "trước hết", "tiếp đó", "sau đó", "kế đến", "thêm vào đó", "hơn nữa", "riêng", "và",
     "thời gian tới", "trong thời gian tới"]
    + [f"{number} là" for number in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy")]
    + [f"thứ {number}" for number in ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy")]
)  # fmt: skip
"""None of them begins another, so that their order is of no matter."""

_OPENERS = re.compile(rf"^[\"'\s(]*(?:[-+*•]\s*)?(?:{alternatives(_CONNECTIVES)}\s*[,:]?\s*)*")


def analyse(page: Page, mentions: Sequence[ActorMention]) -> tuple[SentenceView, ...]:
    """Return one view for each sentence of `page`, in order. `mentions` are sorted by start."""
    mentions = refine(page, mentions)
    hits = cue_matcher().find(page.folded)
    starts = [h.start for h in hits]
    mention_starts = [m.start for m in mentions]
    views: list[SentenceView] = []
    quoted = False
    sender: ActorMention | None = None
    for index, (start, end) in enumerate(page.sentences):
        cues = tuple(hits[bisect_left(starts, start) : bisect_left(starts, end)])
        actors = tuple(mentions[bisect_left(mention_starts, start) : bisect_left(mention_starts, end)])
        folded = page.folded[start:end]
        # every sign of quotation is folded to the plain one
        opens, closes, still = _quotes(page.text[start:end], quoted) if '"' in folded else (False, False, quoted)
        views.append(
            SentenceView(
                index,
                start,
                end,
                folded,
                cues,
                actors,
                _triggers(page, start, cues, actors, sender),
                quoted,
                opens,
                closes,
                _task_opening(folded),
            )
        )
        quoted = still
        sender = signer(page, start, end, actors) or sender
    return tuple(views)


def _quotes(text: str, quoted: bool) -> tuple[bool, bool, bool]:
    """Whether a quotation opens here, closes here, and is still open after the sentence."""
    opens = closes = False
    for char in text:
        if char == "“" or (char == '"' and not quoted):
            quoted = opens = True
        elif char == "”" or (char == '"' and quoted):
            quoted, closes = False, True
    return opens, closes, quoted


def opener_length(folded: str) -> int:
    """Return the length of the connectives that open a sentence ("Đồng thời, ", "Một là, ")."""
    match = _OPENERS.match(folded)
    return match.end() if match else 0


def _task_opening(folded: str) -> str:
    """The task verb that opens the sentence after its connectives, or ''."""
    rest = folded[opener_length(folded) :].split(None, 3)
    for length in (3, 2, 1):
        phrase = " ".join(rest[:length]).strip(",.:;")
        if phrase in task_verbs():
            return phrase
    return ""


def _triggers(
    page: Page, start: int, cues: tuple[CueHit, ...], actors: tuple[ActorMention, ...], sender: ActorMention | None
) -> tuple[Trigger, ...]:
    found: list[Trigger] = []
    inside = [
        _untrapped(cue, actors) for cue in cues if not any(m.start <= cue.start and cue.end <= m.end for m in actors)
    ]
    for position, cue in enumerate(inside):
        if cue.payload.kind in TRIGGER_KINDS or cue.payload.kind == "modal":
            before = inside[position - 1] if position else None
            found.append(_trigger(page, start, cue, before, actors, found, sender))
    return tuple(found)


def _untrapped(cue: CueHit, actors: tuple[ActorMention, ...]) -> CueHit:
    """ "Giao Ban Nội chính ..." is an order and no "giao ban"."""
    if cue.payload.lemma == "giao ban" and any(m.start == cue.end - len("ban") for m in actors):
        return CueHit(cue.start, cue.start + len("giao"), Cue("order", "giao"))
    return cue


def _trigger(
    page: Page,
    start: int,
    cue: CueHit,
    previous: CueHit | None,
    actors: tuple[ActorMention, ...],
    earlier: Sequence[Trigger],
    last_sender: ActorMention | None,
) -> Trigger:
    objects = _objects(page, cue.end, actors)
    sender = sender_of(page, start, cue.start, actors) if cue.payload.kind == "order" else None
    subject, gap = _subject(page, start, cue, actors, earlier)
    if sender is not None and (gap != "tight" or sender.recipients):
        subject, gap = sender.actor, "shared"
        objects = objects or sender.recipients
    elif subject is None and last_sender is not None and is_document_subject(page.folded, start, cue.start):
        subject, gap = last_sender, "shared"
    tense = ""
    if previous is not None and previous.payload.kind in {"past", "future", "now"} and cue.start - previous.end < 14:
        tense = previous.payload.lemma
    before = page.folded[max(start, cue.start - 24) : cue.start].split()
    after = page.folded[cue.end : cue.end + 24].split()
    return Trigger(
        cue.start,
        cue.end,
        cue.payload.kind,
        cue.payload.lemma,
        subject,
        gap,
        objects,
        tense,
        before[-1] if before else "^",
        after[0] if after else "$",
    )


_APPOSITION = re.compile(r"[-–]\s[^-–,;:.()]{4,90}\s[-–]")
"""The post between dashes behind a name: "ông X - chủ tịch UBND tỉnh - đã yêu cầu"."""


def _subject(
    page: Page, start: int, cue: CueHit, actors: tuple[ActorMention, ...], earlier: Sequence[Trigger]
) -> tuple[ActorMention | None, str]:
    nearest = next((m for m in reversed(actors) if m.end <= cue.start), None)
    if nearest is not None:
        between = page.folded[nearest.end : cue.start].strip()
        said_of = _APPOSITION.match(between) if nearest.kind == "person" else None
        between = between[said_of.end() :].strip() if said_of is not None else between
        if not between or ADVERBS.fullmatch(between + " ") or (nearest.kind == "person" and between == ","):
            return nearest, "tight"
    # who must act (before cần/phải) is not the one who speaks on
    speakers = (t for t in reversed(earlier) if t.kind != "modal" and t.subject is not None)
    said = next((t for t in speakers if t.gap in {"tight", "shared"}), None)
    if said is not None and cue.payload.kind != "modal":
        return said.subject, "shared"
    if nearest is not None and not _COMMA.search(page.folded, nearest.end, cue.start) and cue.start - nearest.end < 40:
        return nearest, "loose"
    first = _first_of_clause(page, start, cue, actors)
    return (first, "shared") if first is not None else (None, "none")


_JOINS = re.compile(
    r"(?:,|\bvà|\bđồng thời)\s*(?:(?:và|đồng thời|qua đó|từ đó|trong đó|cũng|sau đó|nhân dịp này)\s+)*$"
)
_FINITE = re.compile(
    r"\s+(?:cũng\s+)?(?:đã|vừa|có|chủ trì|ký|ban hành|kiểm tra|làm việc|ghi nhận|biểu dương|chia sẻ|trao đổi|nghe|tới|đến)\b"
)
_FREE_START = re.compile(r"(?:^|,)\s*(?:\w+\s+)?$")


def _first_of_clause(page: Page, start: int, cue: CueHit, actors: tuple[ActorMention, ...]) -> ActorMention | None:
    """The X of "Ngày 5/4, X đã chủ trì cuộc họp, giao Y ...": the subject of the clause that the verb is joined to."""
    if cue.payload.kind != "order" or not _JOINS.search(page.folded, start, cue.start):
        return None
    first = next((m for m in actors if m.kind in _SPEAKERS), None)
    if first is None or first.end > cue.start or not _FINITE.match(page.folded, first.end, cue.start):
        return None
    return first if _FREE_START.search(page.folded, start, first.start) else None


_SPEAKERS = frozenset({"person", "post", "pronoun", "agency"})


def _objects(page: Page, end: int, actors: tuple[ActorMention, ...]) -> tuple[ActorMention, ...]:
    """The actors right after a verb: the first within a few words, then those that a list joins to it."""
    chain: list[ActorMention] = []
    gap = _TO_OBJECT
    for mention in actors:
        if mention.start < end:
            continue
        if not gap.fullmatch(page.folded[end : mention.start]):
            break
        chain.append(mention)
        end, gap = mention.end, _LIST_GAP
    return tuple(chain)
