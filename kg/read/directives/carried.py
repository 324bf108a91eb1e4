"""Sentences that carry a run on without an order of their own: "Y <to do> ...", "Về ..., Y <to do> ...", "Đối với ..., <to do> ..."."""

import re

from kg.read.directives.analysis import SentenceView, opener_length
from kg.read.directives.cues import task_verbs
from kg.read.directives.passive import passive_order, person_told

_TOPIC = re.compile(r"(?:riêng\s+)?(?:về|đối với|trong lĩnh vực|trong công tác|với|riêng đối với)\s[^,;.]{3,80},\s*")
_LEADING = re.compile(
    r"(?:(?:sớm|khẩn trương|chủ động|kịp thời|tập trung|nghiêm túc|nhanh chóng|ngay|trực tiếp|thường xuyên)\s+)*"
)
_NO_TASKS = frozenset(
    ["sẵn sàng", "đánh giá", "báo cáo", "xem", "xem xét", "chịu", "phát hiện", "có", "xác định", "xác nhận", "phân cấp", "thu hồi",
     "quyết định", "quyết tâm", "đến", "làm", "theo dõi", "chỉ đạo", "nuôi", "cho phép", "giúp đỡ", "giới thiệu", "tham mưu", "góp ý",
     "đối mặt", "ban hành", "bao vây", "tổ chức", "tham gia", "phối hợp", "lập", "tiếp nhận", "gửi", "thành lập", "kiểm tra", "đề xuất",
     "ghi nhận", "hỗ trợ", "ủng hộ", "trao"]
)  # fmt: skip
"""Verbs with which bodies tell what they did, found or wish."""
_ENDS = re.compile(r"[.;!?…:][\"”»)]*$")
_UNITS = re.compile(
    r"các (?:sở|ban|bộ|ngành|địa phương|đơn vị|cơ quan|xã|phường|huyện|quận|thị xã|thành phố|tỉnh|chi|đảng|cấp ủy|trường|bệnh viện|phòng|đoàn thể|trạm)\b"
)
"""Groups of bodies that an official can tell to act; people and places that act are narrated more often than told."""
_AFTERWARDS = re.compile(r"(?:sau đó|trước đó|tiếp đó|tuy nhiên|được biết|hiện nay|đến nay)\b")
_TOLD = frozenset({"agency", "group"})


def carries_on(page: str, view: SentenceView) -> bool:
    """Say whether a sentence of the folded text `page`, right behind a directive, goes on telling somebody what to do."""
    if not _ENDS.search(view.folded):
        return False
    at = view.start + opener_length(view.folded)
    topic = _TOPIC.match(page, at, view.end)
    if topic:
        at = topic.end()
        if _does(page, at, view.end):
            return True
    if _AFTERWARDS.match(view.folded):
        return False
    first = next((m for m in view.mentions if m.kind in _TOLD and m.end > at), None)
    told = first is not None and (first.kind == "agency" or _UNITS.match(first.name.lower()) is not None)
    if first is not None and told and first.start - at < 3 and not _narrated(view):
        return _does(page, first.end, view.end)
    return passive_order(page, view) is not None or person_told(page, view)


def is_bare(page: str, view: SentenceView) -> bool:
    """Say whether a whole sentence opens with a task verb and tells of nothing past, present or planned, and of nobody's words."""
    at = view.start + opener_length(view.folded)
    if view.task_opening.split(" ")[0] in {"đến", "làm", "nuôi"}:
        return False
    whole = _ENDS.search(view.folded) is not None and not _narrated(view) and not _has_speaker(view)
    return whole and bool(view.task_opening) and _does(page, at, view.end)


def _does(page: str, start: int, end: int) -> bool:
    """Whether a task verb, perhaps behind an adverb, stands at `start`."""
    words = page[start : min(end, start + 60)].split()
    lead = _LEADING.match(" ".join(words))
    words = words[len(lead.group().split()) :] if lead else words
    found = next((p for n in (3, 2, 1) if (p := " ".join(words[:n]).strip(",.;:")) in task_verbs()), "")
    return bool(found) and found not in _NO_TASKS


def _has_speaker(view: SentenceView) -> bool:
    return any(t.subject is not None and t.gap == "tight" and t.kind != "modal" for t in view.triggers)


def _narrated(view: SentenceView) -> bool:
    return any(cue.payload.kind in {"past", "now", "future"} for cue in view.cues)
