"""Orders in the passive: "Y được giao <to do>", with the source or the meeting in front ("Theo chỉ đạo của X, Y được yêu cầu ...")."""

import re

from kg.read.directives.analysis import SentenceView, Trigger, opener_length
from kg.read.mentions import ActorMention
from kg.read.records import record

_GIVEN = re.compile(
    r"\s*(?:cũng |còn )?được (giao|yêu cầu|đề nghị|phân công)\s+(?!theo|làm bên|tại|trong|cho|bởi|nhiệm vụ\b)\w"
)
_EVENT = re.compile(
    r"(?:cũng )?(?:tại|trong|qua|kết luận) (?:buổi|cuộc|hội nghị|phiên|kỳ họp|đây|cuộc họp)[^,;]{0,60},\s*"
)
_SOURCE = re.compile(
    r"(?:theo|tại|trong|thực hiện) (?:nội dung )?(?:thông báo|kết luận|văn bản|công văn|công điện|chỉ thị|quyết định|kế hoạch|yêu cầu|"
    r"chỉ đạo|phân công|ý kiến)\b"
)
_BODIES = re.compile(r"(?:,? (?:và|cùng) [\w ]{3,60})?")
_CAPITAL = re.compile(
    r"(?:công ty|ban quản lý|trung tâm|xí nghiệp|nhà máy|tổng công ty|trường|bệnh viện)\s[\w ]{2,70}$"
)
_RELATIVE = re.compile(
    r"\blà (?:cơ quan|đơn vị|nơi|địa phương|lực lượng|một trong)[^,;]{0,40}? được (?:giao|phân công)\b"
)
_TOLD = frozenset({"agency", "group"})


@record
class Passive:
    """An order in the passive: its verb, where it stands, where who is told begins, and who gave it where a source in front says so."""

    lemma: str
    told: int
    start: int
    end: int
    source: ActorMention | None
    by_event: bool

    @property
    def trigger(self) -> Trigger:
        """The verb without a subject."""
        return Trigger(self.start, self.end, "order", self.lemma, None, "none", (), "", "được", "")


def passive_order(folded: str, view: SentenceView) -> Passive | None:
    """Return the order of a sentence that says who was told in the passive: at its start, or behind its source or the meeting."""
    if not any(cue.payload.kind == "passive" for cue in view.cues):
        return None
    found = _GIVEN.search(folded, view.start, view.end)
    if found is None or is_standing_task(view):
        return None
    start, source, event = _behind_opening(folded, view)
    subject = next((m for m in view.mentions if m.kind in _TOLD and m.start >= start), None)
    named = subject is not None and subject.start - start < 3 and subject.end <= found.start()
    if named and subject is not None and _BODIES.fullmatch(folded, subject.end, found.start()):
        return Passive(found.group(1), start, *found.span(1), source, event)
    if (event or source) and _CAPITAL.match(folded[start : found.start()]):
        return Passive(found.group(1), start, *found.span(1), source, event)
    return None


def is_standing_task(view: SentenceView) -> bool:
    """Say whether the passive only describes a body: "X là cơ quan được giao tham mưu ..."."""
    return "được" in view.folded and _RELATIVE.search(view.folded) is not None


def person_told(folded: str, view: SentenceView) -> bool:
    """Say whether a named person at the sentence's start "được phân công" to do something."""
    first = view.mentions[0] if view.mentions else None
    if first is None or first.kind != "person" or first.start - view.start > 2:
        return False
    return _GIVEN.match(folded, first.end, view.end) is not None


def _behind_opening(folded: str, view: SentenceView) -> tuple[int, ActorMention | None, bool]:
    """Where the clause with the passive starts; who the source in front names; whether a meeting stands in front."""
    at = view.start + opener_length(view.folded)
    event = _EVENT.match(folded, at, view.end)
    if event:
        return event.end(), None, True
    if _SOURCE.match(folded, at, view.end):
        first = next((m for m in view.mentions if m.kind != "pronoun"), None)
        if first is not None and folded[first.end : first.end + 1] == ",":
            after = first.end + 1
            return after + (folded[after : after + 1] == " "), first, False
    return at, None, False
