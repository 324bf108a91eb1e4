"""Where the title of a document ends."""

import re

from kg.read.page import Page

_LONGEST = 320
_STOP = re.compile(
    r"[.!?…](?=\s|$|[\"”)])|[;\n]|[.](?=\D)|\s(?:đã|sẽ|vừa|đang)\s|\s(?:ngày|sáng|chiều)\s\d|\strong thời gian (?:tới|qua)|\strong đó\s"
    r"|,\s(?:trong đó|theo đó|đồng thời|do|có|yêu cầu|giao|đề nghị|thì|cần|phải|nhằm|để|với|theo|khi|sau|qua|nhưng|vì|tuy|nên|hiện|"
    r"ông|bà|đồng chí|các đồng chí|phó|chủ tịch|thủ tướng|bộ trưởng|bí thư|giám đốc|tổng|ubnd|ủy ban|ban thường vụ|bộ|sở|"
    r"thực hiện|chỉ ra|gồm|tổ chức|kèm theo)\s"
    r"|\s\((?:gọi tắt|sau đây|gọi chung)"
)
_NEXT_DOCUMENT = re.compile(
    r"(?:\s(?:và|cùng)|,)\s(?:(?:các|những)\s)?(?:(?:nghị|Nghị) (?:quyết|định)|(?:chỉ|Chỉ) thị|Kết luận|Quyết định|(?:Bộ l|bộ l|L)uật"
    r"|Pháp lệnh|(?:thông|Thông) tư|(?:đề|Đề) án|Kế hoạch|Chương trình|Chiến lược|Quy hoạch|Lộ trình|Báo cáo|Tờ trình|Hướng dẫn|Quy định"
    r"|(?:q|Q)uy chế|NQ|Tuyên bố|Công ước|Hiệp định)(?!\w)"
)
_QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'", "‘": "’"}


def title_end(page: Page, start: int) -> int:
    """Return where the title that begins at `start` must end: at a sentence's end, a verb of narration, another document."""
    limit = min(len(page.text), start + _LONGEST)
    stop = _STOP.search(page.folded, start, limit)
    end = stop.start() if stop else limit
    other = _NEXT_DOCUMENT.search(page.text, start, end)
    end = other.start() if other else end
    return _balanced(page.text, start, end)


def _balanced(text: str, start: int, end: int) -> int:
    """Cut at a bracket or a quotation mark that the title itself did not open."""
    depth = 0
    quoted = False
    for at in range(start, end):
        char = text[at]
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth < 0:
                return _trim(text, start, at)
        elif char in "“«":
            quoted = True
        elif char in "”»":
            if not quoted:
                return _trim(text, start, at)
            quoted = False
    return _trim(text, start, end)


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " ,:-–\u00a0\n":
        end -= 1
    return end


_CUTS = re.compile(
    r",\s|\s\((?!(?:19|20)\d\d)|\s(?:do|với|gắn với|trong việc|trên địa bàn|đối với|để|nhằm|tại|trước|trong|cho|và|trình|là|có|được|theo|từ|khi|bằng)\s"
)
_OWNER = re.compile(r"\s(?:số\s\S+\s)?(?:ngày\s\S+\s)?của\s")
_MOST_FORMS = 6


def title_forms(page: Page, start: int, head_end: int, end: int) -> tuple[str, ...]:
    """Return the forms of a title, the likeliest first: whole, and cut before what may be the sentence's and not the title's."""
    text = page.text
    whole = text[start:end]
    cuts = [m.start() for m in _CUTS.finditer(page.folded, head_end, end) if text.count(" ", start, m.start()) >= 3]
    forms = [whole, *(text[start:at] for at in cuts[:_MOST_FORMS])]
    owner = _OWNER.match(page.folded, head_end)
    if owner:
        forms += [f"{text[start:head_end]} {rest}" for rest in _without_owner(page, owner.end(), end)]
    return tuple(dict.fromkeys(form.strip() for form in forms))


def _without_owner(page: Page, at: int, end: int) -> list[str]:
    """ "Nghị quyết của Chính phủ về X" is "Nghị quyết về X" too."""
    rest = page.folded.find(" về ", at, end)
    return [page.text[rest + 1 : end]] if 0 <= rest < at + 60 else []
