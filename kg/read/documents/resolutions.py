"""Resolutions cited by the meeting that passed them: a plenum of the Central Committee, a congress (DOMAIN.md 4.3)."""

import re
from collections.abc import Iterator, Sequence

from kg.lexicon.matcher import Hit
from kg.read.documents.found import Found
from kg.read.documents.heads import Head
from kg.read.documents.ordinals import number_of, word_of
from kg.read.page import Page

_NTH = r"(?:\d{1,2}|[ivx]{1,6}|mười một|mười hai|mười ba|mười bốn|mười lăm|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)"
_CENTRE = r"(?:bch|ban chấp hành)?\s?(?:trung ương|tw|tư|t\.\s?ư)(?:\sđảng)?"
_TERM = r"(?:\s?,?\s?\(?\s?khóa\s(?P<{}>xiv|xiii|xii|xi|x|ix|viii|vii|vi)(?:\s?\))?)"
_PLENUM = re.compile(
    rf"\s?(?:hội nghị\s)?(?:lần thứ\s)?{_CENTRE}\s?(?:lần thứ\s)?(?P<n>{_NTH})(?![\w/])(?:\s?của đảng)?{_TERM.format('term')}?"
    rf"|\s(?:của\s)?hội nghị (?:lần thứ\s|lần\s)(?P<n2>{_NTH}),?\s{_CENTRE}{_TERM.format('term2')}?"
)
_GLUED = re.compile(rf"(?<!\w)nqtw\s?(?P<n>\d{{1,2}})(?!\w){_TERM.format('term')}?")
_LAST_PLENUM = 16
_CONGRESS = re.compile(
    rf"\s(?:của\s)?đại hội\s(?P<body>[^.,;:()\n]{{0,90}}?)(?:lần thứ\s|lần\s)?(?<=\s)(?P<n>{_NTH})(?![\w/])"
    r"(?P<of>\s(?:của\s)?(?:đảng bộ|đảng)(?!\w)(?:\s(?:tỉnh|thành phố|huyện|quận|tp\.?|bộ|thị xã)(?!\w))?)?"
    r"(?P<period>,?\s\(?nhiệm kỳ\s\d{4}\s?-\s?\d{4}\)?)?"
)
_NAMELESS = re.compile(
    r"\sđại hội\s(?P<body>đảng bộ\s[^.,;:()\n]{3,60}?)(?=\s(?:và|đã|là|có|trong|để|cho|nhằm|gắn|vào)\s|[.,;:()\n]|$)"
)
_NATIONAL = frozenset({"đại", "biểu", "toàn", "quốc", "đảng", "cộng", "sản", "việt", "nam", "của"})


def read_plenums(page: Page, heads: Sequence[Hit[Head]]) -> Iterator[Found]:
    """Yield resolutions and conclusions of the Central Committee's plenums: "Nghị quyết Trung ương 4 (khóa XII)", "NQTW4"."""
    for head in heads:
        if head.payload.type not in ("Nghị quyết", "Kết luận"):
            continue
        match = _PLENUM.match(page.folded, head.end)
        number = number_of(match["n"] or match["n2"]) if match else None
        if match and number and number <= _LAST_PLENUM:
            term = (match["term"] or match["term2"] or "").upper()
            yield _plenum(page, head.payload.type, (head.start, match.end()), number, term)
    if "nqtw" in page.folded:
        for match in _GLUED.finditer(page.folded):
            yield _plenum(page, "Nghị quyết", match.span(), int(match["n"]), (match["term"] or "").upper())


def _plenum(page: Page, kind: str, span: tuple[int, int], number: int, term: str) -> Found:
    stems = [
        f"{kind} Hội nghị Trung ương {number}",
        f"{kind} Trung ương {number}",
        f"{kind} Hội nghị lần thứ {word_of(number, 'word')} Ban Chấp hành Trung ương Đảng",
    ]
    forms = [f"{stem} khóa {term}" for stem in stems] if term else stems
    return Found(
        *span,
        kind,
        f"{kind} tw{number}@{term}",
        "documents.plenum-name",
        forms[0],
        accept=(page.text[slice(*span)], *forms),
        issuer="Ban Chấp hành Trung ương Đảng",
        term=term or None,
        short=(kind, f"TW{number}"),
    )


def read_congresses(page: Page, heads: Sequence[Hit[Head]]) -> Iterator[Found]:
    """Yield congress resolutions: the Party's ("Nghị quyết Đại hội XIII của Đảng") and a local one's, whose ordinal is its own."""
    for head in heads:
        if head.payload.type != "Nghị quyết":
            continue
        match = _CONGRESS.match(page.folded, head.end)
        number = number_of(match["n"]) if match else None
        if match and number:
            yield _congress(page, head, match, number)
        elif nameless := _NAMELESS.match(page.folded, head.end):
            yield _local(page, head, nameless.end(), nameless.end(), nameless["body"])


def _congress(page: Page, head: Hit[Head], match: re.Match[str], number: int) -> Found:
    words = {*match["body"].split(), *(match["of"] or "").split()}
    if words - _NATIONAL:
        end = match.start("period") if match["period"] else match.end()
        return _local(page, head, end, match.end(), f"{match['body']}{number}")
    nth = word_of(number, "roman") or str(number)
    kind = head.payload.type
    forms = (
        f"{kind} Đại hội {nth} của Đảng",
        f"{kind} Đại hội {nth}",
        f"{kind} Đại hội lần thứ {nth} của Đảng",
        f"{kind} Đại hội Đảng lần thứ {nth}",
        f"{kind} Đại hội đại biểu toàn quốc lần thứ {nth} của Đảng",
    )
    return Found(
        head.start,
        match.end(),
        kind,
        f"{kind} đại hội {nth}".lower(),
        "documents.congress-name",
        forms[0],
        accept=(page.text[head.start : match.end()], *forms),
        term=nth,
    )


def _local(page: Page, head: Hit[Head], end: int, whole_end: int, ident: str) -> Found:
    name, whole = page.text[head.start : end].strip(), page.text[head.start : whole_end].strip()
    kind = head.payload.type
    return Found(
        head.start, whole_end, kind, f"{kind} {ident}".lower(), "documents.congress-name", name, accept=(name, whole)
    )
