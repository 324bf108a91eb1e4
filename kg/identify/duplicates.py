"""Near-duplicate articles: the same report printed twice, cut or retitled. Sketches of word shingles, then the exact comparison.

Each article keeps the `SKETCH` smallest hashes of its shingles of five words (bottom-k: the same sample from equal parts of texts);
articles that share `SHARED` of them are compared exactly. Measured beside datasketch's MinHash LSH in benchmarks/bench_duplicates.py.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from itertools import accumulate
from typing import Final
from urllib.parse import urlsplit
from zlib import crc32

from kg.identify.dates import days_apart
from kg.model.article import Article
from kg.text.fold import fold

_WORDS: Final = 5
SKETCH: Final = 32
"""Hashes that an article keeps."""
SHARED: Final = 8
"""Kept hashes in common from which two articles are compared exactly."""
_ALIKE: Final = 0.6
"""Share of common shingles (Jaccard) from which two articles are one report; measured on the corpus, see docs/identity.md."""
KIN: Final = 0.3
"""Share from which two texts of one place (address, file, record id) are versions of one article."""
SHORTEST: Final = 20
"""Shingles below which a text is too short to be compared."""
_REPRINTED: Final = 3
"""Days within which one report is printed again."""
_AROUND: Final = frozenset({"title", "caption", "byline", "date", "navigation", "related"})
CROWD: Final = 60
"""A shingle that more articles share is a formula of the outlet."""


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of the runs of five words in `text`, folded."""
    words = [word.encode() for word in fold(text).split()]
    ends = list(accumulate(len(word) + 1 for word in words))
    joined = b" ".join(words)
    starts = (0, *ends)
    return frozenset(crc32(joined[start : end - 1]) for start, end in zip(starts, ends[_WORDS - 1 :], strict=False))


def body_of(article: Article) -> str:
    """Return what of an article is compared: its text without title, captions and the page around it, which differ from one format to the other.

    >>> from kg.model.article import Origin, Zone
    >>> zones = (Zone(kind="navigation", start=0, end=9),)
    >>> body_of(Article(id="a", text="Trang chủ\\nSở họp.", zones=zones, origin=Origin(loader="", source="")))
    '\\nSở họp.'
    """
    pieces, start = [], 0
    for zone in article.zones:
        if zone.kind in _AROUND:
            pieces.append(article.text[start : zone.start])
            start = zone.end
    return "".join((*pieces, article.text[start:]))


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of common shingles.

    >>> round(likeness(frozenset({1, 2, 3}), frozenset({2, 3, 4})), 2)
    0.5
    """
    return len(one & other) / len(one | other) if one and other else 0.0


def near_duplicates(articles: Iterable[Article]) -> Mapping[str, str]:
    """Return the cluster of each article that has near-duplicates: `articles/` and the smallest id in it."""
    by_id = {article.id: article for article in articles}
    texts = {ident: body_of(article) for ident, article in by_id.items()}
    return joined((one, other) for one, other in candidates(texts) if is_reprint(by_id[one], by_id[other]))


def is_reprint(one: Article, other: Article) -> bool:
    """Say whether two articles are one report, or two versions of one page: alike and printed within days.

    Later, it is a form letter, or the same order given again; at one address it is a new version, whenever, and may be less alike.
    """
    address = address_of(one.url)
    if address is not None and address == address_of(other.url):
        enough = KIN
    elif (days_apart((one.published or "")[:10], (other.published or "")[:10]) or 0) > _REPRINTED:
        return False
    else:
        enough = _ALIKE
    return likeness(shingles(body_of(one)), shingles(body_of(other))) >= enough


def address_of(url: str | None) -> str | None:
    """Return what of an address tells a page: host without `www.`, path, query; not the scheme, the fragment, a slash at the end.

    >>> address_of("https://www.bao.example/a.html#top"), address_of("http://bao.example/a.html/")
    ('bao.example/a.html', 'bao.example/a.html')
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    if not parts.netloc or not path:
        return None
    return parts.netloc.lower().removeprefix("www.") + path + (f"?{parts.query}" if parts.query else "")


def joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the clusters that pairs of near-duplicates make, by article."""
    roots: dict[str, str] = {}
    for one, other in pairs:
        low, high = sorted((_root(roots, one), _root(roots, other)))
        roots[high] = low
    return {ident: f"articles/{_root(roots, ident)}" for ident in sorted(roots)}


def _root(roots: dict[str, str], ident: str) -> str:
    while roots.setdefault(ident, ident) != ident:
        roots[ident] = roots[roots[ident]]
        ident = roots[ident]
    return ident


def candidates(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of texts, by id, that may be alike: they have enough kept hashes in common."""
    holders: dict[int, list[str]] = defaultdict(list)
    for ident in sorted(texts):
        found = shingles(texts[ident])
        if len(found) >= SHORTEST:
            for value in nsmallest(SKETCH, found):
                holders[value].append(ident)
    shared: Counter[tuple[str, str]] = Counter()
    for crowd in holders.values():
        if 1 < len(crowd) <= CROWD:
            shared.update((a, b) for i, a in enumerate(crowd) for b in crowd[i + 1 :])
    return (pair for pair, count in sorted(shared.items()) if count >= SHARED)
