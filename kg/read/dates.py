"""Dates in a text, with the year that the publication or the text itself gives them (DOMAIN.md 5)."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from kg.lexicon.matcher import Hit, Matcher
from kg.lexicon.tables import read_table
from kg.read.date_forms import RawDate, find_raw_dates
from kg.read.mentions import DateMention
from kg.read.page import Page

_ANNOUNCED = 62
"""Days after publication up to which a date without a year may be announced and not be last year's."""

_OPENING = 30
_PLANNED = re.compile(r"(?:đến|tới|giai đoạn|nhiệm kỳ|trước|tầm nhìn|mục tiêu)\s(?:hết\s|cuối\s)?$")
_YEAR_PLANNED = re.compile(r"(?:cuối|hết|sang)\s$")
_PART_OF_DAY = re.compile(r"(?:sáng|trưa|chiều|tối|đêm|nay|qua)\s?(?:ngày\s|\(|,\s)?$")
_SAME_DATE = re.compile(r"[\s,]*\(?\s?(?:tức\s)?(?:ngày\s)?$")


@cache
def _time_words() -> Matcher[tuple[str, int]]:
    rows = read_table("time_words")
    return Matcher({row["phrase"]: (row["kind"], int(row["offset_days"] or 0)) for row in rows})


def read_dates(page: Page) -> tuple[DateMention, ...]:
    """Return the dates of a page in order of place, none overlapping; offsets are code points of `page.text`.

    A day without a year takes the year of publication, the year before where that would lie far after publication, or
    the year of the text's own full dates; without either `iso` is None. Relative days count from a publication known to the day.

    >>> from kg.model.article import Article, Origin
    >>> article = Article(id="a1", text="Sáng 6/2, Sở họp.", published="2017", origin=Origin(loader="text", source="-"))
    >>> [(d.start, d.end, d.iso) for d in read_dates(Page.of(article))]
    [(5, 8, '2017-02-06')]
    """
    raw = find_raw_dates(page.folded)
    words = _time_words().find(page.folded)
    year = _Years(page, raw, words)
    points = [_mention(r, year) for r in raw]
    dates = sorted((*points, *_relative(page, words, points)), key=lambda d: d.start)
    return _same_day(page, dates)


def reference_date(page: Page) -> str | None:
    """Return the publication date as precisely as it is known, else the latest year that the text's own dates give, else None."""
    if page.article.published:
        return page.article.published
    found = _own_year(page, find_raw_dates(page.folded))
    return str(found) if found else None


def _own_year(page: Page, raw: Sequence[RawDate]) -> int | None:
    """The year that the text's own dates show it was written in: the latest that is dated or named, plans aside.

    A year that is only named ("năm 2019") counts up to one after the dated ones, and not in an article of November or
    December, whose next year is a plan.
    """
    dated = max((r.year for r in raw if r.year and r.month and not _is_planned(page, r)), default=None)
    named = Counter(r.year for r in raw if r.year and not r.month and not _is_planned(page, r))
    if dated is None and not named:
        return _before_plan(page, raw)
    year = dated if dated is not None else max(named, key=lambda y: (named[y], -y))
    late = any((r.month or 0) > 10 for r in raw if r.day and not r.year)
    return year + 1 if named[year + 1] and not late else year


def _before_plan(page: Page, raw: Sequence[RawDate]) -> int | None:
    """A plan's month lies within the year ahead: "từ nay đến tháng 1/2017" in an article that tells of 2/11 was written in 2016."""
    plans = [r for r in raw if r.year and r.month and _is_planned(page, r)]
    days = [r for r in raw if r.day and not r.year]
    if not plans or not days:
        return None
    plan = min(plans, key=lambda r: (r.year or 0, r.month or 0))
    return (plan.year or 0) - ((days[0].month or 0) > (plan.month or 0))


def _is_planned(page: Page, raw: RawDate) -> bool:
    left = max(0, raw.start - 14)
    planned = _PLANNED.search(page.folded, left, raw.start)
    return bool(planned or (not raw.month and _YEAR_PLANNED.search(page.folded, left, raw.start)))


