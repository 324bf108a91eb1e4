"""Bylines in the shapes that Vietnamese papers use: a line of its own, or the words behind the last full stop.

Shapes: "Yến Mẫu", "KIM MẪU", "T.MẪU", "PV", "Lệ Mẫu - Quang Thử", "Theo TTXVN", "Đình Mẫu/Chinhphu.vn", "Chu Mẫu (TTXVN)", "Bài và ảnh: Yến Mẫu".
"""

import re
from typing import NamedTuple

from kg.text.fold import fold
from kg.text.letters import LOWER, UPPER
from loaders.marks import marks


class Byline(NamedTuple):
    """Code points `start` to `end` of the line; `author` without its label, None where the label names no writer (a photo credit)."""

    start: int
    end: int
    author: str | None


_WORD = rf"(?:(?:[{UPPER}]{{1,3}}[{LOWER}]{{0,3}}\.)+\s?[{UPPER}][{LOWER}{UPPER}]*|[{UPPER}][{LOWER}]+|[{UPPER}]+)"
_NAME = rf"{_WORD}(?:\s{_WORD}){{0,3}}"
_SITE = r"[\w-]+(?:\.[\w-]+)+"
_TAIL = rf"(?:\s*[/-]\s*(?:{_SITE}|[{UPPER}][\w-]*(?:\s[\w-]+){{0,3}})|\s*\([^()\n]{{2,40}}\))?"
_NAMES = rf"(?:{_NAME}|{_SITE})(?:(?:\s?[-–—,/&;]\s?|\s+và\s+){_NAME}){{0,3}}{_TAIL}"
_AGENCY = rf"\((?:Theo\s)?(?:[{UPPER}]{{3,}}|{_SITE}|[{UPPER}][\w.-]*(?:/[\w.-]+\+?)+)\)"
_GROUP = rf"(?i:nhóm|tốp)\s(?:{_WORD}|phóng viên)(?:\s{_WORD})*(?:\s(?:thực hiện|tổng hợp))?"
_WITH = r"(?:\s+và\s+(?:nhóm\s+)?(?:PV|phóng viên|cộng tác viên|cộng sự))?"
_SIGNED = re.compile(
    rf"(?:Theo\s(?:báo\s)?|(?:Cộng tác viên|Phóng viên)\s)?(?:{_NAMES}(?:\s+{_NAMES})?{_WITH}|{_AGENCY}|{_GROUP})\s*[-–.]?"
)
_PHOTO_BY = re.compile(rf"\s*(?:[,;.]|\s[-–])\s*(?i:ảnh|đồ họa|video|clip)\s*:\s*{_NAMES}\s*$")
_SENTENCE_END = re.compile(
    rf"""[.!?…]+ (?:["”’)\]]+|/\.)? \s+                      # the end of a sentence, then a blank
      | (?<=[{LOWER}]) [.!?…]+ (?=[{UPPER}(])                # a lost blank
      | /\. (?=[{UPPER}(])
      | (?i:ảnh):?\s [^()]{{1,30}} \) \s+                    # a photo credit in brackets""",
    re.VERBOSE,
)
_EDGE = re.compile(r"^Theo(?: báo)?\s+|[\s–.-]+$")
_ADDRESS = re.compile(r"(?:Ông|Bà|ÔNG|BÀ)\s")
_PHOTO = re.compile(r"\(?\s*(?:ảnh|đồ họa|video)\b")
_WINDOW = 90  # no byline in the corpus is longer
_NUMBERED = re.compile(r"(?:^|\s)\d{1,2}$")


def whole_line(line: str) -> Byline | None:
    """Return the byline that `line` is as a whole, or None. One plain word ("Hà") is none; initials ("PV", "T.MẪU") are one.

    >>> whole_line("Bài và ảnh: Yến Mẫu").author, whole_line("Theo báo cáo của xã")
    ('Yến Mẫu', None)
    """
    if len(line) > _WINDOW:
        return None
    label = marks().byline_label.match(fold(line))
    rest = line[label.end() :] if label else line
    # who took the pictures may stand behind the writer
    rest = rest[: found.start()] if (found := _PHOTO_BY.search(rest)) else rest
    if not _SIGNED.fullmatch(rest) or not (label or _is_signature(rest)):
        return None
    photo = label and _PHOTO.match(fold(line))
    return Byline(0, len(line), None if photo else _author(rest))


def at_end(line: str) -> Byline | None:
    """Return the byline behind the last sentence of `line`, or None.

    >>> at_end("Việc này phải xong trong năm 2017. KIỀU MẪU")
    Byline(start=35, end=43, author='KIỀU MẪU')
    """
    if line.endswith((".", "!", "?", "…", ":", ";")):
        return None
    base = max(0, len(line) - _WINDOW)
    for match in _SENTENCE_END.finditer(line, base):
        start = match.end()
        found = whole_line(line[start:]) if start < len(line) else None
        if found and not _NUMBERED.search(line, max(0, match.start() - 4), match.start()):
            return Byline(start, len(line), found.author)
    return None


def _is_signature(text: str) -> bool:
    return not _ADDRESS.match(text) and (" " in text or not text[1:].islower())


def _author(text: str) -> str | None:
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return _EDGE.sub("", text).strip() or None
