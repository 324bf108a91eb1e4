"""Near-duplicate articles: the same report printed twice, cut or retitled. Sketches of word shingles, then the exact comparison.

Each article keeps the `_SKETCH` smallest hashes of its shingles of five words (bottom-k: the same sample from equal parts of texts);
articles that share `_SHARED` of them are compared exactly. Measured beside datasketch's MinHash LSH in benchmarks/bench_duplicates.py.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from typing import Final
from zlib import crc32

from kg.identify.dates import days_apart
from kg.model.article import Article
from kg.text.fold import fold

_WORDS: Final = 5
_SKETCH: Final = 32
_SHARED: Final = 8
_ALIKE: Final = 0.6
"""Share of common shingles (Jaccard) from which two articles are one report; measured on the corpus, see docs/identity.md."""
_SHORTEST: Final = 20
_REPRINTED: Final = 3
"""Days within which one report is printed again."""
_CROWD: Final = 60
"""A shingle that more articles share is a formula of the outlet."""


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of the runs of five words in `text`, folded."""
    words = fold(text).split()
    return frozenset(crc32(" ".join(words[i : i + _WORDS]).encode()) for i in range(len(words) - _WORDS + 1))


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of common shingles.

    >>> round(likeness(frozenset({1, 2, 3}), frozenset({2, 3, 4})), 2)
    0.5
    """
    return len(one & other) / len(one | other) if one and other else 0.0


def near_duplicates(articles: Iterable[Article]) -> Mapping[str, str]:
    """Return the cluster of each article that has near-duplicates: `articles/` and the smallest id in it."""
    texts: dict[str, str] = {}
    days: dict[str, str] = {}
    for article in articles:
        texts[article.id] = article.text
        days[article.id] = (article.published or "")[:10]
    joined = {ident: ident for ident in texts}
    for one, other in _alike(texts):
        if (days_apart(days[one], days[other]) or 0) > _REPRINTED:
            continue  # a form letter, or the same order given again
        low, high = sorted((_root(joined, one), _root(joined, other)))
        joined[high] = low
    sizes = Counter(_root(joined, ident) for ident in texts)
    return {ident: f"articles/{root}" for ident in texts if sizes[root := _root(joined, ident)] > 1}


def _root(joined: dict[str, str], ident: str) -> str:
    while joined[ident] != ident:
        joined[ident] = joined[joined[ident]]
        ident = joined[ident]
    return ident


def _alike(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    holders: dict[int, list[str]] = defaultdict(list)
    for ident in sorted(texts):
        found = shingles(texts[ident])
        if len(found) >= _SHORTEST:
            for value in nsmallest(_SKETCH, found):
                holders[value].append(ident)
    shared: Counter[tuple[str, str]] = Counter()
    for crowd in holders.values():
        if 1 < len(crowd) <= _CROWD:
            shared.update((a, b) for i, a in enumerate(crowd) for b in crowd[i + 1 :])
    for (one, other), count in sorted(shared.items()):
        if count >= _SHARED and likeness(shingles(texts[one]), shingles(texts[other])) >= _ALIKE:
            yield one, other
