"""A web page saved as text: the whole page stays as text, its furniture is marked by zones."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import BinaryIO

from kg.errors import InputError
from kg.lexicon.tables import read_table, split_list
from kg.model.article import Article, Origin, PageDate, Zone
from kg.text.fold import fold
from loaders.build import Facts, build_article, refuse_long
from loaders.dates import find_date
from loaders.lines import Line, lines_of
from loaders.marks import marks
from loaders.normalise import decode, plain
from loaders.zoning import Kinds, finish, is_image

MAX_BYTES = 64 * 2**20
"""No single page is larger; a larger file is refused with a hint to split it."""

_HEAD_LINES = 15
_MARK_MAX = 120
_TITLE_MIN = 30
_TITLE_MAX = 300
_PARAGRAPH_MIN = 120
_SENTENCE = re.compile(r"[.!?…]['\"”’)]*$")
_LEFTOVER = re.compile(r"[\s\d.,;:|/()+–—-]*")
_YEAR = re.compile(r"\d{4}")
_SEGMENTS = re.compile(r"\s*[|>»›]\s*")
_PLACEHOLDER = re.compile(r"\s*\{[a-z]+\}")
_DATELINE_SITE = re.compile(r"^\(?((?:[a-z0-9-]+\.)+vn)\)?\s*[-–—]\s")


@dataclass(slots=True)
class Page:
    """What was found on a page: zones, and the facts that it states about itself."""

    facts: Facts = field(default_factory=lambda: Facts())
    zones: tuple[Zone, ...] = ()


def load_textpage(stream: BinaryIO, source: str) -> Iterator[Article]:
    """Yield the one article of a text page. Raises InputError where the page can't be read."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(source, None, f"larger than {MAX_BYTES >> 20} MB; one page a file, or JSON lines for many")
    text, decoding = plain(decode(data, source))
    origin = Origin(loader="textpage", source=source, decoding=decoding)
    refuse_long(len(text), origin)
    yield article_of_text(text, origin)


def article_of_text(text: str, origin: Origin) -> Article:
    """Return the article of a text in NFC that came as a page, a DOCX or a PDF."""
    from loaders.letterpage import letter_article

    if found := letter_article(text, Facts(), origin):
        return found
    page = zone_page(text)
    return build_article(text, page.facts, origin, page.zones)


def looks_like_page(text: str) -> bool:
    """Say whether `text` holds page furniture: a line of navigation words, or a date line before the first paragraph.

    >>> looks_like_page("Cỡ chữ: A+ A-\\nMột tin"), looks_like_page("Một tin. Hai tin.")
    (True, False)
    """
    return any(
        _is_navigation(line.text) or (number < _HEAD_LINES and date_line(line.text))
        for number, line in enumerate(lines_of(text))
    )


def date_line(line: str) -> str | None:
    """Return the date of a line that holds a date and nothing but what goes with one on pages, else None.

    >>> date_line("Thứ 6, 21/03/2025 | 15:45"), date_line("Sáng 21/03/2025, xã họp")
    ('2025-03-21T15:45+07:00', None)
    """
    found = find_date(line) if len(line) <= _MARK_MAX and _YEAR.search(line) else None
    if not found:
        return None
    rest = marks().date_label.sub("", fold(line[: found.start] + " " + line[found.end :]))
    return found.iso if _LEFTOVER.fullmatch(rest) else None


def zone_page(text: str) -> Page:
    """Return zones and facts of a page saved as text: title, date, day of the crawl, publishing body, writer.

    The page's own date line gives `published`; "Hôm nay, ngày ..." in the page's head only says when it was shown.
    """
    lines = tuple(lines_of(text))
    kinds: Kinds = [None] * len(lines)
    page = Page()
    _furniture(lines, kinds, page)
    date = _date(lines, kinds, page)
    _head(lines, kinds, date, page)
    _related(lines, kinds)
    zoned = finish(lines, kinds)
    page.zones = zoned.zones
    page.facts["author"] = zoned.author
    page.facts["dates"] = _dates(page.facts)
    _site(lines, kinds, page)
    return page


def _dates(facts: Facts) -> tuple[PageDate, ...]:
    shown, crawled = facts.get("published"), facts.get("crawled")
    visible = (PageDate(kind="visible", iso=shown),) if shown else ()
    return (*visible, PageDate(kind="crawl", iso=crawled)) if crawled else visible


