"""Sentences with a speech verb that are no directives whatever the models hold: petitions upward, citizens' wishes, a speaker's own account.

The rules are those of GUIDELINES.md ("Excluded", "Rulings on hard cases").
"""

import re
from collections.abc import Mapping

from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.authority import direction, rank_of

VETOED = 0.1
"""The most that a vetoed sentence's probability can be."""

_ASKS = frozenset({"đề nghị", "kiến nghị", "đề xuất", "mong muốn", "kêu gọi"})
_CITIZENS = re.compile(
    r"\b(?:cử tri|người dân|nhân dân|bà con|bạn đọc)(?:\s+\w+){0,4}?\s+(?:cũng\s+|đã\s+|đều\s+)?(?:yêu cầu|đề nghị|kiến nghị|mong)\b"
)
_CITIZEN_WORDS = ("cử tri", "dân", "bà con", "bạn đọc")
_OWN_ACCOUNT = re.compile(
    r"\b(?:tôi|chúng tôi)\s+(?:cũng\s+)?(?:đã|đang|sẽ)\s+(?:trực tiếp\s+)?(?:chỉ đạo|yêu cầu|giao|đề nghị)\b"
)
_SAID = re.compile(r"\b(?:cho biết|cho hay|thông tin)\b")
_ABROAD = re.compile(r"\b(?:hai nước|ngài đại sứ|phía bạn|hỗ trợ việt nam)\b")


def is_no_directive(view: SentenceView, ranks: Mapping[str, int]) -> bool:
    """Say whether `view` asks upward, tells what citizens ask, or what the speaker himself has told others."""
    if ("tôi" in view.folded and _OWN_ACCOUNT.search(view.folded)) or _asks_upward(view, ranks):
        return True
    if not any(map(view.folded.__contains__, _CITIZEN_WORDS)):
        return False
    cited = _CITIZENS.search(view.folded)
    return cited is not None and not any(
        t.kind == "order" and t.start - view.start > cited.end() for t in view.triggers
    )


def is_told_of_the_past(view: SentenceView, trigger: Trigger) -> bool:
    """Say whether the order is one that somebody says was given ("... cho hay Sở đã yêu cầu ..."), or is put to another state."""
    before = view.folded[: trigger.start - view.start]
    return (trigger.tense == "đã" and _SAID.search(before) is not None) or _ABROAD.search(view.folded) is not None


def _asks_upward(view: SentenceView, ranks: Mapping[str, int]) -> bool:
    first = next((t for t in view.triggers if t.kind in {"order", "petition"} and t.subject is not None), None)
    if first is None or first.gap not in {"tight", "shared"} or not first.objects:
        return False
    assert first.subject is not None
    up = direction(rank_of(first.subject, ranks), rank_of(first.objects[0], ranks)) == "up"
    return up and (first.kind == "petition" or first.lemma in _ASKS)
