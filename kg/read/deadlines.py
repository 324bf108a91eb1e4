"""By when an instruction is to be carried out: the phrase as written, and what it means (DOMAIN.md 5)."""

import re
from datetime import date, timedelta

from kg.read.page import Page

_D = r"(?P<d{0}>\d{{1,2}})\s?[/.\-]\s?(?P<m{0}>\d{{1,2}})(?:\s?[/.\-]\s?(?P<y{0}>(?:19|20)\d\d))?(?![\d/])"
_M = r"tháng\s(?P<mm{0}>\d{{1,2}})(?:(?:\s?[/.\-]\s?|\snăm\s)(?P<my{0}>(?:19|20)\d\d))?(?![\d/])"
_DAY = r"(?:(?:\d{{1,2}}\s?(?:h\d{{0,2}}|giờ)\s)?(?:(?:ngày|hôm|sáng|trưa|chiều|tối|đêm)\s)?(?:ngày\s)?" + _D + ")"
_YEAR = r"(?:năm\s(?P<yy{0}>(?:19|20)\d\d))"
_QUARTER = r"(?:quý\s(?P<q{0}>iv|i{{1,3}}|[1-4])(?:(?:\s?[/.\-]\s?|\snăm\s)(?P<qy{0}>(?:19|20)\d\d))?)"
_HOUR = r"(?:\d{{1,2}}\s?(?:h\d{{0,2}}|giờ(?:\s\d{{1,2}}(?:\sphút)?)?)\s)?"
_WORDED = _HOUR + r"(?:ngày\s)(?P<wd{0}>\d{{1,2}})\s(?:tháng\s)(?P<wm{0}>\d{{1,2}})(?:\snăm\s(?P<wy{0}>(?:19|20)\d\d))?"
_WHEN = rf"(?:{_WORDED}|{_DAY}|{_M}|{_QUARTER}|{_YEAR})"
_NOW = (
    r"(?P<now>(?:sáng|trưa|chiều tối|chiều|tối|đêm|ngày)\s(?:hôm\s)?(?:nay|mai)|hôm nay|ngày mai"
    r"|tuần này|tuần tới|tháng này|tháng tới|quý này|năm nay|năm sau)"
)

_CLOCK = r"\d{1,2}\s?(?:h\d{0,2}|giờ(?:\s\d{1,2}(?:\sphút)?)?)"
_SEASON = (
    r"(?P<season>(?:mùa|vụ)\s(?:bão lũ|mưa bão|bão|mưa lũ|mưa|lũ|khô|hanh khô|cạn|đông xuân|hè thu|thu đông|mùa|gieo cấy|thu hoạch)"
    r"|thềm năm học mới|năm học mới|ngày khai giảng|khai giảng|ngày tựu trường|kỳ nghỉ lễ|kỳ họp(?: \w+){0,4}? (?:tới|cuối năm|giữa năm)"
    r"|(?:dịp\s)?tết(?:\snguyên đán|\strung thu|\sdương lịch|\sâm lịch)?(?:\s(?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý)\s\w+)?(?=[\s,.;!)]|$)"
    r"|mùa (?:xuân|hè|hạ|thu|đông))"
)

