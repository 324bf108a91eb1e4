"""Places in a text that may name or tell of a meeting: "cuộc họp", "Hội nghị", "đã làm việc với", "đi kiểm tra"."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from kg.lexicon.matcher import Matcher
from kg.lexicon.tables import read_table
from kg.read.page import Page
from kg.read.records import record

_MARKS = ",.;:()\"'"
_CUES_WITHIN = 110
_SILENT = frozenset({"title", "caption", "byline"})
"""Zones that give no meeting of their own (GUIDELINES.md)."""


class Head(NamedTuple):
    """A word for a meeting: `kind` as a reading gives it, its family, its row in the register of meetings, noun or verb."""

    kind: str
    family: str
    event: str | None
    form: str


@record
class Place:
    """A head at code points `start` to `end` of sentence `sentence`, with the roles of the words on both sides.

    `opens` is the role of the words that open its sentence: past ("Trước đó"), also ("Cùng ngày"), future or none.
    """

    start: int
    end: int
    head: Head
    sentence: int
    before: str
    after: str
    opens: str


@cache
def _matcher() -> Matcher[Head]:
    rows = read_table("meeting_heads")
    return Matcher({row["phrase"]: Head(row["kind"], row["family"], row["event"] or None, row["form"]) for row in rows})


@cache
def _roles(prefix: str) -> dict[str, str]:
    rows = [row for row in read_table("meeting_words") if row["role"].startswith(prefix)]
    return {row["word"]: row["role"].removeprefix(prefix) for row in rows}


def find_places(page: Page) -> list[Place]:
    """Return the places that may tell of a meeting, in order; captions, titles, bylines and navigation give none."""
    places = []
    for hit in _matcher().find(page.folded):
        before = _before(page.folded, hit.start)
        after = _after(page.folded, hit.end)
        if (
            before == "name"
            or page.text[hit.start : hit.end].endswith("giao Ban")
            or (hit.payload.form == "verb" and after == "not")
        ):
            continue
        if page.zone(hit.start) in _SILENT or page.is_furniture(hit.start):
            continue
        sentence = page.sentence_at(hit.start)
        places.append(Place(hit.start, hit.end, hit.payload, sentence, before, after, _opening(page, sentence)))
    return places


def _opening(page: Page, sentence: int) -> str:
    start = page.sentences[sentence].start
    return _longest(page.folded[start : start + 30].split(), "opening_", last=False) or "none"


@cache
def _cues() -> Matcher[str]:
    return Matcher(_roles("cue_"))


def cues_before(page: Page, place: Place) -> list[str]:
    """Return the roles of words that stand before a place in its sentence: plan ("sẽ", "yêu cầu"), chair, told ("cho biết"), frame, quote."""
    start = max(page.sentences[place.sentence].start, place.start - _CUES_WITHIN)
    found = {hit.payload for hit in _cues().find(page.folded[start : place.start])}
    if page.folded.count('"', page.sentences[place.sentence].start, place.start) % 2:
        found.add("quote")
    return sorted(found)


def _before(folded: str, start: int) -> str:
    near = folded[max(0, start - 26) : start].rstrip(" ")
    if not near or near[-1] in ".\n;:!?”":
        return "opening"
    if near[-1] in ',-("“':
        return "mark"
    return _longest(near.split(), "before_", last=True) or "other"


def _after(folded: str, end: int) -> str:
    near = folded[end : end + 26]
    if not near.strip() or near.lstrip(" ")[:1] in ",.;:)\n":
        return "mark"
    return _longest(near.split(), "after_", last=False) or "other"


def _longest(words: Sequence[str], prefix: str, *, last: bool) -> str | None:
    """The role of the longest phrase of up to three words at the near end of `words`."""
    roles = _roles(prefix)
    for size in (3, 2, 1):
        phrase = " ".join(words[-size:] if last else words[:size]).strip(_MARKS)
        role = roles.get(phrase)
        if role is not None:
            return role
    return None
