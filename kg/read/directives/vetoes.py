"""Sentences with a speech verb that are no directives whatever the models hold: petitions upward, citizens' wishes, a speaker's own account.

The rules are those of GUIDELINES.md ("Excluded", "Rulings on hard cases").
"""

import re
from collections.abc import Mapping

from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.authority import direction, rank_of
from kg.read.directives.passive import is_standing_task

VETOED = 0.1
"""The most that a vetoed sentence's probability can be."""

_ASKS = frozenset({"đề nghị", "kiến nghị", "đề xuất", "mong muốn", "kêu gọi"})
_CITIZENS = re.compile(
    r"\b(?:cử tri|người dân|nhân dân|bà con|bạn đọc)(?:\s+(?!và\b|phải\b|cần\b)\w+){0,4}?\s+(?:cũng\s+|đã\s+|đều\s+)?(?:yêu cầu|đề nghị|kiến nghị|mong)\b"
)
_CITIZEN_WORDS = ("cử tri", "dân", "bà con", "bạn đọc")
_OWN_ACCOUNT = re.compile(
    r"\b(?:tôi|chúng tôi)\s+(?:cũng\s+)?(?:đã|đang|sẽ)\s+(?:trực tiếp\s+)?(?:chỉ đạo|yêu cầu|giao|đề nghị)\b"
)
_SAID = frozenset({"cho biết", "cho hay", "thông tin"})
_ABROAD = re.compile(r"\b(?:hai nước|ngài đại sứ|phía bạn|hỗ trợ việt nam)\b")


def is_no_directive(view: SentenceView, ranks: Mapping[str, int]) -> bool:
    """Say whether `view` asks upward, tells what citizens ask, or what the speaker himself has told others."""
    own = "tôi" in view.folded and _OWN_ACCOUNT.search(view.folded) is not None
    if own or _asks_upward(view, ranks) or is_statement(view):
        return True
    if _taken_up(view):
        return True
    if is_standing_task(view) and not any(t.kind in {"order", "modal"} for t in view.triggers):
        return True
    if not any(map(view.folded.__contains__, _CITIZEN_WORDS)):
        return False
    cited = _CITIZENS.search(view.folded)
    return cited is not None and not any(
        t.kind == "order" and t.start - view.start > cited.end() for t in view.triggers
    )


_POINTS_BACK = re.compile(r"\W*(?:và |nhưng )?(?:đây|đó|điều này|điều đó|việc này)\s+(?:là|do|cũng là|chính là)\b")
_QUESTION = re.compile(r"\?[\s\"”')]*$")
_CAPTION = re.compile(r"\W*(?:audio|video|clip|đồ họa|infographic)\s*:|[-–(.]\s*ảnh\s*:\s*[^.,;]{2,40}$")
_STATE = re.compile(r"\s+(?:đã|đang|sẵn sàng|luôn|vẫn)\b")
_ACTORS = frozenset({"agency", "person", "post", "pronoun"})


def is_statement(view: SentenceView) -> bool:
    """Questions, captions, and sentences without an order or duty that say what somebody does or is ("Sở đang rà soát ...", "Đây là ...")."""
    if _QUESTION.search(view.folded) or _CAPTION.search(view.folded):
        return True
    if any(t.kind in {"order", "modal"} for t in view.triggers):
        return False
    first = next(iter(view.mentions), None)
    if first is None or first.kind not in _ACTORS or first.start - view.start > _NEAR * 2:
        return _POINTS_BACK.match(view.folded) is not None
    return _STATE.match(view.folded, first.end - view.start) is not None


_NORM = re.compile(r"\b(?:đáng lẽ|lẽ ra|đáng ra)\b")
_ORDER_GIVEN = re.compile(
    r"(?:các )?(?:yêu cầu|chỉ đạo|đề nghị|chỉ thị) (?:trên|này|nói trên|nêu trên|đó) (?:được|vừa|đã)\b"
)


def _taken_up(view: SentenceView) -> bool:
    """Whether a sentence reproaches what ought to have been done, or only says who gave an order told before."""
    if "lẽ" in view.folded or "đáng ra" in view.folded:
        found = _NORM.search(view.folded)
        if found and not any(t.kind == "order" and t.start - view.start > found.start() for t in view.triggers):
            return True
    return _ORDER_GIVEN.match(view.folded) is not None


def is_told_of_the_past(view: SentenceView, trigger: Trigger) -> bool:
    """Say whether the order is one that somebody says was given ("... cho hay Sở đã yêu cầu ..."), or is put to another state."""
    said = any(t.lemma in _SAID and t.subject is not None and t.start < trigger.start for t in view.triggers)
    return (trigger.tense == "đã" and said) or _ABROAD.search(view.folded) is not None


def _asks_upward(view: SentenceView, ranks: Mapping[str, int]) -> bool:
    asked = (t for t in view.triggers if t.kind in {"order", "petition"} and t.subject is not None)
    first = next(asked, None)
    if first is None or not _is_up(first, ranks) or _is_a_duty(view, first):
        return False
    return not any(t.objects and t.lemma in _ORDERS and not _is_up(t, ranks) for t in asked)


def _is_up(trigger: Trigger, ranks: Mapping[str, int]) -> bool:
    """Whether somebody asks (not: orders) those above him."""
    if trigger.subject is None or trigger.gap not in {"tight", "shared"} or not trigger.objects:
        return False
    up = direction(rank_of(trigger.subject, ranks), rank_of(trigger.objects[0], ranks)) == "up"
    return up and (trigger.kind == "petition" or trigger.lemma in _ASKS)


def _is_a_duty(view: SentenceView, petition: Trigger) -> bool:
    """ "Các bộ cần đề xuất với Chính phủ ...": that they propose is what they are told."""
    return any(t.kind == "modal" and 0 <= petition.start - t.end < _NEAR for t in view.triggers)


_ORDERS = frozenset({"yêu cầu", "giao"})
_NEAR = 12
