"""What stands beside a citation: its date, who issued it, the term of the Party, its title."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kg.read.documents.titles import title_end
from kg.read.mentions import DateMention
from kg.read.page import Page

_OF = re.compile(
    r"(?:\s?,?\s?\(?(?:ra|ban hành|ký)?\s?(?:ngày\s)?[\d/.\-\s]{5,14}\)?\s?,?)?\s?(?:do\s|của\s|,\scủa\s)(?=\S)"
)
_PLAIN_BODIES = (
    "tỉnh ủy",
    "thành ủy",
    "huyện ủy",
    "quận ủy",
    "thị ủy",
    "ban thường vụ",
    "thủ tướng",
    "ủy ban",
    "ban cán sự",
)
"""Bodies that articles also write in small letters."""
_ISSUER_ENDS = re.compile(
    r"\s(?:về|ngày|khóa|quy định|ban hành|phê duyệt|đã|được|trong|để|tại|có|là|yêu cầu|giao|chỉ đạo|gửi|cho|nêu|ký|vừa|với|"
    r"nhằm|trình|thành lập|sẽ|theo|từ|ra|năm|chấp thuận|bổ nhiệm|hướng dẫn|truyền đạt|cũng|thực hiện|thì|cần|phải|đối với|nhiệm kỳ)(?!\w)"
    r"|[,.;:!?()\"\n…]| - "
)
_TERM = re.compile(r"(?<!\w)khóa\s(?P<term>xiv|xiii|xii|xi|x|ix|viii|vii|vi)(?!\w)")
_TITLE = re.compile(
    r"(?:\s?,?\s?(?:ra\s|ban hành\s)?\(?ngày\s[\d/.\-\s]{3,14}\)?,?)?(?:\s?,?\scủa\s(?P<issuer>[^,.;:()\n]{3,70}?))?"
    r"(?:\s?[,(]\s?khóa\s[ivx]+\)?,?|\skhóa\s[ivx]+,?)?\s(?P<title>(?:về|quy định|phê duyệt|ban hành|sửa đổi|thành lập|hướng dẫn)\s)"
)
_SIGNED = re.compile(r"(?:ký|ban hành|có|ra|gửi|phê duyệt|phát)(?:\sban hành)?\s?$")

_BEHIND, _BEFORE = 14, 160
"""How far behind a citation its date may stand, and how far before it."""


def issuer_after(page: Page, end: int) -> str | None:
    """Return the issuer that "của ..." gives a citation that ends at `end`, as written."""
    match = _OF.match(page.folded, end)
    if match is None or not (page.text[match.end()].isupper() or page.folded.startswith(_PLAIN_BODIES, match.end())):
        return None
    stop = _ISSUER_ENDS.search(page.folded, match.end(), match.end() + 90)
    issuer = page.text[match.end() : stop.start() if stop else match.end() + 60].strip().removesuffix(" và")
    return issuer if 2 < len(issuer) <= 70 else None


def term_after(page: Page, end: int) -> str | None:
    """Return the term of the Party that the words after a citation name ("(khóa XII)"): `XII`."""
    match = _TERM.search(page.folded, end, end + 60)
    if match is None or any(c in ".;\n" for c in page.folded[end : match.start()]):
        return None
    return match["term"].upper()


def title_after(page: Page, end: int) -> str | None:
    """Return the title that follows a number ("về ..."), up to where it must end."""
    match = _TITLE.match(page.folded, end)
    if match is None:
        return None
    stop = title_end(page, match.start("title"))
    title = page.text[match.start("title") : stop]
    return title if len(title) > 8 else None


def date_beside(page: Page, span: tuple[int, int], dates: Sequence[DateMention]) -> str | None:
    """Return the day of a document: right after its number, or before it where "ngày ... đã ký" opens the sentence."""
    first = bisect_left(dates, span[0] - _BEFORE, key=lambda found: found.end)
    for found in dates[first : bisect_right(dates, span[1] + _BEHIND, key=lambda found: found.start)]:
        if found.iso is None or len(found.iso) < 10 or found.kind == "interval":
            continue
        if 0 <= found.start - span[1] <= _BEHIND and not any(c in ".;:" for c in page.folded[span[1] : found.start]):
            return found.iso
        if found.end <= span[0] and _signed_between(page, found.end, span[0]):
            return found.iso
    return None


def _signed_between(page: Page, date_end: int, start: int) -> bool:
    between = page.folded[date_end:start]
    return len(between) < _BEFORE and not any(c in ".;\n" for c in between) and bool(_SIGNED.search(between))
