"""Which document a citation means: the reader's key, a dated number at a known place, or a document that only this article knows.

Rules: DOMAIN.md 4.1, 4.2: numbers restart each year or term, so that a number without either is no key, and a local one needs its place.
"""

import re
from functools import cache
from typing import Final

from kg.identify.bodies import Context
from kg.identify.dates import days_of
from kg.identify.names import body_key, label
from kg.lexicon.tables import read_table, split_list
from kg.model.reading import DocumentRead
from kg.text.fold import fold

_YEAR: Final = re.compile(r"/(?:19|20)\d\d/")
_LOCAL_ISSUER: Final = re.compile(
    r"[/-](?:UBND|HĐND|CTUBND|TU|HU|QU|ThU|TXU|ĐU|UBKTTU|VPTU|BTCTU|BTGTU|BDVTU|BNCTU)(?![^\W\d_])"
)
"""Issuers of which each province or district has one: their numbers need the place."""
_NOT_IN_ID: Final = re.compile(r"[^\w.@-]+")


@cache
def register() -> dict[str, dict[str, str]]:
    """Return the rows of documents.csv by key."""
    return {row["doc_id"]: row for row in read_table("documents")}


def document_id(document: DocumentRead, context: Context) -> str:
    """Return the id of a cited document, or what a person decided that it stands for.

    >>> document_id(DocumentRead(number="05-CT/TW", key="05-CT/TW@XII"), Context("a1", None, None))
    'doc/05-CT-TW@XII'
    """
    found = _document_id(document, context)
    return context.decided.now.get(found, found)


def _document_id(document: DocumentRead, context: Context) -> str:
    if document.key and not _from_the_future(document.key, context):
        if not _LOCAL_ISSUER.search(document.key):
            return id_of_key(document.key)
        if context.province:
            return f"{id_of_key(document.key)}@{context.province.id}"
    name = document.number or document.name or next(iter(document.accept), "")
    issued = document.date if document.date and len(document.date) >= 10 else ""
    if document.number and context.province and (issued or _YEAR.search(document.number)):
        return f"doc/{_readable(document.number)}@{context.province.id}{'@' if issued else ''}{issued}"
    key = body_key(name) or (fold(name),)
    return f"doc/{label(name, *key)}@{context.article}"


def id_of_key(key: str) -> str:
    """Return the id of the document with that key."""
    return f"doc/{_readable(key)}"


def _from_the_future(key: str, context: Context) -> bool:
    """Whether the register dates the document after the article that cites it: then it is another of that number."""
    issued = days_of(register().get(key, {}).get("date"))
    return bool(issued and context.day and issued.first > context.day.last)


@cache
def _relations() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, set[str]]] = {}
    for key, row in register().items():
        for older in split_list(row["replaces"]):
            found.setdefault(key, {}).setdefault("replaces", set()).add(older)
        for newer in split_list(row["replaced_by"]):
            found.setdefault(newer, {}).setdefault("replaces", set()).add(key)
    for row in read_table("document_relations"):
        found.setdefault(row["from_id"], {}).setdefault(row["relation"], set()).add(row["to_id"])
    return {key: {name: tuple(sorted(keys)) for name, keys in of.items()} for key, of in found.items()}


def relations_of(key: str | None) -> dict[str, tuple[str, ...]]:
    """Return the keys of the documents that the one with this key replaces, amends, continues, implements or reviews.

    >>> relations_of("01-KL/TW@XIII")
    {'continues': ('05-CT/TW@XII',)}
    """
    return _relations().get(key or "", {})


def _readable(key: str) -> str:
    return _NOT_IN_ID.sub("-", key)
