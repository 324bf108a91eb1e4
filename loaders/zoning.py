"""Zones of an article's own text: captions, bylines, picture marks. Careful: a wrong furniture zone would lose facts.

What a text page has around its article (navigation, date line, related links) is `loaders.textpage`'s.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.article import Zone, ZoneKind
from kg.text.fold import fold
from loaders.bylines import Byline, at_end, whole_line
from loaders.lines import Line, Span, lines_of, zones_of
from loaders.marks import marks

Kinds = list[ZoneKind | None]
"""The kind of each line; None while nobody has claimed it."""

_IMAGE = re.compile(r"\[(?:img|image|ảnh|hình|hình ảnh|video)[^\]\n]{0,80}\]", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:^|[\s(.–-])(?<!và )(?<!, )(?<!bài - )(?<!tin - )(?:ảnh|đồ họa|nguồn ảnh|ảnh minh họa)\s*[:/]\s*(?:[^.!?\n]|\.(?=\w)){1,60}\)?\.?$"
)
_OPEN_END = re.compile(r"[^.!?…:;,]$")
_LINK_OUT = re.compile(r"^(?:>>+|»)\s*\S")
_ITEM = re.compile(r"^(?:[-–—+•*]|\d+[.)]|[a-zđ][.)])\s")
_CAPTION_MAX = 300
_BARE_CAPTION_MAX = 160  # without any picture mark or credit
_PARAGRAPH_MIN = 80


@dataclass(frozen=True, slots=True)
class Zoned:
    """The zones of a text and the writer that its byline names."""

    zones: tuple[Zone, ...]
    author: str | None = None


def zone_text(text: str, title: str | None = None) -> Zoned:
    """Return the zones of a text without page furniture; its first line is the title only where it equals `title`."""
    lines = tuple(lines_of(text))
    kinds: Kinds = [None] * len(lines)
    if title and lines and len(lines) > 1 and lines[0].text == title.strip():
        kinds[0] = "title"
    return finish(lines, kinds)


def finish(lines: Sequence[Line], kinds: Kinds) -> Zoned:
    """Claim pictures, captions and the byline among the lines that nobody claimed; what is left is body."""
    _pictures(lines, kinds)
    for number in range(len(lines)):
        if kinds[number] is None and _is_caption(lines, kinds, number):
            kinds[number] = "caption"
    byline = _byline(lines, kinds)
    spans: list[Span] = []
    for number, line in enumerate(lines):
        if byline and byline[0] == number:
            spans.extend(_split(line, byline[1]))
        else:
            spans.append(Span(line.start, line.end, kinds[number] or "body"))
    return Zoned(zones_of(spans), byline[1].author if byline else None)


def is_image(line: str) -> bool:
    """Say whether `line` is nothing but the mark of a picture: "[img]".

    >>> is_image("[img]"), is_image("[img] Quang cảnh")
    (True, False)
    """
    return bool(_IMAGE.fullmatch(line))


def _pictures(lines: Sequence[Line], kinds: Kinds) -> None:
    for number, line in enumerate(lines):
        if kinds[number] is not None:
            continue
        if is_image(line.text):
            kinds[number] = "navigation"
            if number + 1 < len(lines) and kinds[number + 1] is None and _is_under_picture(lines[number + 1].text):
                kinds[number + 1] = "caption"
        elif _LINK_OUT.match(line.text):
            kinds[number] = "related"


def _is_under_picture(text: str) -> bool:
    if len(text) > _CAPTION_MAX or is_image(text) or _ITEM.match(text):
        return False
    return bool(_OPEN_END.search(text) or _CREDIT.search(fold(text)))


def _is_caption(lines: Sequence[Line], kinds: Kinds, number: int) -> bool:
    text = lines[number].text
    if len(text) > _CAPTION_MAX or _ITEM.match(text):
        return False
    folded = fold(text)
    if (":" in text or "/" in text) and _CREDIT.search(folded) and not whole_line(text):
        return True
    between = 0 < number < len(lines) - 1 and len(lines[number + 1].text) >= _PARAGRAPH_MIN
    return bool(
        between
        and len(text) <= _BARE_CAPTION_MAX
        and _OPEN_END.search(text)
        and text[0].isupper()
        and marks().caption_cue.search(folded)
    )


def _byline(lines: Sequence[Line], kinds: Kinds) -> tuple[int, Byline] | None:
    """The byline ends the body: only captions, furniture and short loose lines may come behind it."""
    last = next((n for n in range(len(lines) - 1, -1, -1) if kinds[n] is None), -1)
    for number in range(last, max(0, last - 4), -1):
        if kinds[number] is not None:
            continue
        if whole_line(lines[number].text):
            return _signed(lines, kinds, number)
        if len(lines[number].text) > _CAPTION_MAX:
            break
    found = at_end(lines[last].text) if last >= 0 else None
    return (last, found) if found else None


def _signed(lines: Sequence[Line], kinds: Kinds, last: int) -> tuple[int, Byline] | None:
    """Writer and photographer may have a line each; three names in a row are a list, and names behind a colon are too."""
    first = last
    while first > 0 and kinds[first - 1] is None and whole_line(lines[first - 1].text):
        first -= 1
    if last - first > 1 or first == 0 or not _closes(lines, kinds, first):
        return None
    bylines = [found for n in range(first, last + 1) if (found := whole_line(lines[n].text))]
    for later in range(first + 1, len(lines)):
        # papers' exports put the captions of an article's pictures behind the writer's name
        if kinds[later] is None and len(lines[later].text) <= _CAPTION_MAX:
            kinds[later] = "byline" if later <= last else "caption"
    author = next((found.author for found in bylines if found.author), None)
    return first, bylines[0]._replace(author=author)


def _closes(lines: Sequence[Line], kinds: Kinds, number: int) -> bool:
    before = lines[number - 1].text
    if kinds[number - 1] is not None:
        return True
    return not before.endswith((":", ";", ",")) and (len(before) >= _PARAGRAPH_MIN or not _OPEN_END.search(before))


def _split(line: Line, byline: Byline) -> list[Span]:
    cut = line.start + byline.start
    body_end = line.start + len(line.text[: byline.start].rstrip())
    head = [Span(line.start, body_end, "body")] if body_end > line.start else []
    return [*head, Span(cut, line.start + byline.end, "byline")]