class _Years:
    """Gives a day its year: from what the article says of its publication, from what the text says of itself."""

    def __init__(self, page: Page, raw: Sequence[RawDate], words: Sequence[Hit[tuple[str, int]]]) -> None:
        published = page.article.published
        self._published = date.fromisoformat(published[:10]) if published and len(published) >= 10 else None
        self.base = int(published[:4]) if published else _own_year(page, raw)
        self._deadline_ends = sorted(h.end for h in words if h.payload[0] == "deadline")
        self._anniversaries = sorted(h.end for h in words if h.payload[0] == "anniversary")
        self._folded = page.folded
        self._days: dict[tuple[int | None, int | None], set[int]] = defaultdict(set)
        for one in raw:
            if one.day and one.year:
                self._days[one.day, one.month].add(one.year)

    def of(self, raw: RawDate) -> int | None:
        if raw.year or self.base is None:
            return raw.year
        if self._published and raw.month and not _near(self._deadline_ends, raw.start, 12):
            late = _make(self.base, raw.month, raw.day or 1)
            if late and (late - self._published).days > _ANNOUNCED:
                return self.base - 1
        return self.base

    def is_anniversary(self, raw: RawDate) -> bool:
        """A national day or the day of a founding: near "kỷ niệm", or written with the years of then and now."""
        if raw.day is None:
            return False
        if _PART_OF_DAY.search(self._folded, max(0, raw.start - 12), raw.start):
            return False
        return _near(self._anniversaries, raw.start, 60) or len(self._days[raw.day, raw.month]) > 1


def _near(ends: Sequence[int], start: int, width: int) -> bool:
    at = bisect_left(ends, start + 1)
    return at > 0 and start - ends[at - 1] <= width


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    if year is None:
        return None
    if month is None:
        return str(year)
    if not day:
        return f"{year}-{month:02}"
    found = _make(year, month, day)
    return found.isoformat() if found else None


def _mention(raw: RawDate, years: _Years) -> DateMention:
    year = years.of(raw)
    last = _iso(year, raw.month, raw.day)
    kind = "anniversary" if years.is_anniversary(raw) else raw.kind
    if raw.first is None:
        return DateMention(raw.start, raw.end, last, None, kind)
    day, month, own_year = raw.first
    first = _iso(own_year or year, month or raw.month, day)
    return DateMention(raw.start, raw.end, first, last, kind)


def _relative(page: Page, words: Sequence[Hit[tuple[str, int]]], points: Sequence[DateMention]) -> list[DateMention]:
    published = page.article.published
    day = date.fromisoformat(published[:10]) if published and len(published) >= 10 else None
    found = []
    for hit in words:
        kind, offset = hit.payload
        if kind == "relative":
            iso = (day + timedelta(days=offset)).isoformat() if day else None
            found.append(DateMention(hit.start, hit.end, iso, None, "relative"))
        elif kind == "same":
            found.append(DateMention(hit.start, hit.end, _last_day(page, points, hit.start), None, "relative"))
    return found


def _last_day(page: Page, points: Sequence[DateMention], before: int) -> str | None:
    """The day that "cùng ngày" repeats: the last that opens a sentence, as the days of a narrative do, else the last."""
    days = [
        p for p in points if p.start < before and p.kind in ("point", "interval") and (not p.iso or len(p.iso) == 10)
    ]
    opening = [p for p in days if p.start - page.sentences[page.sentence_at(p.start)].start < _OPENING]
    return (opening or days)[-1].iso if days else None


def _same_day(page: Page, dates: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """ "Sáng nay (6/2)" and "Hôm nay, ngày 23-4" name one day twice: the written day holds for both."""
    out: list[DateMention] = []
    for at, found in enumerate(dates):
        after = dates[at + 1] if at + 1 < len(dates) else None
        if found.kind == "relative" and after and after.kind == "point" and after.iso and len(after.iso) == 10:
            between = page.folded[found.end : after.start]
            if len(between) < 12 and _SAME_DATE.fullmatch(between):
                found = DateMention(found.start, found.end, after.iso, None, "relative")
        out.append(found)
    return tuple(out)
