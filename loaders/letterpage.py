"""A source that is an official letter: its header gives title, date and publisher, and nothing of its text is a page's furniture."""

from collections.abc import Sequence
from typing import Final, cast

from kg.model.article import Article, Origin, PageDate, Zone, ZoneKind
from kg.model.letter import Letter
from kg.read.letters import read_letter
from loaders.build import Facts, build_article
from loaders.htmlblocks import Block
from loaders.normalise import nfc

_ZONES: Final[dict[str, ZoneKind]] = {"motto": "navigation", "date": "date", "kind": "title", "subject": "title"}
_LOOSE = 0.5
_FURNITURE = ("navigation", "related")


def letter_article(text: str, facts: Facts, origin: Origin) -> Article | None:
    """Return the article of `text` (NFC) where it is an official letter, else None; what `facts` say comes before what its header says.

    >>> head = "SỞ Y TẾ\\nSố: 12/SYT-NV\\nV/v diệt muỗi\\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nVân Hà, ngày 05 tháng 3 năm 2023"
    >>> letter_article(head + "\\nKính gửi: Các bệnh viện", Facts(), Origin(loader="text", source="-")).title
    'Công văn về việc diệt muỗi'
    """
    letter = read_letter(text)
    if letter is None:
        return None
    said = Facts(title=_title(letter), published=letter.date, publisher=letter.issuer)
    if letter.date:
        said["dates"] = (PageDate(kind="letter", iso=letter.date),)
    known = {name: value for name, value in facts.items() if value}
    return build_article(text, cast(Facts, {**said, **known}), origin, _zones(letter, text), letter)


def _title(letter: Letter) -> str:
    subject = letter.subject or ""
    if not subject:
        return letter.kind
    joined = "" if subject.lower().startswith(("về ", "của ", "kết luận")) else "về việc "
    return f"{letter.kind} {joined}{subject[0].lower()}{subject[1:]}"


def _zones(letter: Letter, text: str) -> list[Zone]:
    marked = sorted((span.start, span.end, _ZONES[span.field]) for span in letter.spans if span.field in _ZONES)
    zones: list[Zone] = []
    at = 0
    for start, end, kind in marked:
        if start < at:
            continue
        if text[at:start].strip():
            zones.append(_body(text, at, start))
        if zones and zones[-1].kind == kind and not text[zones[-1].end : start].strip():
            zones[-1] = Zone(kind=kind, start=zones[-1].start, end=end)
        else:
            zones.append(Zone(kind=kind, start=start, end=end))
        at = end
    return [*zones, _body(text, at, len(text))] if text[at:].strip() else zones


def _body(text: str, start: int, end: int) -> Zone:
    piece = text[start:end]
    return Zone(kind="body", start=start + len(piece) - len(piece.lstrip()), end=start + len(piece.rstrip()))


def letter_of_blocks(blocks: Sequence[Block], facts: Facts, origin: Origin) -> Article | None:
    """Return the article of an HTML page's blocks where they hold a letter: from its header's first block to its end's last."""
    texts = [nfc(b.text) for b in blocks if b.kind not in _FURNITURE and b.links < _LOOSE]
    letter = read_letter("\n".join(texts))
    if letter is None:
        return None
    first, last = letter.spans[0].start, max(letter.spans[-1].end, letter.body[1])
    kept, at = [], 0
    for text in texts:
        if at + len(text) > first and at < last:
            kept.append(text)
        at += len(text) + 1
    # the page's title repeats kind and subject in its own way: the letter's own words are its title
    return letter_article("\n".join(kept), Facts(url=facts.get("url"), outlet=facts.get("outlet")), origin)
