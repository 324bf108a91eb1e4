"""Whose words a sentence reports: the subject of its own speech verb, the speaker named after a quotation, or the one carried on."""

import re
from collections.abc import Sequence

from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.mentions import ActorMention
from kg.read.page import Page
from kg.read.records import record

_SPEECH = frozenset({"order", "say", "praise", "criticise", "petition"})
_NOMINAL_BEFORE = frozenset(
    [
        "ý",
        "sự",
        "công",
        "tác",
        "theo",
        "các",
        "những",
        "của",
        "tinh",
        "nội",
        "đáp",
        "với",
        "về",
        "việc",
        "mọi",
        "một",
        "nhiều",
        "trước",
        "sau",
        "được",
        "bị",
        "do",
        "thông",
        "bản",
    ]
)


@record
class Speaker:
    """The speaker of a sentence: `how` is here, source ("theo X"), quote or carried; `distance` in sentences since named, by `verb`."""

    mention: ActorMention | None
    how: str
    distance: int
    verb: str = ""


def track_speakers(page: Page, views: Sequence[SentenceView]) -> tuple[Speaker, ...]:
    """Return the speaker of each sentence."""
    own = [_own_speaker(page, view) for view in views]
    _spread_quotes(views, own)
    speakers: list[Speaker] = []
    last = Speaker(None, "none", 99)
    for speaker in own:
        last = speaker or Speaker(last.mention, "carried" if last.mention else "none", last.distance + 1, last.verb)
        speakers.append(last)
    return tuple(speakers)


def is_nominal(trigger: Trigger) -> bool:
    """Say whether the word before a speech verb makes a noun of it ("theo yêu cầu", "các đề nghị")."""
    return trigger.kind == "order" and trigger.before.strip(",.") in _NOMINAL_BEFORE


def _own_speaker(page: Page, view: SentenceView) -> Speaker | None:
    source = _source(page, view)
    if source is not None:
        return Speaker(source, "source", 0, "theo")
    for wanted in ("tight", "shared", "loose"):
        for trigger in view.triggers:
            if trigger.kind in _SPEECH and trigger.subject and trigger.gap == wanted and not is_nominal(trigger):
                return Speaker(trigger.subject, "here", 0, trigger.lemma)
    return None


_OF_DOCUMENT = re.compile(
    r"\s*(?:nội dung\s+)?(?:kết luận|thông báo|văn bản|công văn|công điện|chỉ thị|quyết định|yêu cầu|chỉ đạo|ý kiến(?: chỉ đạo)?)"
    r"(?:\s+(?:kết luận|thanh tra|kiểm tra|số [\w/-]+|(?:ngày )?[\d/.-]+))*\s+của\s+"
)
"""Between "theo" and the issuer of the document that a sentence tells: "Theo kết luận thanh tra của X, ..."."""


def _source(page: Page, view: SentenceView) -> ActorMention | None:
    """The actor of "Theo X, ..." or "..., theo X"."""
    for cue in view.cues:
        if cue.payload.kind == "source":
            for mention in view.mentions:
                near = 0 <= mention.start - cue.end <= 2 or _OF_DOCUMENT.fullmatch(page.folded, cue.end, mention.start)
                if near and (cue.start - view.start < 12 or mention.end >= view.end - 3):
                    return mention
    return None


def _spread_quotes(views: Sequence[SentenceView], own: list[Speaker | None]) -> None:
    """Give every sentence of a quotation the speaker named after it closes, or before it opens."""
    for i, view in enumerate(views):
        if not view.quoted or not view.quote_closes:
            continue
        first = i
        while first > 0 and views[first].quoted:
            first -= 1
        named = own[i] or own[first]
        if named is not None:
            for j in range(first, i + 1):
                if own[j] is None:
                    own[j] = Speaker(named.mention, "quote", 0, named.verb)
