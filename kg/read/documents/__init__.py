"""Documents that an article cites: by number, by name, by title (GUIDELINES.md, Documents; DOMAIN.md 4)."""

from collections.abc import Iterable, Sequence

from kg.model.reading import DocumentRead
from kg.read.documents.found import Found
from kg.read.documents.heads import find_heads
from kg.read.documents.laws import read_laws, read_standing
from kg.read.documents.merge import merge
from kg.read.documents.numbered import read_short, read_symbols
from kg.read.documents.resolutions import read_congresses, read_plenums
from kg.read.documents.symbols import find_symbols
from kg.read.mentions import DateMention
from kg.read.page import Page

__all__ = ["document_mentions", "read_documents"]


def read_documents(page: Page, dates: Sequence[DateMention]) -> tuple[DocumentRead, ...]:
    """Return the documents that a page cites, in the order of their first places; `dates` are `read_dates(page)`."""
    heads = find_heads(page)
    found: list[Found] = []
    _add(found, read_symbols(page, find_symbols(page.text), heads, dates))
    _add(found, read_plenums(page, heads))
    _add(found, read_congresses(page, heads))
    _add(found, read_laws(page, heads))
    _add(found, read_standing(page))
    _add(found, read_short(page, heads, [(f.start, f.end) for f in found], dates))
    return merge(page, sorted(found, key=lambda f: (f.start, f.end)))


def _add(found: list[Found], more: Iterable[Found]) -> None:
    """Add the citations that do not overlap a surer one."""
    taken = tuple((f.start, f.end) for f in found)
    found.extend(f for f in more if not any(start < f.end and f.start < end for start, end in taken))


def document_mentions(documents: Sequence[DocumentRead]) -> tuple[tuple[int, int, int], ...]:
    """Return (start, end, index into `documents`) of every place that cites a document, in order."""
    return tuple(sorted((m.start, m.end, i) for i, d in enumerate(documents) for m in d.mentions))
