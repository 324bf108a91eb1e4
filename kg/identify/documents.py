"""Which document a citation means: the reader's key, a dated number at a known place, or a document that only this article knows.

Rules: DOMAIN.md 4.1, 4.2: numbers restart each year or term, so that a number without either is no key, and a local one needs its place.
"""

import re
from functools import cache
from typing import Final

from kg.identify.bodies import Context
from kg.identify.names import body_key, label
from kg.lexicon.tables import read_table
from kg.model.reading import DocumentRead
from kg.text.fold import fold

_YEAR: Final = re.compile(r"/(?:19|20)\d\d/")
_NOT_IN_ID: Final = re.compile(r"[^\w.@-]+")


@cache
def register() -> dict[str, dict[str, str]]:
    """Return the rows of documents.csv by key."""
    return {row["doc_id"]: row for row in read_table("documents")}


def document_id(document: DocumentRead, context: Context) -> str:
    """Return the id of a cited document.

    >>> document_id(DocumentRead(number="05-CT/TW", key="05-CT/TW@XII"), Context("a1", None, None))
    'doc/05-CT-TW@XII'
    """
    if document.key:
        return f"doc/{_readable(document.key)}"
    name = document.number or document.name or next(iter(document.accept), "")
    issued = document.date if document.date and len(document.date) >= 10 else ""
    if document.number and context.province and (issued or _YEAR.search(document.number)):
        return f"doc/{_readable(document.number)}@{context.province.id}{'@' if issued else ''}{issued}"
    key = body_key(name) or (fold(name),)
    return f"doc/{label(name, *key)}@{context.article}"


def _readable(key: str) -> str:
    return _NOT_IN_ID.sub("-", key)
