"""`make soak KILLS=200`: builds killed with `kill -9` at random moments, and run again until they are through.

Each build (reading, truth, identity, stores) runs in a process of its own over made articles. An article is acknowledged once the build
has told of it after its transaction. After each kill every acknowledged article must be there with its reading; once a build gets through,
what it exports (N-Quads of the graph, and of the SPARQL store) must be byte for byte what an undisturbed build exports, and the home is
emptied for the next. Exit code 3 if anything is lost, twice there, or different.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from unittest.mock import patch

import pyoxigraph

from benchmarks.made_corpus import corpus
from kg.graph.nquads import nquads
from kg.home import GraphHome
from kg.home.ingest import Item
from kg.model.article import Article
from kg.read import READER
from kg.stores import oxigraph, refresh
from loaders.jsonl import article_of_record

ARTICLES = 70
_LOADED = (
    "kg.resolved",
    "kg.stores.oxigraph",
    "kg.read.actors",
    "kg.read.directives",
    "kg.read.documents",
    "kg.read.meetings",
)


def articles(number: int = ARTICLES) -> list[Article]:
    """Return made articles, records given again among them."""
    return [article_of_record(one.record, source="made", locator=str(n)) for n, one in enumerate(corpus(number))]


def build(home: Path, items: list[Article], pipe: Connection, workers: int) -> None:
    """Build a home to the end; each article is told of once its transaction is on the disk."""

    def told(item: Item) -> None:
        if item.article:
            pipe.send(item.article)

    # with several workers as for large graphs, too: the SPARQL store is loaded by a process of its own, while the graph is resolved
    part = 1 << 16 if workers > 1 else 1 << 22
    with patch.object(oxigraph, "_PART", part), GraphHome(home, create=True) as truth:
        truth.ingest(items, workers=workers, on_item=told)
        refresh(home, lambda: truth.graph(workers=workers, later=True), truth.stamp(), engines=("oxigraph",), only=True)
    pipe.send("through")


def exported(home: Path) -> str:
    """Return a digest of the graph's N-Quads and of those in the SPARQL store."""
    with GraphHome(home) as truth:
        text = "".join(nquads(entity) for entity in truth.graph().entities).encode()
    generation = json.loads((home / "stores" / "current.json").read_bytes())["generation"]
    store = pyoxigraph.Store.read_only(str(home / "stores" / generation / "oxigraph"))
    dumped = sorted(bytes(store.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b"").splitlines())
    return hashlib.sha256(text + b"\n".join(dumped)).hexdigest()


def killed_after(seconds: float, home: Path, items: list[Article], workers: int) -> tuple[bool, set[str]]:
    """Start a build, kill it after some seconds; return whether it got through before, and the articles that it acknowledged."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__ if __name__ != "__main__" else "benchmarks.soak", *_LOADED])
    here, there = context.Pipe()
    process = context.Process(target=build, args=(home, items, there, workers))
    process.start()
    there.close()
    process.join(seconds)
    if process.is_alive() and process.pid:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    told: list[str] = []
    try:
        while here.poll():
            told.append(here.recv())
    except (EOFError, OSError):
        pass
    return "through" in told, set(told) - {"through"}


def soak(kills: int, seed: int, folder: Path, *, number: int = ARTICLES, say: bool = True) -> Counter[str]:
    """Return the counts: kills, builds that got through, articles acknowledged, lost, twice there, exports that differ."""
    rng, items, counts = random.Random(seed), articles(number), Counter[str]()
    start = time.monotonic()
    killed_after(600, folder / "undisturbed", items, 1)
    lasts, wanted = time.monotonic() - start, exported(folder / "undisturbed")
    home, there = folder / "home", set[str]()
    while counts["kills"] < kills:
        through, told = killed_after(rng.random() * lasts, home, items, 2 if counts["kills"] % 10 == 9 else 1)
        there |= told
        counts["kills"] += not through
        counts["acknowledged"] += len(told)
        found = readings(home)
        counts["lost"] += len(there - found.keys())
        counts["twice"] += sum(count > 1 for count in found.values())
        if through or rng.random() < 0.1:
            killed_after(600, home, items, 1)
            counts["builds through"] += 1
            counts["different"] += exported(home) != wanted
            shutil.rmtree(home)
            there = set()
        if say and counts["kills"] % 10 == 0:
            print(dict(counts), f"{time.monotonic() - start:.0f} s", flush=True)
    return counts


def readings(home: Path) -> Counter[str]:
    """Return the articles of a home with a reading of this reader, each as often as it is there."""
    if not (home / "truth.sqlite").exists():
        return Counter()
    with GraphHome(home, create=True) as truth:
        assert set(truth.readers()) <= {READER}
        return Counter(article.id for article, _ in truth.pairs())


def main() -> int:
    """Print the counts; return 3 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        counts = soak(given.kills, given.seed, Path(folder))
    print(json.dumps(dict(counts)))
    return 3 if counts["lost"] or counts["twice"] or counts["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
