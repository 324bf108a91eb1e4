"""The bodies that an order without addressee falls to: whom the leader works with, inspects or visits at the event."""

import re
from collections.abc import Sequence

from kg.read.directives.analysis import SentenceView
from kg.read.mentions import ActorMention
from kg.read.page import Page

_TAIL = r"\s*(?:các\s+)?(?:lãnh đạo chủ chốt\s+|lãnh đạo\s+|ban thường vụ\s+|đồng chí\s+|đại diện\s+|cán bộ\s+)?(?:của\s+)?$"
_WITH = re.compile(
    r"(?:làm việc (?:trực tuyến )?(?:với|tại)|kiểm tra(?: thực tế)?(?: công tác [^.,;]{0,60})? (?:tại|ở)|thăm(?: và làm việc)?(?: với| tại)?|"
    r"họp (?:trực tuyến )?với|giao ban (?:trực tuyến )?với|buổi làm việc của [^.,;]{0,60} với|cuộc họp (?:trực tuyến )?với|"
    r"hội nghị (?:trực tuyến )?với|đối thoại với|gặp gỡ|gặp mặt|thị sát(?: tại)?|khảo sát(?: tại)?|tiếp xúc với|trao đổi với)"
    + _TAIL
)
_OF = re.compile(
    r"(?:hội nghị(?: trực tuyến)?(?: tổng kết| triển khai| sơ kết| toàn quốc)?(?: [^.,;]{0,60})? của|đại hội(?: đại biểu)?(?: của)?|"
    r"kỷ niệm [^.,;]{0,60} (?:thành lập|truyền thống)|buổi lễ [^.,;]{0,40} của|cuộc họp [^.,;]{0,40} của|kỳ họp [^.,;]{0,30}(?:của)?)"
    + _TAIL
)
_MET = re.compile(
    r"\b(?:làm việc với|kiểm tra|thăm|thị sát|khảo sát|nghe|(?:văn bản|công văn|công điện|kết luận|thông báo)(?: [^.,;]{0,60})? gửi(?: tới| đến| cho)?)"
    + _TAIL
)
"""What leaves no doubt who is met or written to: "kiểm tra X", "nghe X báo cáo", "văn bản gửi X"."""
_LIST = re.compile(r"\s*(?:,|và|cùng|,\s*và)\s*(?:các|lãnh đạo)?\s*")
_WINDOW = 90
_MOST = 3


def find_hosts(page: Page, views: Sequence[SentenceView]) -> tuple[tuple[ActorMention, ...], ...]:
    """Return the bodies of each "làm việc với X", "kiểm tra tại X", then of each "hội nghị ... của X"; at most three lists."""
    out: list[tuple[ActorMention, ...]] = []
    names: set[str] = set()
    for pattern in (_WITH, _OF):
        for view in views:
            for position, mention in enumerate(view.mentions):
                if mention.kind not in {"agency", "group"} or mention.name in names:
                    continue
                before = page.folded[max(view.start, mention.start - _WINDOW) : mention.start]
                if pattern.search(before):
                    chain = _chain(page, view, position)
                    names.update(m.name for m in chain)
                    out.append(chain)
                    if len(out) == _MOST:
                        return tuple(out)
    return tuple(out)


def met_in(page: Page, view: SentenceView) -> tuple[ActorMention, ...]:
    """Return the bodies of which `view` says that somebody works with, hears, inspects or writes to them; empty if none."""
    for position, mention in enumerate(view.mentions):
        if mention.kind != "agency":
            continue
        before = max(view.start, mention.start - _WINDOW)
        if _MET.search(page.folded, before, mention.start) or _WITH.search(page.folded, before, mention.start):
            return _chain(page, view, position)
    return ()


def _chain(page: Page, view: SentenceView, position: int) -> tuple[ActorMention, ...]:
    chain = [view.mentions[position]]
    for mention in view.mentions[position + 1 :]:
        if mention.kind not in {"agency", "group"} or not _LIST.fullmatch(page.folded[chain[-1].end : mention.start]):
            break
        chain.append(mention)
    return tuple(chain)
