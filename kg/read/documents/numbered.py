"""Documents cited by a number: a symbol with or without its kind before it, a short form ("Chỉ thị 05"), lists of either."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from kg.lexicon.matcher import Hit
from kg.read.documents.context import date_beside, issuer_after, term_after, title_after
from kg.read.documents.found import Found, Taken
from kg.read.documents.heads import Head, type_of
from kg.read.documents.symbols import Symbol
from kg.read.documents.words import words_of
from kg.read.mentions import DateMention
from kg.read.page import Page

_GAP = 48
_BETWEEN = re.compile(r"\s(?:[^\W\d_]+\s){0,4}?(?:\(?số|mang số|số hiệu)?\s?:?\s?$|\s?\(\s?(?:số\s)?$")
_SHORT = re.compile(
    r"\s(?P<words>(?:[^\W\d_]+\s){0,2}?)(?P<so>số\s?:?\s?)?(?P<num>\d{1,5}(?:[a-zđ](?!\w))?)(?P<slash>/(?:19|20)\d\d(?![/\d-]))?(?![\d%/]|[.,-]\d|\s?-\s?\d)"
    r"(?:\snăm\s(?P<year>(?:19|20)\d\d))?"
)
_MORE = re.compile(r"\s?(?:,|;|và)\s(?:số\s)?(?P<num>\d{1,5}[a-zđ]?)(?![\w%/]|[.,-]\d)")
_WORDY = frozenset(
    {"quyết định", "kết luận", "quy định", "thông báo", "hướng dẫn", "báo cáo", "kế hoạch", "quy hoạch", "lệnh"}
)
"""Kinds whose name is a common word too: a bare number after them counts only after a capital letter."""
_NUMBERED = frozenset({"act", "paper", "short", "plan"})


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{words_of('unit')})(?!\w)")


@cache
def _between() -> re.Pattern[str]:
    """ "Công điện khẩn số 5", "quyết định xử phạt số 12": what may stand before "số"."""
    return re.compile(rf"(?:(?:{words_of('between')})\s){{1,2}}")


@cache
def _force() -> re.Pattern[str]:
    """ "Tổ công tác triển khai Đề án 06", "Ban Chỉ đạo 389": the number is part of the force's name."""
    forces = words_of("force")
    return re.compile(rf"(?<!\w)(?:{forces})\s(?:(?:thực hiện|triển khai|về|triển khai thực hiện|số)\s)?(?:các\s)?$")


@cache
def _licence() -> re.Pattern[str]:
    return re.compile(rf"(?:{words_of('licence')})(?:\s[^\W\d_]+){{0,5}}\s(?:số\s)?:?\s?$")


def read_symbols(
    page: Page, symbols: Sequence[Symbol], heads: Sequence[Hit[Head]], dates: Sequence[DateMention]
) -> Iterator[Found]:
    """Yield the documents that a page cites by their full numbers, each number of a list by itself."""
    for symbol in symbols:
        if page.is_furniture(symbol.start) or _force().search(page.folded, max(0, symbol.start - 40), symbol.start):
            continue
        head = _head_before(page, symbol, heads)
        if head is None and _licence().search(page.folded, max(0, symbol.start - 60), symbol.start):
            continue
        kind = head.payload.type if head else type_of(symbol.type) or "Văn bản"
        start = head.start if head else symbol.start
        for at, num in symbol.earlier:
            yield _symbol(page, symbol, symbol.numbered(num), (kind, num), (min(start, at), at + len(num)), dates)
        span = (symbol.start if symbol.earlier else start, symbol.end)
        yield _symbol(page, symbol, symbol.number, (kind, symbol.num), span, dates)


def _head_before(page: Page, symbol: Symbol, heads: Sequence[Hit[Head]]) -> Hit[Head] | None:
    first = bisect_left(heads, symbol.start - _GAP, key=lambda head: head.end)
    for head in reversed(heads[first : bisect_right(heads, symbol.start, key=lambda head: head.end)]):
        if _BETWEEN.fullmatch(page.folded, head.end, symbol.start):
            return head
    return None