_REPEATED = re.compile(
    r"(?:trước\s|vào\s|chậm nhất\s(?:là\s)?(?:vào\s)?)?(?:ngày\s(?P<day>\d{1,2})\s)(?:hằng|hàng|mỗi)\s(?P<unit>tháng|quý|năm)"
    r"|(?:trước|vào|chậm nhất(?:\slà)?)\s\d{1,2}\s?(?:h\d{0,2}|giờ(?:\s\d{1,2}(?:\sphút)?)?)\s(?:hằng|hàng|mỗi)\s(?P<unit4>ngày|tuần)"
    r"|(?:định kỳ\s(?:hằng|hàng|mỗi)?\s?)(?P<unit2>tuần|tháng|quý|năm)|(?:hằng|hàng)\s(?P<unit3>tuần|tháng|quý)(?=\s(?:báo cáo|tổng hợp|gửi))"
)
_BEFORE = re.compile(
    rf"(?:trước|chậm nhất|muộn nhất|hạn cuối|thời hạn|đến hết|tới hết|hết|không quá|cho đến)\s"
    rf"(?:là\s|vào\s|đến\s|hết\s|cuối\s|thời điểm\s)*"
    rf"(?:{_WHEN.format(0)}|{_NOW})"
)
_HOUR_ONLY = re.compile(
    rf"(?:trước|chậm nhất|muộn nhất)\s(?:là\s|vào\s|lúc\s)*(?P<clock>{_CLOCK})"
    r"(?:\s(?P<now>(?:sáng|trưa|chiều tối|chiều|tối|đêm|ngày)\s(?:hôm\s)?(?:nay|mai)|hôm nay|ngày mai))?(?!\s(?:hằng|hàng|mỗi)\b)"
)
_SEASONAL = re.compile(rf"trước\s(?:khi\svào\s|khi\sbước vào\s)?{_SEASON}")
_UP_TO = re.compile(rf"(?<=\w\s)(?:đến|tới)\s(?:hết\s)?(?:ngày\s)?{_D.format(0)}(?=\s?(?:[.,;)]|$))")
_SPAN = re.compile(r"\b(?:từ|tính|kể|cập nhật|lũy kế|đã|đang)\s(?:[^.;]*\s)?$")
"""Before "đến ngày ..." that ends a span of time or counts up to a day."""
_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_WITHIN = re.compile(
    rf"(?<!chỉ )(?:ngay\s)?trong\s(?:(?:cả|đêm|ngày|sáng|chiều|tối)\s)?(?:{_WHEN.format(0)}|{_NOW}"
    r"|(?:thời gian\s|vòng\s|thời hạn\s)?(?P<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s"
    r"(?P<unit>giờ|ngày|tuần|tháng|năm)(?!\s(?:qua|đầu|cuối|gần|liên tiếp|liền|trước|nay)))"
)
_UNTIL = re.compile(rf"từ nay (?:đến|tới|cho đến)\s(?:hết\s|cuối\s|trước\s)?(?:{_WHEN.format(0)}|{_NOW})")
_END_OF = re.compile(rf"(?:(?:ngay|vào|đến|tới)\s)?(?:cuối|giữa)\s(?:{_WHEN.format(0)}|{_NOW})")
_TODAY = re.compile(
    r"(?:ngay\s)(?:trong\s)?(?P<now>(?:sáng|chiều tối|chiều|tối|đêm)\s(?:hôm\s)?(?:nay|mai)|hôm nay|ngày mai|tuần này)"
)
_ORDER = (
    (_REPEATED, "recurring", ("hằng", "hàng", "mỗi", "định kỳ")),
    (_BEFORE, "before", ("trước", "nhất", "hạn cuối", "thời hạn", "hết", "không quá", "cho đến")),
    (_UNTIL, "until", ("từ nay",)),
    (_WITHIN, "within", ("trong",)),
    (_TODAY, "within", ("ngay",)),
    (_END_OF, "within", ("cuối", "giữa")),
    (_HOUR_ONLY, "before", ("trước", "nhất")),
    (_SEASONAL, "before", ("trước",)),
    (_UP_TO, "before", ("đến", "tới")),
)
"""Each pattern, what it says, and the words of which one stands in all that it matches."""
_PAST = re.compile(r"(?:đã|vừa|kể từ|từ)\s(?:[^,.;]{0,30}\s)?$")
_QUARTERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_UNITS = {"giờ": "PT{}H", "ngày": "P{}D", "tuần": "P{}W", "tháng": "P{}M", "năm": "P{}Y"}
_RECURRING = {"ngày": "daily", "tuần": "weekly", "tháng": "monthly", "quý": "quarterly", "năm": "yearly"}
_NAMED = {
    "tuần này": ("W", 0),
    "tuần tới": ("W", 1),
    "tháng này": ("M", 0),
    "tháng tới": ("M", 1),
    "năm nay": ("Y", 0),
    "năm sau": ("Y", 1),
}


