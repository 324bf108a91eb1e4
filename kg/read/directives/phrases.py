"""Noun phrases of people or bodies that the register of actors does not know: "các cơ sở cách ly", "nhà thầu", as written."""

import re
from functools import cache
from importlib.resources import files

from kg.read.directives.cues import task_verbs
from kg.read.mentions import ActorMention
from kg.read.page import Page

STOPS = (
    "cần|phải|nên|không|chưa|đã|sẽ|được|bị|có|là|để|nhằm|về|trong|theo|trước|sau|tại|ở|khi|nếu|thì|mà|do|vì|từ|đến|cũng|tiếp|ngay|"
    "sớm|cùng|với|như|hết sức|thực sự|trực tiếp|kiểm|bắt|tìm|chịu|xuống|ra|vào|lên|đi|dành|tự"
)
_MOST = 90


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    heads = sorted(_heads(), key=len, reverse=True)
    verbs = sorted(task_verbs(), key=len, reverse=True)
    phrase = rf"(?P<np>(?:{'|'.join(heads)})\b(?:\s+[\w/&-]+){{0,9}}?)"
    after = rf"(?=\s+(?:{STOPS}|{'|'.join(verbs)})\b|\s*[,;:.\"”])"
    objects = re.compile(rf"\s*(?:,|:)?\s*(?:cho|tới|đến|với|đối với|rằng|là)?\s*{phrase}{after}")
    told = re.compile(
        rf"(?:^|[,;:\"“]\s*|\brằng\s+|\bthì\s+|\blà\s+){phrase}(?=\s+(?:cũng\s+|còn\s+|đều\s+)?(?:cần|phải|nên)\b)"
    )
    return objects, told


@cache
def _heads() -> frozenset[str]:
    text = (files("kg.read.directives") / "addressee_heads.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def object_phrase(page: Page, start: int, end: int) -> ActorMention | None:
    """Return the noun phrase right after a verb that ends at `start`, within the sentence that ends at `end`."""
    match = _patterns()[0].match(page.folded, start, min(end, start + _MOST))
    return _mention(page, match) if match else None


def told_phrase(page: Page, start: int, end: int) -> ActorMention | None:
    """Return the first noun phrase of the sentence that cần/phải follows."""
    if " phải" not in page.folded[start:end] and " cần" not in page.folded[start:end]:
        return None
    match = _patterns()[1].search(page.folded, start, end)
    return _mention(page, match) if match else None


def free_told(folded: str) -> bool:
    """Say whether a noun phrase of people or bodies stands before cần/phải in a folded sentence."""
    return (" phải" in folded or " cần" in folded) and _patterns()[1].search(folded) is not None


def _mention(page: Page, match: re.Match[str]) -> ActorMention:
    start, end = match.span("np")
    name = page.text[start:end]
    return ActorMention(start, end, "group", name[0].lower() + name[1:], "written", confidence=0.6)
