"""An HTML page: main text by trafilatura, captions, lead and byline by the page's own layout around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO, cast

from kg.errors import InputError
from kg.model.article import Article, Decoding, Origin, Zone, ZoneKind
from loaders.build import Facts, build_article, refuse_long
from loaders.bylines import whole_line
from loaders.dates import parse_date
from loaders.htmlblocks import Block, blocks_of, parse
from loaders.htmlmeta import head_facts
from loaders.letterpage import letter_of_blocks
from loaders.lines import Line
from loaders.maintext import main_blocks
from loaders.mendtree import mend_tree
from loaders.normalise import decode, nfc, plain_all
from loaders.pagedates import page_dates, published_of
from loaders.portalpage import portal_page
from loaders.textpage import date_line
from loaders.zoning import finish

MAX_BYTES = 32 * 2**20
"""No single page is larger."""

_NEAR = 6  # how many blocks may stand between a title and the date above it
_HEAD_BLOCKS = 12  # how far above the main text a title may stand
_TITLE_MIN = 15
_BAR = re.compile(r"\s+[|»]\s+")
_LOOSE = 0.5  # a block with more link text than this is a list of links
_PARAGRAPH_MIN = 80

_SAID = ("title", "author", "outlet", "publisher")
_FURNITURE = ("navigation", "related", "date", "title")

Paragraph = tuple[str, ZoneKind | None]
"""A paragraph with blanks folded, and its kind where the page's layout says it; None leaves it to its words."""


def load_html(stream: BinaryIO, source: str) -> Iterator[Article]:
    """Yield the one article of an HTML page. Raises InputError where there is no text in it."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(source, None, f"larger than {MAX_BYTES >> 20} MB; one page a file")
    decoded = decode(data, source)
    origin = Origin(loader="html", source=source, decoding=decoded.decoding)
    tree = parse(decoded.text, source)
    blocks = blocks_of(tree) if tree is not None else []
    if tree is not None and (repairs := mend_tree(tree, [block.text for block in blocks])):
        blocks = blocks_of(tree)
        origin = origin.model_copy(update={"decoding": decoded.decoding.model_copy(update={"repairs": repairs})})
    if tree is None or not blocks:
        raise InputError(source, None, "no text in this page; does it need JavaScript? Save it from a browser")
    refuse_long(sum(len(block.text) for block in blocks), origin)
    facts = head_facts(tree)
    if letter := letter_of_blocks(blocks, facts, origin):
        yield letter
        return
    if found := portal_page(tree, facts):
        yield article_of(found[0], [(block.text, block.kind) for block in found[1]], origin)
        return
    main = main_blocks(tree, blocks)
    document = " ".join((tree.findtext(".//title") or "").split())
    title = _title(blocks, main, facts, document)
    facts["dates"] = page_dates(tree, _date(blocks, main, title), facts.get("url"))
    facts["published"] = published_of(facts["dates"])
    chosen = _chosen(blocks, main, title)
    yield article_of(facts, [(block.text, block.kind) for block in chosen], origin, is_mended=True)


def article_of(facts: Facts, paragraphs: Sequence[Paragraph], origin: Origin, *, is_mended: bool = False) -> Article:
    """Return the article of title and paragraphs: text is the title, a blank line, then a line for each paragraph, zoned. Letters are put right
    unless that was done before (`is_mended`)."""
    if not is_mended:
        facts, paragraphs, origin = _repaired(facts, paragraphs, origin)
    title = nfc(" ".join((facts.get("title") or "").split()))
    head: list[Paragraph] = [(title, "title")] if title else []
    pieces, lines, length = [], list[Line](), 0
    for paragraph, _ in (*head, *paragraphs):
        pieces.append(nfc(paragraph))
        lines.append(Line(length, length + len(pieces[-1]), pieces[-1]))
        pieces.append("\n\n" if title and len(lines) == 1 else "\n")
        length += len(pieces[-2]) + len(pieces[-1])
    text = "".join(pieces[:-1])
    zoned = finish(lines, [kind for _, kind in (*head, *paragraphs)])
    facts["author"] = zoned.author or _byline(text, zoned.zones) or facts.get("author")
    return build_article(text, facts, origin, zoned.zones)


def _repaired(
    facts: Facts, paragraphs: Sequence[Paragraph], origin: Origin
) -> tuple[Facts, Sequence[Paragraph], Origin]:
    """Put the letters right in an entry of a feed: only now, since entities hid them in its source. A page has had it done before."""
    said = {name: nfc(" ".join(value.split())) for name in _SAID if isinstance(value := facts.get(name), str)}
    texts, repairs = plain_all([*said.values(), *(nfc(" ".join(text.split())) for text, _ in paragraphs)])
    if not repairs:
        return facts, paragraphs, origin
    facts = cast(Facts, {**facts, **dict(zip(said, texts, strict=False))})
    kinds = [kind for _, kind in paragraphs]
    decoding = (origin.decoding or Decoding(encoding="utf-8")).model_copy(update={"repairs": repairs})
    return facts, list(zip(texts[len(said) :], kinds, strict=True)), origin.model_copy(update={"decoding": decoding})


def _byline(text: str, zones: Sequence[Zone]) -> str | None:
    line = next((text[zone.start : zone.end] for zone in zones if zone.kind == "byline"), None)
    found = whole_line(line) if line else None
    return found.author if found else line


def _title(blocks: Sequence[Block], main: Sequence[int], facts: Facts, document: str) -> int | None:
    """The page's visible title before the main text; sets `facts["title"]`. `document` is the text of the `title` element."""
    first = main[0] if main else len(blocks)
    before, near = range(first), range(max(0, first - _HEAD_BLOCKS), first)
    said = facts.get("title")
    for found in (
        [n for n in before if said and blocks[n].text == said],
        [n for n in near if blocks[n].tag == "h1"],
        [n for n in before if len(blocks[n].text) >= _TITLE_MIN and document.startswith(blocks[n].text)],
        [n for n in near if blocks[n].kind == "title" and blocks[n].links < _LOOSE and not said],
    ):
        if found:
            facts["title"] = blocks[found[-1]].text
            return found[-1]
    if not said and len(document) >= _TITLE_MIN:
        # behind a bar stands the site's name; a dash may belong to the title
        facts["title"] = _BAR.split(document)[0]
    return None