def read_deadline(page: Page, start: int, end: int) -> tuple[str, str] | None:
    """Return the deadline in `text[start:end]` as written and in the encoding of DOMAIN.md 5, or None.

    The code is `before:`, `within:`, `until:` or `recurring:` and a date cut to what is known: `before:2017-09-30`, `before:--09-30` (year
    open), `within:Q3`, `within:P1M`, `recurring:monthly:25`. Relative words count from a publication known to the day, else the code is the
    phrase's own words.

    >>> from kg.model.article import Article, Origin
    >>> article = Article(id="a1", text="Giao Sở báo cáo trước ngày 30/9.", origin=Origin(loader="text", source="-"))
    >>> read_deadline(Page.of(article), 0, 32)
    ('trước ngày 30/9', 'before:--09-30')
    """
    sentence = page.folded[start:end]
    for pattern, relation, triggers in _ORDER:
        if not any(map(sentence.__contains__, triggers)):
            continue
        for match in pattern.finditer(page.folded, start, end):
            if relation != "recurring" and _PAST.search(page.folded, max(start, match.start() - 8), match.start()):
                continue
            if pattern is _UP_TO and _SPAN.search(page.folded, max(start, match.start() - 60), match.start()):
                continue
            code = _recurring(match) if relation == "recurring" else _code(page, match)
            if code:
                return page.text[match.start() : match.end()].strip(), f"{relation}:{code}"
    return None


def _recurring(match: re.Match[str]) -> str:
    unit = match["unit"] or match["unit2"] or match["unit3"] or match["unit4"]
    return _RECURRING[unit] + (f":{int(match['day'])}" if match["day"] else "")


def _code(page: Page, match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = parts.get("y0") or parts.get("wy0") or parts.get("my0") or parts.get("qy0") or parts.get("yy0")
    day, month = parts.get("d0") or parts.get("wd0"), parts.get("m0") or parts.get("wm0") or parts.get("mm0")
    if parts.get("n"):
        return _UNITS[parts["unit"]].format(_WORDS.get(parts["n"], parts["n"]))
    if parts.get("season") or (parts.get("clock") and not parts.get("now")):
        return str(parts.get("season") or parts["clock"])
    if parts.get("now"):
        return _relative(page, parts["now"])
    if parts.get("q0"):
        quarter = f"Q{_QUARTERS.get(parts['q0'], parts['q0'])}"
        return f"{year}-{quarter}" if year else quarter
    if month is None:
        return year
    return _dated(page, year, int(month), int(day) if day else None)


def _dated(page: Page, year: str | None, month: int, day: int | None) -> str | None:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    year = year or _year_ahead(page, month, day)
    tail = f"-{month:02}" + (f"-{day:02}" if day else "")
    return f"{year}{tail}" if year else f"-{tail}"


def _year_ahead(page: Page, month: int, day: int | None) -> str | None:
    """A deadline lies ahead: the year of publication, or the next one where that day is long past."""
    published = page.article.published
    if published is None:
        return None
    if len(published) < 10:
        return published[:4]
    days = (month - int(published[5:7])) * 30 + (day or 28) - int(published[8:10])
    return str(int(published[:4]) + (days < -60))


def _relative(page: Page, words: str) -> str:
    published = page.article.published
    known = date.fromisoformat(published[:10]) if published and len(published) >= 10 else None
    unit, step = _NAMED.get(words, ("D", 1 if words.endswith("mai") else 0))
    if unit == "Y" and published:
        return str(int(published[:4]) + step)
    if known is None or words == "quý này":
        return words
    if unit == "D":
        return (known + timedelta(days=step)).isoformat()
    if unit == "M":
        total = known.year * 12 + known.month - 1 + step
        return f"{total // 12}-{total % 12 + 1:02}"
    week = (known + timedelta(weeks=step)).isocalendar()
    return f"{week.year}-W{week.week:02}"