def _symbol(
    page: Page,
    symbol: Symbol,
    number: str,
    named: tuple[str, str],
    span: tuple[int, int],
    dates: Sequence[DateMention],
) -> Found:
    kind, num = named
    day = date_beside(page, (span[0], symbol.end), dates)
    issuer = issuer_after(page, symbol.end)
    title = title_after(page, symbol.end)
    rule = "documents.party-number" if symbol.party else "documents.state-number"
    forms = (number, f"{kind} {number}", f"{kind} số {number}")
    return Found(
        span[0],
        span[1],
        kind,
        f"#{number.upper()}",
        rule,
        _full(f"{kind} {number}", title),
        number,
        (*forms, *((_full(forms[1], title),) if title else ())),
        issuer,
        day,
        None if symbol.party else _state_key(symbol, number, day),
        term_after(page, symbol.end),
        title,
        (kind, num.lstrip("0") or num),
        0.98,
    )


def _full(form: str, title: str | None) -> str:
    return f"{form} {title}" if title else form


def _state_key(symbol: Symbol, number: str, day: str | None) -> str | None:
    """The number itself where it holds its year, else with the year of its date (DOMAIN.md 4.2)."""
    if symbol.year or symbol.issuer.startswith(("QH", "UBTVQH")):
        return number
    return f"{number}@{day[:4]}" if day else None


def read_short(page: Page, heads: Sequence[Hit[Head]], taken: Taken, dates: Sequence[DateMention]) -> Iterator[Found]:
    """Yield the documents cited by kind and running number only: "Nghị quyết 18", "quyết định số 2356, 2357"."""
    for head in heads:
        if head.payload.family not in _NUMBERED or taken.holds(head.start):
            continue
        match = _SHORT.match(page.folded, head.end)
        if match is None or page.is_furniture(head.start) or not _counts(page, head, match):
            continue
        if not (match["year"] or match["slash"]) and _unit().match(page.folded, match.end("num")):
            continue
        yield _short(
            page,
            head.payload.type,
            match["num"],
            (head.start, match.end("num")),
            match["year"] or (match["slash"] or "")[1:],
            dates,
        )
        end = match.end()
        while (match["so"] or page.folded.endswith("các ", 0, head.start)) and (more := _MORE.match(page.folded, end)):
            if _unit().match(page.folded, more.end()):
                break
            yield _short(page, head.payload.type, more["num"], more.span("num"), None, dates)
            end = more.end()


def _counts(page: Page, head: Hit[Head], match: re.Match[str]) -> bool:
    if match["words"] and not (match["so"] and _between().fullmatch(match["words"])):
        return False
    if _force().search(page.folded, max(0, head.start - 40), head.start):
        return False
    capital = page.text[head.start].isupper()
    return bool(match["so"]) or capital or page.folded[head.start : head.end] not in _WORDY


def _short(
    page: Page, kind: str, num: str, span: tuple[int, int], year: str | None, dates: Sequence[DateMention]
) -> Found:
    title = title_after(page, span[1])
    issuer = issuer_after(page, span[1])
    forms = [f"{kind} {num}", f"{kind} số {num}", num]
    if issuer:
        forms += [f"{kind} {num} của {issuer}", f"{kind} số {num} của {issuer}"]
    if title:
        forms.append(f"{kind} {num} {title}")
    number = None
    if year:
        dated = [f"{num}/{year}", f"{kind} {num}/{year}", f"{kind} số {num}/{year}", f"{kind} {num} năm {year}"]
        forms = [*dated, f"{kind} số {num} năm {year}", *forms]
    if year and kind == "Nghị định":
        number = f"{num}/{year}/NĐ-CP"
        forms = [number, f"{kind} {number}", *forms]
    return Found(
        span[0],
        span[1],
        kind,
        f"#{number.upper()}" if number else f"{kind} {num.lstrip('0')}".lower(),
        "documents.short-number",
        _full(f"{kind} {num}", title),
        number or (f"{num}/{year}" if year else num),
        tuple(forms),
        issuer,
        date_beside(page, span, dates),
        number,
        term_after(page, span[1]),
        title,
        (kind, num.lstrip("0") or num),
        0.9,
    )
