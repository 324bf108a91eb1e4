"""The shapes that a date takes in a text, before its year is known (DOMAIN.md 5)."""

import re
from collections.abc import Iterator

from kg.read.records import record

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"

_DIGITS = re.compile(r"[0-9]{1,2}(?=\s?[/.-]\s?[0-9]|\stháng\s)")
_RANGE = re.compile(r"(?<![\w/.,-])\d{1,2}(?:/\d{1,2})?-$")
_NUMERIC = re.compile(
    rf"(?<![\w/.,])(?P<d>{_DAY})\s?(?P<sep>[/.-])\s?(?P<m>{_MONTH})"
    rf"(?:\s?[/.-]\s?(?P<y>{_YEAR})|(?:,?\snăm\s)(?P<y2>{_YEAR}))?(?!\d|%|[/.,]\d|-\d{{3}}|-[a-zđ])"
)
_WORDED = re.compile(
    rf"(?<![\w/.,-])(?P<d>{_DAY})\s(?:tháng\s)(?P<m>{_MONTH})(?!\d|%|[.,]\d)"
    rf"(?:(?:,?\snăm\s|\s?[/.-]\s?|,?\s)(?P<y>{_YEAR})(?!\d))?"
)
_MONTH_FORM = re.compile(
    rf"(?<!\w)tháng\s(?P<m>{_MONTH})(?!\d|%|[.,]\d)(?:(?:\s?[/.-]\s?|,?\snăm\s)(?P<y>{_YEAR})(?!\d))?"
)
_QUARTER = re.compile(rf"(?<!\w)quý\s(?P<q>iv|i{{1,3}}|[1-4])(?!\w)(?:(?:\s?[/.-]\s?|,?\snăm\s)(?P<y>{_YEAR})(?!\d))?")
_YEAR_FORM = re.compile(rf"(?<!\w)năm\s(?P<y>{_YEAR})(?!\d)")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

# what makes "6/2" a day and not a fraction or a score
_STRONG_CUE = re.compile(
    r"(?:ngày|hôm|sáng|trưa|chiều|tối|đêm|khuya|rạng sáng|mùng|mồng|sáng sớm|chiều muộn|chiều tối|nay\s?,?|qua\s?,?|(?:nay|qua|mai)\s?\(|"
    r"thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])\s?[,(]?|chủ nhật\s?[,(]?|(?:nay|qua)\s?[-,]\s?(?:ngày)?|\()\s?$"
)
_WEAK_CUE = re.compile(r"(?:từ|đến|tới|vào|trước|sau|lễ|dịp|hết)\s$")
_FRACTION = re.compile(
    r"\s(?:số|tổng|diện|thành viên|đại biểu|dân|hộ|xã|huyện|quân số|chiều|quãng|thời|cổ|vốn|đảng viên|lượng|khối|điểm)\b"
)
# "4 đến ngày 11/10", "18-20/8", "5 và 6/8", "5-5 đến 10-5": what stands before the day that closes an interval
_OPENING = re.compile(
    rf"(?<![\w/.,])(?P<d>{_DAY})(?:\s?[/.-]\s?(?P<m>{_MONTH})(?:\s?[/.-]\s?(?P<y>{_YEAR}))?)?"
    r"\s?(?P<join>-|đến hết ngày|đến ngày|đến|tới ngày|tới|và ngày|và|,)\s?$"
)


@record
class RawDate:
    """A date as written: folded text `start` to `end`, and what it says of day, month, year and the first day of an interval."""

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None
    kind: str = "point"
    first: tuple[int, int | None, int | None] | None = None


def find_raw_dates(folded: str) -> list[RawDate]:
    """Return the numeric, worded, month, quarter and year dates of a folded text, in order, none overlapping."""
    found = sorted(
        (*_days(folded), *_months(folded), *_quarters(folded), *_years(folded)), key=lambda r: (r.start, -r.end)
    )
    kept: list[RawDate] = []
    for raw in found:
        if not kept or raw.start >= kept[-1].end:
            kept.append(raw)
        elif raw.end > kept[-1].end:
            kept[-1] = raw
    return kept


def _days(folded: str) -> Iterator[RawDate]:
    for run in _DIGITS.finditer(folded):
        if folded.endswith("-", 0, run.start()) and not _RANGE.search(folded, max(0, run.start() - 6), run.start()):
            continue
        match = _NUMERIC.match(folded, run.start())
        if match is None:
            match = _WORDED.match(folded, run.start())
            if match and (match["y"] or _STRONG_CUE.search(folded, max(0, match.start() - 16), match.start())):
                yield _with_opening(match, match["y"], _OPENING.search(folded, max(0, run.start() - 24), run.start()))
            continue
        year = match["y"] or match["y2"]
        opening = _OPENING.search(folded, max(0, run.start() - 24), run.start())
        if year or _is_day(folded, match.start(), match.end(), opening):
            yield _with_opening(match, year, opening)


def _words(folded: str, word: str) -> Iterator[int]:
    at = folded.find(word)
    while at >= 0:
        yield at
        at = folded.find(word, at + len(word))


def _is_day(folded: str, start: int, end: int, opening: re.Match[str] | None) -> bool:
    left = max(0, start - 16)
    if _STRONG_CUE.search(folded, left, start):
        return True
    if opening is not None:
        before = opening.start()
        return bool(opening["m"] or _STRONG_CUE.search(folded, max(0, before - 16), before) or _from(folded, before))
    return bool(_WEAK_CUE.search(folded, left, start)) and not _FRACTION.match(folded, end)


def _from(folded: str, start: int) -> bool:
    return folded.endswith(("từ ", "từ ngày ", "trong ngày ", "các ngày ", "hai ngày ", "2 ngày "), 0, start)


def _with_opening(match: re.Match[str], year: str | None, opening: re.Match[str] | None) -> RawDate:
    day, month = int(match["d"]), int(match["m"])
    last_year = int(year) if year else None
    whole = RawDate(match.start(), match.end(), day, month, last_year)
    if opening is None or (opening["join"] == "," and not opening["m"]):
        return whole
    first_month = int(opening["m"]) if opening["m"] else None
    if first_month is None and int(opening["d"]) >= day:
        return whole
    first = (int(opening["d"]), first_month, int(opening["y"]) if opening["y"] else None)
    return RawDate(opening.start(), match.end(), day, month, last_year, "interval", first)


def _months(folded: str) -> Iterator[RawDate]:
    for at in _words(folded, "tháng "):
        if match := _MONTH_FORM.match(folded, at):
            year = int(match["y"]) if match["y"] else None
            yield RawDate(at, match.end(), None, int(match["m"]), year, "period")


def _quarters(folded: str) -> Iterator[RawDate]:
    for at in _words(folded, "quý "):
        if match := _QUARTER.match(folded, at):
            last = 3 * _QUARTERS[match["q"]]
            year = int(match["y"]) if match["y"] else None
            yield RawDate(at, match.end(), None, last, year, "period", (0, last - 2, None))


def _years(folded: str) -> Iterator[RawDate]:
    for at in _words(folded, "năm "):
        if match := _YEAR_FORM.match(folded, at):
            yield RawDate(at, match.end(), None, None, int(match["y"]), "period")
