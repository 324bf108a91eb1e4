"""Time phrases of a question in plain words: "năm 2021", "từ 2016 đến 2018", "trước ngày 30/9/2017", "in July 2017", "before 30 September 2017"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg.errors import UsageError

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH: Final = "|".join(_MONTHS)
_DAY: Final = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}"
_UNIT: Final = (
    rf"(?:(?:ngay )?(?:{_DAY})|(?:ngay )?\d{{1,2}} thang \d{{1,2}} nam \d{{4}}|\d{{1,2}} (?:{_MONTH}) \d{{4}}"
    rf"|(?:{_MONTH}) \d{{1,2}},? \d{{4}}|(?:{_MONTH}) \d{{4}}|(?:thang )?(?:\d{{1,2}}[/-]\d{{4}}|\d{{4}}-\d{{2}})"
    r"|thang \d{1,2} nam \d{4}|quy (?:[1-4]|i{1,3}|iv)(?:/| nam )\d{4}|q[1-4] \d{4}|(?:nam )?\d{4})(?![\w/-])"
)
_PHRASES: Final = (
    ("span", rf"(?:tu|trong khoang|giua|between|from) (?P<a>{_UNIT}) (?:den het|den|toi|va|and|to|until|-) (?P<b>{_UNIT})"),
    ("before", rf"(?:truoc|before|by) (?P<a>{_UNIT})"),
    ("after", rf"(?:sau|after) (?P<a>{_UNIT})"),
    ("since", rf"(?:ke tu|tu|since|from) (?P<a>{_UNIT})"),
    ("until", rf"(?:tinh den|den het|den|toi|until|up to|as of) (?P<a>{_UNIT})"),
    ("at", rf"(?:trong|vao|in|on|at|during) (?P<a>{_UNIT})"),
    ("at", rf"(?P<a>(?:ngay|thang|nam|quy) {_UNIT}|(?:ngay|thang|nam|quy) \d[^a-z]*|{_UNIT})"),
)  # fmt: skip
_COMPILED: Final = tuple((kind, re.compile(rf"(?<![\w/-]){pattern}")) for kind, pattern in _PHRASES)


@dataclass(frozen=True, slots=True)
class Time:
    """A span of time: `kind` as written (at, span, before, after, since, until), first and last date, each cut to year, month or day."""

    kind: str
    first: str
    last: str


def find_time(plain: str) -> tuple[Time, int, int] | None:
    """Return the time phrase in `plain` (no accents, lower case) and where it stands, None where there is none.

    Raises UsageError for a date that no calendar has.

    >>> find_time("ai chi dao so y te nam 2021")
    (Time(kind='at', first='2021', last='2021'), 19, 27)
    """
    for kind, pattern in _COMPILED:
        if found := pattern.search(plain):
            first, last = _unit(found["a"])
            if kind == "span":
                last = _unit(found["b"])[1]
            return Time(kind, first, last), found.start(), found.end()
    return None


def filled(time: Time, names: list[str]) -> dict[str, str]:
    """Return the parameters that `time` fills: one name takes a date, two a first and a last one.

    "Before" a day is up to the day before it, but for the last day of tasks (`before`), where deadlines are written so, it is that day.
    """
    if len(names) == 1:
        return {names[0]: time.last}
    since, until = names
    match time.kind:
        case "before":
            return {until: time.first if until == "before" and len(time.first) == 10 else _earlier(time.first)}
        case "until":
            return {until: time.last}
        case "after":
            return {since: _later(time.last)}
        case "since":
            return {since: time.first}
        case _:
            return {since: time.first, until: time.last}


def _unit(text: str) -> tuple[str, str]:
    """First and last date of a year, quarter, month or day as written."""
    words = re.findall(r"[a-z]+|\d+", text.replace("ngay", " "))
    numbers = [int(word) for word in words if word.isdigit()]
    months = [_MONTHS.index(word) + 1 for word in words if word in _MONTHS]
    if "quy" in words or re.match(r"q\d", text):
        quarter = next((_ROMAN[word] for word in words if word in _ROMAN), numbers[0])
        return f"{numbers[-1]}-{quarter * 3 - 2:02}", f"{numbers[-1]}-{quarter * 3:02}"
    if months:
        year = numbers[-1]
        parts = [year, months[0], *([numbers[0]] if len(numbers) == 2 else [])]
    else:
        parts = numbers if numbers[0] > 999 else numbers[::-1]
    value = "-".join(f"{part:02}" for part in parts)
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError as error:
        raise UsageError(f"{text}: không phải ngày · is no date") from error
    return value, value


def _earlier(value: str) -> str:
    return _moved(value, -1)


def _later(value: str) -> str:
    return _moved(value, 1)


def _moved(value: str, step: int) -> str:
    """The year, month or day before or after."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return f"{parts[0] + step:04}"
    if len(parts) == 2:
        months = parts[0] * 12 + parts[1] - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return (date(*parts) + timedelta(days=step)).isoformat()
