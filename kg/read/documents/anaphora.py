"""Documents taken up without their name: "Chỉ thị này", "Nghị quyết nêu trên", "văn bản nói trên" (DOMAIN.md 4.3)."""

import re
from collections.abc import Iterator, Sequence

from kg.lexicon.matcher import Hit
from kg.read.documents.found import Found
from kg.read.documents.heads import Head
from kg.read.page import Page

_POINTER = re.compile(
    r"\s(?:này|nêu trên|nói trên|trên)(?!\w)(?!\s(?:địa bàn|cơ sở|toàn|tinh thần|cả nước|mạng|đất|biển|báo))"
)
_NEAR = 3
"""Sentences back to which one of several documents of a kind may lie."""
_ANY = frozenset({"Văn bản"})


def read_anaphora(page: Page, heads: Sequence[Hit[Head]], found: Sequence[Found]) -> Iterator[Found]:
    """Yield the places that point back at a document of `found`: the only one of its kind so far, or one just named."""
    ordered = sorted(found, key=lambda f: f.start)
    for head in heads:
        pointer = _POINTER.match(page.folded, head.end)
        if pointer is None:
            continue
        target = _target(page, head, ordered)
        if target is not None:
            yield Found(
                head.start, pointer.end(), target.type, target.ident, "documents.anaphora", target.name, confidence=0.8
            )


def _target(page: Page, head: Hit[Head], ordered: Sequence[Found]) -> Found | None:
    kind = head.payload.type
    before = [f for f in ordered if f.end <= head.start and (f.type == kind or kind in _ANY)]
    if not before:
        return None
    last = before[-1]
    alone = len({f.ident for f in before}) == 1
    near = page.sentence_at(head.start) - page.sentence_at(last.start) <= _NEAR
    return last if alone or near else None
