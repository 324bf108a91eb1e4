"""Where the title of a document ends."""

import re

from kg.read.page import Page

_LONGEST = 320
_STOP = re.compile(
    r"[.!?…](?=\s|$|[\"”)])|[;\n]|[.](?=\D)|\s(?:đã|sẽ|vừa|đang)\s|\s(?:ngày|sáng|chiều)\s\d|\strong thời gian (?:tới|qua)|\strong đó\s"
    r"|,\s(?:trong đó|theo đó|đồng thời|do|có|yêu cầu|giao|đề nghị|thì|cần|phải|nhằm|để|với|theo|khi|sau|qua|nhưng|vì|tuy|nên|hiện|"
    r"ông|bà|đồng chí|các đồng chí|phó|chủ tịch|thủ tướng|bộ trưởng|bí thư|giám đốc|tổng|ubnd|ủy ban|ban thường vụ|bộ|sở)\s"
    r"|\s(?:và|cùng)\s(?:các\s)?(?:nghị quyết|nghị định|chỉ thị|kết luận|quyết định|luật|thông tư|đề án|kế hoạch số|lộ trình|nq|tờ trình)(?!\w)"
    r"|,\s(?:các\s)?(?:nghị quyết|nghị định|chỉ thị|kết luận|quyết định|luật|bộ luật|pháp lệnh|thông tư|đề án|báo cáo|tờ trình)(?!\w)"
)
_QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'", "‘": "’"}


def title_end(page: Page, start: int) -> int:
    """Return where the title that begins at `start` must end: at a sentence's end, a verb of narration, another document."""
    limit = min(len(page.text), start + _LONGEST)
    stop = _STOP.search(page.folded, start, limit)
    end = stop.start() if stop else limit
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
