"""The body that an order without addressee falls to: whom the leader works with, inspects or visits at the event."""

import re
from collections.abc import Sequence

from kg.read.directives.analysis import SentenceView
from kg.read.mentions import ActorMention
from kg.read.page import Page

_WITH = re.compile(
    r"(?:làm việc (?:trực tuyến )?(?:với|tại)|kiểm tra(?: thực tế)?(?: công tác [^.,;]{0,60})? (?:tại|ở)|thăm(?: và làm việc)?(?: với| tại)?|"
    r"họp (?:trực tuyến )?với|giao ban (?:trực tuyến )?với|buổi làm việc của [^.,;]{0,60} với|cuộc họp (?:trực tuyến )?với|hội nghị (?:trực tuyến )?với)"
    r"\s*(?:các\s+)?(?:lãnh đạo chủ chốt\s+|lãnh đạo\s+|ban thường vụ\s+|đồng chí\s+)?$"
)
_LIST = re.compile(r"\s*(?:,|và|cùng|,\s*và)\s*(?:các|lãnh đạo)?\s*")
_WINDOW = 90


def find_hosts(page: Page, views: Sequence[SentenceView]) -> tuple[ActorMention, ...]:
    """Return the bodies of the first "làm việc với X", "kiểm tra tại X" of the article; empty where it tells of none."""
    for view in views:
        for position, mention in enumerate(view.mentions):
            if mention.kind not in {"agency", "group"}:
                continue
            before = page.folded[max(view.start, mention.start - _WINDOW) : mention.start]
            if _WITH.search(before):
                return _chain(page, view, position)
    return ()


def _chain(page: Page, view: SentenceView, position: int) -> tuple[ActorMention, ...]:
    chain = [view.mentions[position]]
    for mention in view.mentions[position + 1 :]:
        if mention.kind not in {"agency", "group"} or not _LIST.fullmatch(page.folded[chain[-1].end : mention.start]):
            break
        chain.append(mention)
    return tuple(chain)
