"""The words that name a kind of document, where they stand in a text."""

from functools import cache
from typing import NamedTuple

from kg.lexicon.matcher import Hit, Matcher
from kg.lexicon.tables import read_table
from kg.read.page import Page


class Head(NamedTuple):
    """A kind of document: `type` as titles spell it, its symbol, its family (act, paper, plan, text, treaty, law or short)."""

    type: str
    symbol: str
    family: str


@cache
def _matcher() -> Matcher[Head]:
    rows = read_table("document_types")
    return Matcher({row["phrase"]: Head(row["type"], row["symbol"], row["family"]) for row in rows})


@cache
def type_of(symbol: str) -> str | None:
    """Return the kind of document that a symbol of its number names ("NQ" -> "Nghị quyết"), if it names one."""
    found = (
        row["type"] for row in read_table("document_types") if row["symbol"] == symbol and row["family"] != "short"
    )
    return next(found, None)


def find_heads(page: Page) -> list[Hit[Head]]:
    """Return the words of a page that name a kind of document, in order; abbreviations only where they are in capitals."""
    hits = _matcher().find(page.folded)
    return [h for h in hits if h.payload.family != "short" or page.text[h.start : h.end].isupper()]
