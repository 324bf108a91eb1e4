"""Documents cited by a title and no number: "Nghị quyết về ...", "Đề án đổi mới ...", "dự thảo Nghị định quy định ...".

Which words before and after the kind of document make a citation is a table (kg/lexicon/title_rules.csv): "ban hành chỉ thị về X" is one,
"kết luận về X" of a speaker is none. GUIDELINES.md: a descriptive title counts when it points at one document.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kg.lexicon.matcher import Hit
from kg.lexicon.tables import read_table, split_list
from kg.read.documents.context import issuer_after
from kg.read.documents.found import Found, Taken
from kg.read.documents.heads import Head
from kg.read.documents.titles import title_end, title_forms
from kg.read.page import Page

_NO_TITLE = re.compile(
    r"\s?[,.;:!?)\]…\n]|\s(?:này|đó|trên|nêu trên|nói trên|kia|ấy|nào|gì|trước đó|sau|mới|cũ|khác|số)(?!\w)|$"
)
_POINTS_BACK = re.compile(r"\s(?:này|nêu trên|nói trên|trên|đó)$")
_DRAFT = re.compile(r"(?<!\w)(?:dự thảo|dự án|bản dự thảo)\s$")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ONE_NAME = frozenset(
    {"Hiệp định", "Công ước", "Nghị định thư", "Tuyên bố", "Tuyên bố chung", "Thông cáo báo chí chung"}
)
_QUOTES = frozenset("\"“”«‘'")


class _Rule(NamedTuple):
    capital: str
    before: frozenset[str]
    after: frozenset[str]
    words: int
    confidence: float


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    found: dict[str, list[_Rule]] = {}
    for row in read_table("title_rules"):
        rule = _Rule(
            row["capital"],
            frozenset(split_list(row["before"])),
            frozenset(split_list(row["after"])),
            int(row["words"]),
            float(row["confidence"]),
        )
        for kind in split_list(row["kinds"]):
            found.setdefault(kind, []).append(rule)
    return {kind: tuple(rules) for kind, rules in found.items()}


@cache
def _roles(prefix: str) -> dict[str, str]:
    """Word or phrase -> its role before or after a kind of document ("ban hành" -> "issue")."""
    rows = [row for row in read_table("document_words") if row["role"].startswith(prefix)]
    return {row["word"]: row["role"].removeprefix(prefix) for row in rows}


def read_titled(page: Page, heads: Sequence[Hit[Head]], taken: Taken) -> Iterator[Found]:
    """Yield the documents cited by title; kinds inside `taken` or inside another title are passed over."""
    last = -1
    for head in heads:
        rules = _rules().get(head.payload.type)
        if rules is None or head.start < last or _NO_TITLE.match(page.folded, head.end):
            continue
        if page.is_furniture(head.start) or taken.holds(head.start):
            continue
        found = _titled(page, head, rules)
        if found is not None:
            yield found
            last = found.end


def _titled(page: Page, head: Hit[Head], rules: Sequence[_Rule]) -> Found | None:
    capital = "C" if page.text[head.start].isupper() else "l"
    before = role_before(page, head.start)
    fitting = [r for r in rules if r.capital in ("*", capital) and before in r.before]
    if not fitting:
        return None
    after = role_after(page, head.end)
    end = _end(page, head)
    words = page.text.count(" ", head.end, end)
    if _POINTS_BACK.search(page.folded, max(head.end, end - 12), end):
        return None
    rule = next((r for r in fitting if after in r.after and words >= r.words), None)
    return _found(page, head, end, rule.confidence) if rule else None


def _end(page: Page, head: Hit[Head]) -> int:
    """A treaty's name has no comma before the sentence goes on; "Báo cáo chính trị" is a whole name."""
    if head.payload.type == "Báo cáo chính trị":
        return head.end
    end = title_end(page, head.end + 1)
    comma = page.text.find(", ", head.end, end) if head.payload.type in _ONE_NAME else -1
    return comma if comma > 0 else end


def role_before(page: Page, start: int) -> str:
    """Return the role of the words right before a kind of document: issue, cite, draft, plural, verbal, mark, quote, opening or other."""
    near = page.folded[max(0, start - 30) : start]
    if not near.strip() or near.rstrip(" ")[-1] == "\n":
        return "opening"
    mark = near.rstrip()[-1]
    if not mark.isalnum():
        return "quote" if mark in _QUOTES else "mark" if mark in ",;:-(" else "opening"
    return _known(_WORD.findall(near), "before_", last=True)


def role_after(page: Page, end: int) -> str:
    """Return the role of the words right after it; `owner+` and the role of what follows where "của ..." names the issuer."""
    issuer = issuer_after(page, end)
    if issuer:
        return f"owner+{_opens(page, page.text.find(issuer, end) + len(issuer))}"
    return _opens(page, end)


def _opens(page: Page, end: int) -> str:
    near = page.text[end : end + 36]
    first = near.lstrip(" \u00a0")[:1]
    if first in _QUOTES:
        return "quote"
    if not first.isalnum():
        return "mark"
    role = _known(_WORD.findall(page.folded[end : end + 36]), "after_", last=False)
    if role != "other":
        return role
    return "capital" if first.isupper() else "digit" if first.isdigit() else "other"


def _known(words: Sequence[str], prefix: str, *, last: bool) -> str:
    """The role of the longest phrase, of at most five words, that stands next to the kind of document."""
    roles = _roles(prefix)
    for size in (5, 4, 3, 2, 1):
        role = roles.get(" ".join(words[-size:] if last else words[:size]))
        if role is not None:
            return role
    return "other"


def _found(page: Page, head: Hit[Head], end: int, confidence: float) -> Found:
    forms = title_forms(page, head.start, head.end, end)
    draft = _DRAFT.search(page.folded, max(0, head.start - 14), head.start)
    drafts = tuple(f"dự thảo {form}" for form in forms) if draft else ()
    return Found(
        head.start,
        head.start + len(forms[0]),
        head.payload.type,
        f"title {' '.join(forms[0].lower().split()[:8])}",
        "documents.draft-title" if draft else "documents.title",
        forms[0],
        accept=(*forms, *drafts),
        issuer=issuer_after(page, head.end),
        title=page.text[head.end : end].strip() or None,
        confidence=confidence,
    )
