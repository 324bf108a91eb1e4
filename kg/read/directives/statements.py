"""Praise, criticism and petitions upward: said, but ordering nobody."""

from collections.abc import Collection, Sequence
from typing import Literal

from kg.model.reading import StatementRead
from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.speakers import Speaker
from kg.read.page import Page

_KINDS: dict[str, Literal["praise", "criticism", "petition"]] = {
    "praise": "praise",
    "criticise": "criticism",
    "petition": "petition",
}
_STATING = frozenset(
    {"biểu dương", "ghi nhận", "đánh giá cao", "hoan nghênh", "khen ngợi", "phê bình", "kiến nghị", "đề xuất"}
)
_CONFIDENCE = 0.7


def read_statements(
    page: Page, views: Sequence[SentenceView], speakers: Sequence[Speaker], directives: Collection[int]
) -> tuple[StatementRead, ...]:
    """Return the statements of sentences that are no directives (`directives` holds those sentences' indices)."""
    found: list[StatementRead] = []
    for view, speaker in zip(views, speakers, strict=True):
        if view.index in directives or page.zone(view.start) not in {"body", "lead"}:
            continue
        trigger = next((t for t in view.triggers if t.lemma in _STATING and t.kind in _KINDS), None)
        if trigger is not None and (trigger.subject is not None or speaker.how in {"here", "source", "quote"}):
            found.append(_statement(page, view, trigger, speaker))
    return tuple(found)


def _statement(page: Page, view: SentenceView, trigger: Trigger, speaker: Speaker) -> StatementRead:
    mention = trigger.subject or speaker.mention
    return StatementRead(
        kind=_KINDS[trigger.kind],
        start=view.start,
        end=view.end,
        quote=page.text[view.start : view.end],
        speakers=(mention.name,) if mention is not None else (),
        targets=tuple(dict.fromkeys(m.name for m in trigger.objects)),
        verb=trigger.lemma,
        rule=f"directives.{trigger.kind}",
        confidence=_CONFIDENCE,
    )
