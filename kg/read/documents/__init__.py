"""Documents that an article cites: by number, by name, by title (GUIDELINES.md, Documents; DOMAIN.md 4)."""

import re
from collections.abc import Iterable, Sequence

from kg.lexicon.matcher import Hit
from kg.model.reading import DocumentRead
from kg.read.documents.anaphora import read_anaphora
from kg.read.documents.found import Found, Taken
from kg.read.documents.heads import Head, find_heads
from kg.read.documents.laws import read_laws, read_standing
from kg.read.documents.merge import merge
from kg.read.documents.numbered import read_short, read_symbols
from kg.read.documents.register import resolve
from kg.read.documents.resolutions import read_congresses, read_plenums
from kg.read.documents.symbols import find_symbols
from kg.read.documents.titled import read_titled
from kg.read.mentions import DateMention
from kg.read.page import Page
from kg.text.fold import fold

_MAY_CITE = re.compile(r"\d\s?[/–-]\s?[A-ZĐ]|luật|trung ương|đại hội|pháp lệnh", re.IGNORECASE)
_AFTER = 160
"""How much of the text after a citation may name its subject."""

__all__ = ["document_mentions", "read_documents"]


def read_documents(page: Page, dates: Sequence[DateMention]) -> tuple[DocumentRead, ...]:
    """Return the documents that a page cites, in the order of their first places; `dates` are `read_dates(page)`.

    A number or a law that only the headline gives counts too (GUIDELINES.md), without a place in the text.

    >>> from kg.model.article import Article, Origin
    >>> text = "Sở thực hiện Chỉ thị số 05-CT/TW của Bộ Chính trị (khóa XII)."
    >>> page = Page.of(Article(id="a1", text=text, origin=Origin(loader="text", source="-")))
    >>> [(d.number, d.issuer, d.key) for d in read_documents(page, ())]
    [('05-CT/TW', 'Bộ Chính trị', '05-CT/TW@XII')]
    """
    heads = find_heads(page)
    found = _by_number_or_name(page, heads, dates)
    _add(found, read_short(page, heads, Taken((f.start, f.end) for f in found), dates))
    _add(found, read_titled(page, heads, Taken((f.start, f.end) for f in found)))
    _add(found, read_anaphora(page, heads, found))
    documents = merge(page, _keyed(page, found))
    return (*documents, *_of_headline(page, documents))


def _by_number_or_name(page: Page, heads: Sequence[Hit[Head]], dates: Sequence[DateMention]) -> list[Found]:
    found: list[Found] = []
    _add(found, read_symbols(page, find_symbols(page.text), heads, dates))
    _add(found, read_plenums(page, heads))
    _add(found, read_congresses(page, heads))
    _add(found, read_laws(page, heads))
    _add(found, read_standing(page))
    return found


def _keyed(page: Page, found: Sequence[Found]) -> list[Found]:
    published = page.article.published
    keyed = [resolve(f, after=page.text[f.end : f.end + _AFTER], published=published) for f in found]
    return sorted(keyed, key=lambda f: (f.start, f.end))


def _of_headline(page: Page, documents: Sequence[DocumentRead]) -> list[DocumentRead]:
    title = page.article.title
    if not title or not _MAY_CITE.search(title) or title in page.text:
        return []
    headline = Page.of(page.article.model_copy(update={"text": title, "zones": ()}))
    found = _by_number_or_name(headline, find_heads(headline), ())
    known = {fold(form) for document in documents for form in document.accept}
    named = merge(headline, _keyed(headline, found)) if found else ()
    return [d.model_copy(update={"mentions": ()}) for d in named if not known & {fold(form) for form in d.accept}]


def _add(found: list[Found], more: Iterable[Found]) -> None:
    """Add the citations that do not overlap a surer one."""
    taken = Taken((f.start, f.end) for f in found)
    found.extend([f for f in more if not taken.meets(f.start, f.end)])


def document_mentions(documents: Sequence[DocumentRead]) -> tuple[tuple[int, int, int], ...]:
    """Return (start, end, index into `documents`) of every place that cites a document, in order."""
    return tuple(sorted((m.start, m.end, i) for i, d in enumerate(documents) for m in d.mentions))
