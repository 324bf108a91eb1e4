"""An HTML tree as its blocks of text, in document order, each with what its tags and classes say about it."""

import re
from dataclasses import dataclass, field

from lxml import etree, html
from lxml.etree import _Element

from kg.errors import InputError
from kg.model.article import ZoneKind
from loaders.marks import marks

_TAG_KINDS: dict[str, ZoneKind] = {
    "figcaption": "caption",
    "caption": "caption",
    "time": "date",
    "aside": "related",
    "footer": "navigation",
}
_ZONES: tuple[ZoneKind, ...] = ("navigation", "related", "caption", "byline", "date", "lead", "title")
_TEMPLATE = re.compile(r"<\?(?:php|=).*?(?:\?>|$)", re.DOTALL)
_PICTURE_BOX = frozenset({"div", "figure", "table", "p", "td", "center"})
_BOX_TEXT_MAX = 300
_SHORT = 160
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """One paragraph, heading, list item or cell: its text with blanks folded, tag, kind by tag or class, share of link text, ancestors
    (outermost first), the ancestor that gave the kind, and the machine-readable date of a `time` element."""

    text: str
    tag: str
    kind: ZoneKind | None
    links: float
    path: tuple[int, ...]
    owner: int | None = None
    stamp: str | None = None


@dataclass(slots=True)
class _Open:
    """An element that the walk is inside of."""

    tag: str
    kind: ZoneKind | None
    number: int
    first_block: int
    image: bool = False
    stamp: str | None = None


@dataclass(slots=True)
class _Walk:
    stack: list[_Open] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    link_chars: int = 0
    link_depth: int = 0
    count: int = 0

    def text(self, piece: str | None) -> None:
        if piece:
            self.parts.append(piece)
            if self.link_depth:
                self.link_chars += len("".join(piece.split()))

    def flush(self) -> None:
        if not self.parts:
            return
        text = " ".join("".join(self.parts).split())
        if text and self.stack:
            block = next((e for e in reversed(self.stack) if e.tag in marks().block_tags), self.stack[0])
            owner = next((e for e in reversed(self.stack) if e.kind), None)
            links = self.link_chars / len(text.replace(" ", ""))
            path = tuple(e.number for e in self.stack)
            found = (owner.kind, owner.number) if owner else (None, None)
            self.blocks.append(Block(text, block.tag, found[0], links, path, found[1], self.stack[-1].stamp))
        self.parts, self.link_chars = [], 0


def _why(message: str) -> str:
    return "nested deeper than 2,048 elements" if "depth" in message else message


def parse(text: str, source: str) -> _Element | None:
    """Return the tree of a page, or None where there is no element in it. Server-side code (`<?php ... ?>`) is dropped first.

    Raises InputError where the page is beyond the parser's limits (2,048 levels), so that a part of it would be lost.
    """
    data = _TEMPLATE.sub(" ", text).encode()
    # huge_tree lifts the limit of 256 levels, which pages with unclosed <font> and <span> do reach
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(data, parser=parser)
    except etree.ParserError:
        return None
    if fatal := parser.error_log.filter_from_fatals():
        raise InputError(
            source, f"line {fatal[0].line}", f"HTML that can't be parsed to its end ({_why(fatal[0].message)})"
        )
    return tree


def blocks_of(tree: _Element) -> list[Block]:
    """Return the blocks of text below `tree`; scripts, forms' controls and hidden elements are left out."""
    walk = _Walk()
    # iterwalk keeps its own stack: deep nesting can't exhaust Python's
    steps = etree.iterwalk(tree, events=("start", "end"))
    is_passed = False
    for event, element in steps:
        if event == "start":
            if _is_skipped(element):
                is_passed = True
                steps.skip_subtree()
            else:
                _start(walk, element)
        elif is_passed:
            # the end of the element whose inside was passed over comes next
            is_passed = False
            walk.text(element.tail)
        else:
            _end(walk, element)
    walk.flush()
    return walk.blocks


def _is_skipped(element: _Element) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in marks().skipped_tags:
        return True
    attributes = element.attrib
    if not attributes:
        return False
    style = attributes.get("style")
    if "hidden" in attributes or (style and _HIDDEN.search(style)):
        return True
    return "hidden" in attributes.get("class", "").split()


def _start(walk: _Walk, element: _Element) -> None:
    tag = element.tag
    kind = _kind(element)
    if tag in marks().block_tags or kind:
        walk.flush()
    walk.count += 1
    walk.stack.append(_Open(tag, kind, walk.count, len(walk.blocks), stamp=element.get("datetime")))
    if tag in ("img", "picture"):
        for box in walk.stack:
            box.image = True
    walk.link_depth += tag == "a"
    walk.text(element.text)


def _end(walk: _Walk, element: _Element) -> None:
    if element.tag in marks().block_tags or walk.stack[-1].kind:
        walk.flush()
    box = walk.stack.pop()
    walk.link_depth -= element.tag == "a"
    if box.image and box.tag in _PICTURE_BOX:
        _caption(box, walk.blocks[box.first_block :])
    walk.text(element.tail)


def _caption(box: _Open, blocks: list[Block]) -> None:
    """The one short text in a box with a picture is its caption: papers lay pictures out in tables and divs of their own."""
    if len(blocks) != 1 or len(blocks[0].text) > _BOX_TEXT_MAX or (blocks[0].owner or 0) >= box.number:
        return
    text = blocks[0].text
    is_short = len(text) <= _SHORT and box.tag != "p"
    if is_short or not text.endswith((".", ":", ";", "!", "?")) or "ảnh:" in text.lower():
        blocks[0].kind, blocks[0].owner = "caption", box.number


def _kind(element: _Element) -> ZoneKind | None:
    given = element.get("class"), element.get("id")
    if given != (None, None):
        names = " ".join(filter(None, given)).lower().split()
        tables = marks().html
        for kind in _ZONES:
            if not tables[kind].isdisjoint(names):
                return kind
    return _TAG_KINDS.get(element.tag)
