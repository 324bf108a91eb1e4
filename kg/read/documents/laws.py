"""Laws, codes, ordinances and standing texts cited by name: "Luật Đất đai năm 2024", "Bộ luật Hình sự", "Điều lệ Đảng"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg.lexicon.matcher import Hit, Matcher
from kg.lexicon.tables import read_table
from kg.read.documents.found import Found
from kg.read.documents.heads import Head
from kg.read.documents.titles import title_end
from kg.read.documents.words import words_of
from kg.read.page import Page

_YEAR = re.compile(r"(?:\s\(?sửa đổi\)?)?,?\s\(?(?:năm\s)?(?P<year>19\d\d|20[0-4]\d)(?![\d/])")
_AMENDING = re.compile(r"\s(?:sửa đổi|về)(?!\w)")
_NEXT = re.compile(r"\s?(?:,|;|và)\s(?!(?:bộ\s)?luật)")
_FREE_NAME = re.compile(r"\s(?P<name>[^\W\d_]+(?:\s[^\W\d_]+){0,9})")
_FREE_ENDS = re.compile(
    r"\s(?:và (?:các|những|một|luật|bộ luật|nghị|thông tư|pháp lệnh|quyết định|văn bản|hiến pháp|theo|được|có|đã)"
    r"|thì|là|có|đã|được|sẽ|năm|của|cho|để|trong|tại|này|hiện hành|quy định|do|theo|với|từ|đang|khi|cũng|bao gồm|như|nên|về"
    r"|vào|nhằm|phải|cần|vừa|mới|sửa đổi)(?!\w)"
)


@cache
def _laws() -> Matcher[str]:
    return Matcher({row["name"]: row["name"] for row in read_table("laws") if row["type"] != "text"})


@cache
def _standing() -> Matcher[str]:
    return Matcher({row["name"]: row["name"] for row in read_table("laws") if row["type"] == "text"})


@cache
def _not_a_law() -> re.Pattern[str]:
    """ "Đại học Luật", "báo Pháp Luật": a body's name."""
    return re.compile(rf"(?<!\w)(?:{words_of('not_law')})\s$")


def read_laws(page: Page, heads: Sequence[Hit[Head]]) -> Iterator[Found]:
    """Yield laws, codes and ordinances by name, with the year where it is written; a list may share one "Luật"."""
    laws = [h for h in heads if h.payload.family == "law" and _is_law(page, h)]
    known = {hit.start: hit for hit in _laws().find(page.folded)} if laws else {}
    end = 0
    for head in laws:
        if head.start >= end:  # a law inside the title of the one that amends it is no citation
            for law in _law(page, head, known):
                yield law
                end = law.end


def _is_law(page: Page, head: Hit[Head]) -> bool:
    if page.folded.endswith(("pháp ", "kỷ "), 0, head.start) or page.is_furniture(head.start):
        return False
    return not _not_a_law().search(page.folded, max(0, head.start - 14), head.start)


def _law(page: Page, head: Hit[Head], known: Mapping[int, Hit[str]]) -> Iterator[Found]:
    kind = head.payload.type
    at = head.end + (2 if page.folded.startswith(": ", head.end) else 1)
    if kind == "Hiến pháp":
        yield _named(page, head.start, head.end, kind, "")
    elif _AMENDING.match(page.folded, head.end):
        yield from _amending(page, head)
    elif at in known:
        yield from _listed(page, head, at, known)
    else:
        yield from _free(page, head)


def _listed(page: Page, head: Hit[Head], at: int, known: Mapping[int, Hit[str]]) -> Iterator[Found]:
    """One law, or after "các" all that follow it without a "Luật" of their own."""
    many = page.folded.endswith("các ", 0, head.start)
    start = head.start
    while at in known:
        law = _named(page, start, known[at].end, head.payload.type, known[at].payload)
        yield law
        step = _NEXT.match(page.folded, law.end) if many else None
        start = at = step.end() if step else -1


def _named(page: Page, start: int, end: int, kind: str, name: str) -> Found:
    match = _YEAR.match(page.folded, end)
    full = f"{kind} {name}".strip()
    year = match["year"] if match else None
    forms = (f"{full} năm {year}", f"{full} {year}", full) if year else (full,)
    return Found(
        start,
        match.end() if match else end,
        kind,
        f"{full} {year or ''}".lower().strip(),
        "documents.law-name",
        forms[0],
        accept=forms,
        date=year,
        short=(kind, full.lower()),
    )


def _amending(page: Page, head: Hit[Head]) -> Iterator[Found]:
    """ "Luật sửa đổi, bổ sung một số điều của Luật ...": a law by its title."""
    end = title_end(page, head.end + 1)
    if page.text[head.start].isupper() and end - head.end > 24:
        name = page.text[head.start : end]
        yield Found(
            head.start,
            end,
            head.payload.type,
            name.lower(),
            "documents.law-title",
            name,
            accept=(name,),
            confidence=0.8,
        )


def _free(page: Page, head: Hit[Head]) -> Iterator[Found]:
    """A law that the list does not hold: "Luật" and a name that opens with a capital, up to a word that can't be in it."""
    match = _FREE_NAME.match(page.folded, head.end)
    if match is None or not (page.text[head.start].isupper() and page.text[head.end + 1].isupper()):
        return
    stop = _FREE_ENDS.search(page.folded, match.start("name"), match.end())
    end = stop.start() if stop else match.end()
    name = page.text[match.start("name") : end]
    if len(name.split()) > 1 and not name.isupper():
        law = _named(page, head.start, end, head.payload.type, name)
        shorter = name.partition(" và ")[0]
        yield replace(law, accept=(*law.accept, f"{head.payload.type} {shorter}")) if shorter != name else law


def read_standing(page: Page) -> Iterator[Found]:
    """Yield standing texts of the Party: its statutes, its platform."""
    if "điều lệ" not in page.folded and "cương lĩnh" not in page.folded:
        return
    for hit in _standing().find(page.folded):
        kind = hit.payload.partition(" ")[0]
        short = (kind, f"{kind} đảng".lower())
        name = "Điều lệ Đảng" if kind == "Điều" else hit.payload
        yield Found(
            hit.start,
            hit.end,
            "Điều lệ" if kind == "Điều" else "Cương lĩnh",
            name.lower(),
            "documents.standing-text",
            name,
            accept=(name, page.text[hit.start : hit.end]),
            short=short,
        )