def _is_navigation(line: str) -> bool:
    if len(line) > _MARK_MAX:
        return False
    folded, known = fold(line), marks()
    return bool(
        known.navigation.fullmatch(folded)
        or known.related_head.fullmatch(folded)
        or (known.navigation_start.match(folded) and not _SENTENCE.search(line))
    )


def _furniture(lines: Sequence[Line], kinds: Kinds, page: Page) -> None:
    for number, line in enumerate(lines):
        if number < _HEAD_LINES and len(line.text) <= _MARK_MAX and marks().crawl_head.match(fold(line.text)):
            found = find_date(line.text)
            if found:
                page.facts["crawled"] = found.iso
                kinds[number] = "navigation"
        elif _is_navigation(line.text):
            kinds[number] = "navigation"


def _is_paragraph(text: str) -> bool:
    return len(text) >= _PARAGRAPH_MIN and bool(_SENTENCE.search(text))


def _date(lines: Sequence[Line], kinds: Kinds, page: Page) -> int | None:
    """The date line: the first in the head, else one behind the body that says what it is ("Ngày đăng: ...")."""
    body = False
    for number, line in enumerate(lines):
        if kinds[number] is not None:
            continue
        iso = date_line(line.text)
        if iso and (not body or marks().date_label.match(fold(line.text))):
            kinds[number] = "date"
            page.facts["published"] = iso
            return None if body else number
        body = body or _is_paragraph(line.text)
    return None


def _head(lines: Sequence[Line], kinds: Kinds, date: int | None, page: Page) -> None:
    """Claim the title and what stands before it in the head (site name, section)."""
    title = _title(lines, kinds, date)
    if title is None:
        return
    kinds[title] = "title"
    page.facts["title"] = lines[title].text
    for number in range(title):
        text = lines[number].text
        if kinds[number] is None and len(text) <= _MARK_MAX and not _SENTENCE.search(text):
            kinds[number] = "navigation"
            if publisher := publisher_of(text):
                page.facts.setdefault("publisher", publisher)


def _title(lines: Sequence[Line], kinds: Kinds, date: int | None) -> int | None:
    """The line before the date line, else the one behind it; without a date line the first long loose line before the first paragraph."""
    first = next((n for n, line in enumerate(lines) if kinds[n] is None and _is_paragraph(line.text)), None)
    if first is None:
        return None
    loose = [n for n in range(first) if kinds[n] is None and _may_be_title(lines[n].text)]
    if date is None:
        return next((n for n in loose if len(lines[n].text) >= _TITLE_MIN), loose[-1] if loose else None)
    return next((n for n in reversed(loose) if n < date), next((n for n in loose if n > date), None))


def _may_be_title(text: str) -> bool:
    crumbs = len(_SEGMENTS.split(text)) > 1
    return not (crumbs or len(text) > _TITLE_MAX or is_image(text) or text.endswith((".", ";", ":", ",")))


def _related(lines: Sequence[Line], kinds: Kinds) -> None:
    """Behind the head of a list of other articles ("Các tin khác") headlines are related, until a paragraph comes."""
    inside = False
    for number, line in enumerate(lines):
        if kinds[number] == "navigation":
            inside = inside or bool(marks().related_head.fullmatch(fold(line.text)))
        elif kinds[number] is None:
            inside = inside and not _is_paragraph(line.text)
            if inside:
                kinds[number] = "related"


def publisher_of(head: str) -> str | None:
    """Return the publishing body that a line of a page's head names: by its name in the register, else as written.

    >>> publisher_of("VĂN PHÒNG TỈNH UỶ | TIN HOẠT ĐỘNG"), publisher_of("Tin tức > Thời sự")
    ('Văn phòng Tỉnh ủy', None)
    """
    for segment in _SEGMENTS.split(head):
        folded = fold(segment)
        if marks().publisher.match(folded):
            return _register().get(folded, segment)
    return None


@cache
def _register() -> dict[str, str]:
    """Folded names and aliases of the register of agencies -> name without its place."""
    names: dict[str, str] = {}
    for row in read_table("agencies"):
        name = _PLACEHOLDER.sub("", row["canonical_vi"])
        for form in (name, *split_list(row["aliases"])):
            names.setdefault(fold(form), name)
    return names


def _site(lines: Sequence[Line], kinds: Kinds, page: Page) -> None:
    """A dateline such as "(xa.example.vn) - Sáng ..." names the outlet."""
    body = next((line.text for line, kind in zip(lines, kinds, strict=True) if kind is None), "")
    if match := _DATELINE_SITE.match(body):
        page.facts["outlet"] = match[1]
