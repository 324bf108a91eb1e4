"""The article: final text, its zones, its dates, and where it came from. What every loader returns."""

from typing import Literal

from pydantic import model_validator

from kg.model.base import Frozen
from kg.model.dates import IsoDate
from kg.model.letter import Letter

ZoneKind = Literal["title", "lead", "body", "caption", "byline", "date", "navigation", "related"]


class Zone(Frozen):
    """A stretch of `Article.text` of one kind: code points `start` to `end` (exclusive)."""

    kind: ZoneKind
    start: int
    end: int


PageDateKind = Literal["letter", "structured", "meta", "visible", "url", "modified", "crawl"]
"""Where a page states a date, the surest first: an official letter's header, JSON-LD, a meta element, a line beside the title, the address;
the day of a later change, and the day on which the page was shown, are never the publication."""


class PageDate(Frozen):
    """A date that a page or record states about itself."""

    kind: PageDateKind
    iso: IsoDate


class Decoding(Frozen):
    """How the source's bytes became text: the encoding that they are in, how sure that is (0 to 1), and what the source said itself.

    `repairs` name what was wrong with the letters and was put right. `marks` lead back: from code point `marks[i][0]` of the text on, it is
    the source (its characters, decoded) from `marks[i][1]` on; without any, offsets are the same, or the text was laid out anew (HTML).
    """

    encoding: str
    confidence: float = 1.0
    declared: str | None = None
    repairs: tuple[str, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()


class Origin(Frozen):
    """Where an article came from: the loader, the file or URI (`-` is standard input), the place in it (`line 12`, `entry 3`), and how it
    was decoded."""

    loader: str
    source: str
    locator: str | None = None
    decoding: Decoding | None = None


class Article(Frozen):
    """One article. `text` is final and NFC: every offset in a reading counts its code points.

    `id` is `a` and the first 16 hex digits of the SHA-256 of title and text (`kg.model.ids.article_id`); `record_id` is the id that
    the source itself gave. Page furniture stays in `text` and is marked in `zones` (sorted, not overlapping); text outside every zone is body.
    `published`, `modified` (when a page says that it was changed) and `crawled` are kept apart; the event's and the cited
    documents' dates belong to the reading.
    `letter` is what an official letter says of itself; `dates` are all the dates that the page states about itself, ranked by kind.
    `publisher` is the agency or outlet as the page names it; `place` a province that a profile, the user or a dateline states, never a guess.
    """

    id: str
    record_id: str | None = None
    title: str | None = None
    text: str
    zones: tuple[Zone, ...] = ()
    published: IsoDate | None = None
    modified: IsoDate | None = None
    crawled: IsoDate | None = None
    outlet: str | None = None
    publisher: str | None = None
    place: str | None = None
    author: str | None = None
    url: str | None = None
    letter: Letter | None = None
    dates: tuple[PageDate, ...] = ()
    origin: Origin

    @property
    def facts(self) -> int:
        """How many fields are known."""
        return sum(value not in (None, ()) for name, value in self if name != "origin")

    @model_validator(mode="after")
    def _zones_in_text(self) -> "Article":
        end = 0
        for zone in self.zones:
            if not end <= zone.start <= zone.end <= len(self.text):
                raise ValueError(f"zone {zone.kind} {zone.start}-{zone.end} overlaps another or leaves the text")
            end = zone.end
        return self
