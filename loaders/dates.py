"""Publication dates as pages and data sets write them -> ISO 8601, cut to what is known. Nothing is invented."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import NamedTuple

VIETNAM = timezone(timedelta(hours=7))
"""Clock times without a zone are Vietnam's: it has had one zone, without summer time, since 1975."""

_YEARS = range(1945, 2101)  # outside of it stand the null dates of content systems (0001-01-01, 1900-01-01, 9999-12-31)

_CLOCK = r"(?P<h>\d{1,2})\s?(?:[:h]|giờ)\s?(?P<mi>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?\s?(?P<half>[AP]M|SA|CH)?"
_ZONE = r"(?:\s*\(?\s*(?:GMT|UTC)?\s*(?P<zone>Z|[+-]\d{1,2}(?::?\d{2})?)\s*\)?)?"
_DATES = (
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
    r"(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})",
    r"(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s*(?:,|năm)?\s+(?P<y>\d{4})",
)
_FORMS = tuple(
    re.compile(rf"(?<![\d/.-]){form}", re.IGNORECASE)
    for date in _DATES
    for form in (
        rf"{date}(?:\s*(?:T|[-–|,;(]|lúc)?\s*{_CLOCK}{_ZONE}(?!\d))",
        rf"{_CLOCK}{_ZONE}\s*[-–|,;)]*\s*(?:ngày)?\s*{date}(?![\d/.-]*\d)",
        rf"{date}(?![\d/.-]*\d)",
    )
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_MONTH = re.compile(r"^(?P<y>\d{4})-(?P<m>\d{2})$|^(?:tháng\s+)?(?P<m2>\d{1,2})/(?P<y2>\d{4})$", re.IGNORECASE)
_YEAR = re.compile(r"^(\d{4})(?![\d/.:-])")
_RFC822 = re.compile(
    r"\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(?:19|20)\d{2}\b", re.IGNORECASE
)


class FoundDate(NamedTuple):
    """A date found at code points `start` to `end` of a line."""

    iso: str
    start: int
    end: int


def parse_date(text: str | None) -> str | None:
    """Return the ISO form of a publication date, or None where `text` holds none that can exist.

    Days come before months, as Vietnamese writes them. A clock time without a zone is Vietnam's.

    >>> parse_date("24.7.2017 - 11:17")
    '2017-07-24T11:17+07:00'
    >>> parse_date("2017 (id order; day in text)"), parse_date("20210430"), parse_date("31/02/2025")
    ('2017', '2021-04-30', None)
    """
    text = " ".join((text or "").split())
    found = find_date(text) if text else None
    if found or not text:
        return found.iso if found else None
    if match := _COMPACT.match(text):
        return _iso(match[1], match[2], match[3])
    return _rfc822(text) or _coarse(text)


def find_date(line: str) -> FoundDate | None:
    """Return the first full date of `line` with its clock time, or None.

    >>> find_date("Thứ năm, 5/3/2020, 15:36 (GMT+7)").iso
    '2020-03-05T15:36+07:00'
    """
    best: FoundDate | None = None
    for form in _FORMS:
        match = form.search(line)
        iso = _of_match(match.groupdict()) if match else None
        if match and iso and (best is None or (match.start(), -match.end()) < (best.start, -best.end)):
            best = FoundDate(iso, match.start(), match.end())
    return best


def _of_match(found: Mapping[str, str | None]) -> str | None:
    year, month, day = found["y"], found["m"], found["d"]
    assert year
    assert month
    assert day
    date = _iso(year, month, day)
    hour = found.get("h")
    return f"{date}T{_clock(found)}" if date and hour and _clock(found) else date


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        date = datetime(int(year), int(month), int(day))
    except ValueError:
        return None
    return date.date().isoformat() if date.year in _YEARS else None


_AFTERNOON = MappingProxyType({"PM": 12, "CH": 12, "AM": 0, "SA": 0})


def _clock(found: Mapping[str, str | None]) -> str | None:
    hour, minute, second = int(found["h"] or 0), int(found["mi"] or 0), found.get("s")
    half = (found.get("half") or "").upper()
    if half and hour <= 12:
        hour = hour % 12 + _AFTERNOON[half]
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return None
    return f"{hour:02}:{minute:02}" + (f":{second}" if second else "") + _zone(found.get("zone"))


def _zone(written: str | None) -> str:
    if not written:
        return "+07:00"
    if written in "Zz":
        return "+00:00"
    digits = written[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    return f"{written[0]}{int(hours):02}:{minutes}" if int(hours) <= 14 and int(minutes) < 60 else "+07:00"


def _rfc822(text: str) -> str | None:
    if not _RFC822.search(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if moment.year not in _YEARS:
        return None
    # RFC 5322 3.3: "-0000" is a time in UTC that says nothing of the local zone
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def _coarse(text: str) -> str | None:
    if match := _MONTH.match(text):
        year, month = match["y"] or match["y2"], match["m"] or match["m2"]
        day = _iso(year, month, "1")
        return day[:7] if day else None
    match = _YEAR.match(text)
    return match[1] if match and int(match[1]) in _YEARS else None
