"""Which blocks of a page are its main text: trafilatura's choice, or the densest element where it finds nothing."""

from collections.abc import Sequence

from lxml.etree import _Element

from loaders.htmlblocks import Block
from loaders.textpage import date_line

_LINK_SHARE = 0.5
_SENTENCE_MIN = 60
_SUBSTRING_MIN = 20


def main_blocks(tree: _Element, blocks: Sequence[Block]) -> list[int]:
    """Return the numbers of the blocks that are the article's main text, in order; empty where nothing looks like one."""
    found = _by_trafilatura(tree, blocks) or _by_density(blocks)
    # trafilatura counts a title and a date line as text where they stand beside it
    start = next((i for i, n in enumerate(found) if not _is_head(blocks[n])), len(found))
    return found[start:]


def _is_head(block: Block) -> bool:
    return block.tag == "h1" or block.kind in ("title", "date") or date_line(block.text) is not None


def _by_trafilatura(tree: _Element, blocks: Sequence[Block]) -> list[int]:
    import trafilatura

    document = trafilatura.bare_extraction(
        tree, fast=True, include_comments=False, include_tables=True, with_metadata=False
    )
    text = getattr(document, "text", None)
    if not text:
        return []
    # it joins and cuts lines in its own way: compare without blanks
    keys = ["".join(line.split()) for line in text.split("\n")]
    whole, running = set(keys), "\n".join(keys)
    return [n for n, block in enumerate(blocks) if _is_in("".join(block.text.split()), whole, running)]


def _is_in(key: str, whole: set[str], running: str) -> bool:
    return key in whole or (len(key) >= _SUBSTRING_MIN and key in running)


def _by_density(blocks: Sequence[Block]) -> list[int]:
    """The element with the most running text, a grandparent counting half: what readability does, for pages too short for trafilatura."""
    weights: dict[int, float] = {}
    prose = [n for n, b in enumerate(blocks) if _is_prose(b)]
    for number in prose:
        path = blocks[number].path[:-1] or blocks[number].path
        for share, element in zip((1.0, 0.5), reversed(path), strict=False):
            weights[element] = weights.get(element, 0) + share * len(blocks[number].text)
    if not weights:
        return []
    best = max(weights, key=lambda element: (weights[element], element))
    return [n for n in prose if best in blocks[n].path]


def _is_prose(block: Block) -> bool:
    furniture = block.kind in ("navigation", "related", "date", "title")
    return len(block.text) >= _SENTENCE_MIN and block.links < _LINK_SHARE and not furniture
