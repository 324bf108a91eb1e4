"""Near-duplicate articles: our sketches beside datasketch's MinHash LSH, against the exact comparison of all pairs.

`python benchmarks/bench_duplicates.py FILE.jsonl [N]` (needs datasketch, in the dev extra): the first N articles (default 2,000), time of each
way, and how many of the pairs that the exact comparison calls near-duplicates each finds.
"""

import sys
import time
from collections.abc import Iterator
from itertools import combinations, islice

from datasketch import MinHash, MinHashLSH

from kg.identify.duplicates import _ALIKE, candidates, likeness, shingles
from kg.model.article import Article
from loaders import load

Pair = tuple[str, str]


def exact(texts: dict[str, str]) -> set[Pair]:
    """Return all pairs that are alike: quadratic, the truth."""
    found = {ident: shingles(text) for ident, text in texts.items()}
    return {
        (a, b)
        for a, b in combinations(sorted(found), 2)
        if min(len(found[a]), len(found[b])) >= 20 and likeness(found[a], found[b]) >= _ALIKE
    }


def minhash(texts: dict[str, str]) -> Iterator[Pair]:
    """Yield the pairs that MinHash LSH (128 permutations) proposes and the exact comparison confirms."""
    index = MinHashLSH(threshold=_ALIKE, num_perm=128)
    found = {ident: shingles(text) for ident, text in sorted(texts.items())}
    for ident, values in found.items():
        if len(values) < 20:
            continue
        sketch = MinHash(num_perm=128)
        sketch.update_batch([value.to_bytes(4, "big") for value in values])
        for other in index.query(sketch):
            if likeness(values, found[other]) >= _ALIKE:
                yield min(ident, other), max(ident, other)
        index.insert(ident, sketch)


def sketches(texts: dict[str, str]) -> Iterator[Pair]:
    """Yield the pairs that our sketches propose and the exact comparison confirms."""
    return ((a, b) for a, b in candidates(texts) if likeness(shingles(texts[a]), shingles(texts[b])) >= _ALIKE)


def main() -> None:
    """Print one row a way."""
    limit = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    articles = (a for a in load((sys.argv[1],)) if isinstance(a, Article))
    texts = {a.id: a.text for a in islice(articles, limit)}
    truth = None
    print("| way | seconds | pairs found |\n|---|---|---|")
    for name, way in (
        ("exact, all pairs", exact),
        ("datasketch MinHash LSH, 128", minhash),
        ("bottom-k sketch (ours)", sketches),
    ):
        start = time.perf_counter()
        found = set(way(texts))
        truth = found if truth is None else truth
        print(f"| {name} | {time.perf_counter() - start:.2f} | {len(found & truth)} of {len(truth)} |")


if __name__ == "__main__":
    main()