def _date(blocks: Sequence[Block], main: Sequence[int], title: int | None) -> str | None:
    """The date beside the title: a `time` element, or a block that is nothing but a date; never one from running text."""
    first = main[0] if main else len(blocks)
    around = range(max(0, first - _NEAR) if title is None else title, first)
    above = range(max(0, (title or 0) - _NEAR), title or 0)
    behind = range(main[-1] + 1, len(blocks)) if main else range(0)
    for number in (*around, *reversed(above), *behind):
        block = blocks[number]
        iso = parse_date(block.stamp) or date_line(block.text)
        if iso and block.kind not in ("related", "navigation"):
            return iso
    return None


def _chosen(blocks: Sequence[Block], main: Sequence[int], title: int | None) -> list[Block]:
    """The article's blocks in order: lead and captions from the title on, the main text, captions and byline behind it."""
    if not main:
        rest = [block for number, block in enumerate(blocks) if number != title]
        return [block for block in rest if block.kind not in _FURNITURE] or list(blocks)
    wanted, scope = set(main), _scope(blocks, main)
    around = next(blocks[n].path for n in main if scope in blocks[n].path)
    wrappers = set(around[: around.index(scope) + 1])
    found: list[Block] = []
    for number in range(main[0] if title is None else title + 1, len(blocks)):
        block = blocks[number]
        if block.owner in wrappers:
            # a class on a box around the whole article ("story", "description") says nothing of its parts
            block = replace(block, kind=None)
        if number > main[-1] and (block.kind == "related" or block.links > _LOOSE):
            break
        if number in wanted or _belongs(block, number, main, scope):
            found.append(block)
    return [_settled(block, number, found) for number, block in enumerate(found)]


def _scope(blocks: Sequence[Block], main: Sequence[int]) -> int:
    """The deepest element that holds nine tenths of the main text."""
    total = sum(len(blocks[n].text) for n in main)
    weights: dict[int, int] = {}
    for number in main:
        for element in blocks[number].path:
            weights[element] = weights.get(element, 0) + len(blocks[number].text)
    return max(element for element, weight in weights.items() if weight * 10 >= total * 9)


def _belongs(block: Block, number: int, main: Sequence[int], scope: int) -> bool:
    if block.kind in _FURNITURE or block.links > _LOOSE:
        return False
    inside = scope in block.path
    if number < main[0]:
        return block.kind in ("lead", "caption") or (inside and len(block.text) >= _PARAGRAPH_MIN)
    if number < main[-1]:
        return inside
    is_end = block.kind in ("caption", "byline") or whole_line(block.text) is not None
    return inside and (is_end or (len(block.text) >= _PARAGRAPH_MIN and block.text.endswith((".", "”", '"', "…"))))


def _settled(block: Block, number: int, found: Sequence[Block]) -> Block:
    """A byline stands at either end: in the middle that class marks the speaker of a pull quote, whose name is a fact."""
    middle = 1 < number < len(found) - 3
    is_kept = block.kind in ("lead", "caption") or (
        block.kind == "byline" and not middle and len(block.text) <= _PARAGRAPH_MIN
    )
    return block if is_kept else replace(block, kind=None)
