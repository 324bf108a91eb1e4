"""Whose words a sentence reports: the subject of its own speech verb, the speaker named after a quotation, or the one carried on."""

import re
from collections.abc import Mapping, Sequence

from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.saying import beside_quotation, is_told, saying
from kg.read.mentions import ActorMention
from kg.read.page import Page
from kg.read.records import record


@record
class Speaker:
    """The speaker of a sentence: `how` is here, source ("theo X"), quote or carried; `distance` in sentences since named, by `verb`."""

    mention: ActorMention | None
    how: str
    distance: int
    verb: str = ""


def track_speakers(page: Page, views: Sequence[SentenceView], ranks: Mapping[str, int]) -> tuple[Speaker, ...]:
    """Return the speaker of each sentence; `ranks` of the officials by name."""
    own = [_own_speaker(page, view, ranks) for view in views]
    _spread_quotes(views, own)
    speakers: list[Speaker] = []
    last = Speaker(None, "none", 99)
    for speaker, trigger in own:
        if speaker is None or (trigger is not None and is_told(trigger, last.mention, ranks)):
            last = Speaker(last.mention, "carried" if last.mention else "none", last.distance + 1, last.verb)
        else:
            last = speaker
        speakers.append(last)
    return tuple(speakers)


_Own = tuple[Speaker | None, Trigger | None]


def _own_speaker(page: Page, view: SentenceView, ranks: Mapping[str, int]) -> _Own:
    source = _source(page, view)
    if source is not None:
        return Speaker(source, "source", 0, "theo"), None
    trigger = saying(view, ranks)
    if trigger is not None:
        return Speaker(trigger.subject, "here", 0, trigger.lemma), trigger
    beside = beside_quotation(view)
    return (Speaker(beside, "here", 0) if beside else None), None


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


def _spread_quotes(views: Sequence[SentenceView], own: list[_Own]) -> None:
    """Give every sentence of a quotation the speaker named after it closes, or before it opens."""
    for i, view in enumerate(views):
        if not view.quoted or not view.quote_closes:
            continue
        first = i
        while first > 0 and views[first].quoted:
            first -= 1
        named = own[i][0] or own[first][0]
        if named is not None:
            for j in range(first, i + 1):
                if own[j][0] is None:
                    own[j] = Speaker(named.mention, "quote", 0, named.verb), None
