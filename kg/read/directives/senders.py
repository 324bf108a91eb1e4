"""Who sent a document that gives an order, and to whom: "X đã có công văn gửi Y yêu cầu ...", "X ký Công điện ... Công điện nêu rõ ..."."""

import re
from typing import NamedTuple

from kg.read.mentions import ActorMention
from kg.read.page import Page

ADVERBS = re.compile(
    r"(?:(?:cũng|đã|vừa|còn|tiếp tục|nhiều lần|một lần nữa|đặc biệt|trực tiếp|thẳng thắn|luôn|mới|đang|sẽ|ký|có|lại|rất|thêm|chỉ|"
    r"tiếp đó|sau đó|liên tục|này|vừa có|ra|văn bản|công văn|công điện|thông báo|kết luận|ý kiến|hỏa tốc|khẩn|phải|cần|nên|không|được)\s*)*"
)
"""What may stand between a subject and its verb."""

_SENDS = re.compile(
    r"\b(?:ký|ban hành|có|ra|gửi|phát|phát đi|ra thông báo)\s+(?:ngay |một |các |thêm |nhanh )?"
    r"(?:công văn|văn bản|công điện|chỉ thị|thông báo|quyết định|kết luận|thư|nghị quyết|ý kiến)\b"
)
_DOCUMENT = (
    r"(?:công văn|văn bản|công điện|chỉ thị|thông báo|quyết định|kết luận|nghị quyết|kế hoạch|hướng dẫn|thông tri)"
)
# whole words, each of which looks back to where it began: so `re` finds the few places by the verbs' first letters
_VERBS = "|".join(rf"{verb}(?<!\w{verb})" for verb in ("ký", "ban hành", "có", "ra", "gửi", "phát"))
_SIGNS = re.compile(rf"(?:{_VERBS})\s+(?:ngay |một |các |thêm )?{_DOCUMENT}\b")
_TO_WHOM = re.compile(r"\b(?:gửi|gửi cho|tới|đến)\s+(?:các |những |đồng chí |lãnh đạo )?$")
_SUBJECT = re.compile(
    rf"[\"“\s]*(?:cụ thể,? |theo đó,? |trong đó,? |trong |tại )?{_DOCUMENT}(?:\s+(?:này|trên|nêu trên|kết luận))?,?"
    r"\s+(?:cũng |còn |đã |đồng thời )*"
)
_SIGNERS = frozenset({"person", "agency", "post", "pronoun"})


class Sender(NamedTuple):
    """Who sent the document, and to whom (empty where nobody is named)."""

    actor: ActorMention
    recipients: tuple[ActorMention, ...]


def sender_of(page: Page, start: int, verb: int, actors: tuple[ActorMention, ...]) -> Sender | None:
    """Return X with Y and Z of "X đã có công văn gửi Y, Z yêu cầu ...": a sentence from code point `start`, its order from `verb` on."""
    found = list(_SENDS.finditer(page.folded, start, verb))
    if not found:
        return None
    sent = found[-1]
    before = [m for m in actors if m.end <= sent.start()]
    after = [m for m in actors if sent.end() <= m.start and m.end <= verb]
    if not before or not _only_adverbs(page, before[-1].end, sent.start()):
        return None
    recipients = tuple(after) if after and _TO_WHOM.search(page.folded, sent.end(), after[0].start) else ()
    if not recipients and after and not page.folded[after[-1].end : verb].strip():
        # "công văn của Y yêu cầu": Y's own
        return None
    return Sender(before[-1], recipients)


def signer(page: Page, start: int, end: int, actors: tuple[ActorMention, ...]) -> ActorMention | None:
    """Return X of "X ký Công điện số 11/CĐ-UBND." in the sentence from code point `start` to `end`."""
    for sent in _SIGNS.finditer(page.folded, start, end):
        before = [m for m in actors if m.end <= sent.start() and m.kind in _SIGNERS]
        if before and _only_adverbs(page, before[-1].end, sent.start()):
            return before[-1]
    return None


def is_document_subject(folded: str, start: int, verb: int) -> bool:
    """Say whether nothing but a document stands between the start of the sentence and its verb: "Công văn này yêu cầu ..."."""
    return _SUBJECT.fullmatch(folded, start, verb) is not None


def in_letter_to(folded: str, start: int, subject: int) -> bool:
    """Say whether a letter and whom it is sent to stand before the subject: "Trong công văn gửi Y, X đề nghị ..."."""
    return _IN_LETTER.fullmatch(folded, start, subject) is not None


_IN_LETTER = re.compile(rf"(?:trong|tại|qua) {_DOCUMENT}\b[^.;]{{0,50}}?\bgửi(?: tới| đến| cho)?\s[^.;]{{4,120}},\s*")


def _only_adverbs(page: Page, start: int, end: int) -> bool:
    between = page.folded[start:end].strip()
    return not between or ADVERBS.fullmatch(between + " ") is not None
