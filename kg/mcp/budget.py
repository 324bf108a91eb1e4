"""Keeps an answer within what a language model can hold: rows, lists and texts are cut, and the answer says how to go on."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from kg.stores.base import Cell

MAX_TOKENS: Final = 4_000
"""Tokens of an answer at most, by `count_tokens`."""

_BYTES: Final = 3
_STEPS: Final = ((700, 20), (200, 6), (60, 2))
_HIDDEN: Final = frozenset({"exact", "whom_ids"})


def count_tokens(text: str) -> int:
    """Return how many tokens `text` counts as: one for every three bytes of UTF-8, rounded up.

    A rule, not a tokenizer: it needs none, and counts high (see docs/mcp.md for what tokenizers say).

    >>> count_tokens("Sở Y tế")
    4
    """
    return -(-len(text.encode("utf-8", "surrogatepass")) // _BYTES)


def fitted(rows: Sequence[Mapping[str, Cell]], offset: int, limit: int, more: bool, head: Mapping[str, Cell]) -> str:
    """Return JSON of `head` and of the rows from `offset` on: `limit` of them at most, and as many as the budget holds.

    Empty values and columns that only rank are left out. `more` says that the engine had more rows than `rows`. What was left out is
    said in `note`, with the offset to go on from.
    """
    budget = MAX_TOKENS - count_tokens(_dump(head)) - 100
    kept: list[dict[str, Cell]] = []
    for row in rows[offset : offset + limit]:
        cut = _cut(row, budget if not kept else MAX_TOKENS)
        budget -= count_tokens(_dump(cut)) + 1
        if budget < 0 and kept:
            break
        kept.append(cut)
    total = f"{'at least ' if more else ''}{len(rows)}"
    answer = {**head, "rows": kept}
    end = offset + len(kept)
    if end < len(rows) or more:
        answer["note"] = f"rows {offset + 1} to {end} of {total}; go on with offset={end}"
    elif offset and not kept:
        answer["note"] = f"no row at offset {offset}; there are {total}"
    elif not kept:
        answer["note"] = "nothing found; names match without accents and in part, so try a shorter one, or look_up"
    return _dump(answer)


def _cut(row: Mapping[str, Cell], budget: int) -> dict[str, Cell]:
    """The row without what is empty; texts and lists cut as little as the budget needs."""
    shown = {name: value for name, value in row.items() if value not in (None, "", []) and name not in _HIDDEN}
    for width, length in _STEPS:
        cut = {name: _cell(value, width, length) for name, value in shown.items()}
        if count_tokens(_dump(cut)) <= budget:
            break
    return cut


def _cell(value: Cell, width: int, length: int) -> Cell:
    if isinstance(value, str) and len(value) > width:
        return f"{value[:width]}… (+{len(value) - width} characters)"
    if isinstance(value, list):
        left = [f"… (+{len(value) - length})"] if len(value) > length else []
        return [_cell(one, width, length) for one in value[:length]] + left
    return value


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
