"""`python benchmarks/bench_endpoints.py HOME`: how fast the routes for machines answer over a graph home, and how often reconciliation is right.

Times are those of the application in this process (no network), one request after the other: median and 95th percentile. Reconciliation is
asked for names of the graph itself, distorted in a fixed way: as written, without accents, abbreviated, with two letters exchanged; right
is where the first candidate bears the name that was distorted (case aside), a wrong match where a candidate of another name is called a match.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

from starlette.testclient import TestClient

from kg.text.fold import fold, strip_marks
from kg.web.app import create_app
from kg.web.site import Site, open_site

SEED, NAMES, ASKED, BATCH = 20, 300, 60, 10
PREFIX = "PREFIX cd: <https://chidao.example/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
SPARQL = {
    "ASK {}": "ASK {}",
    "100 directives with addressees": PREFIX
    + "SELECT ?d ?name { ?d a cd:Directive ; cd:addressee/skos:prefLabel ?name } LIMIT 100",
    "addressees by number (whole graph)": PREFIX
    + "SELECT ?to (COUNT(?d) AS ?n) { ?d cd:addressee ?to } GROUP BY ?to ORDER BY DESC(?n) LIMIT 20",
}


def main() -> int:
    """Measure and print the tables."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with open_site(Path(sys.argv[1])) as site:
        client = TestClient(create_app(site), base_url="http://127.0.0.1")
        counts = dict(site.pages.index().rows("SELECT label, count(*) FROM node GROUP BY label"))
        print(f"{sum(counts.values())} entities, {counts.get('Directive', 0)} directives")
        print_times(times(site, client))
        print_reconciliation(site, client)
    return 0


def times(site: Site, client: TestClient) -> Iterator[tuple[str, list[float]]]:
    """Yield a name and the seconds of each request."""
    for name, query in SPARQL.items():
        yield f"/sparql: {name}", timed(lambda query=query: client.get("/sparql", params={"query": query}))  # type: ignore[misc]  # bound at once
    ids = [
        row[0]
        for row in site.pages.index().rows(
            "SELECT id FROM node WHERE label IN ('Person', 'Agency', 'Document', 'ArticleNode') ORDER BY degree DESC LIMIT ?",
            [ASKED],
        )
    ]
    for form in ("ttl", "jsonld", "json"):
        left = iter(ids)
        yield (
            f"/doc/ID.{form}, the {ASKED} entities with most links",
            timed(lambda: client.get(f"/doc/{quote(next(left), safe='')}.{form}"), len(ids)),  # noqa: B023  # called at once
        )
    names = [name for _, name in names_of(site, ("Person", "Agency"))][: ASKED * BATCH]
    batches = iter([names[at : at + BATCH] for at in range(0, len(names), BATCH)])
    yield f"/reconcile, a batch of {BATCH}", timed(lambda: ask(client, next(batches)), len(names) // BATCH)


def timed(request: Callable[[], object], times: int = ASKED) -> list[float]:
    """Return the seconds of `times` requests."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        request()
        found.append(time.perf_counter() - start)
    return found


def print_times(measured: Iterator[tuple[str, list[float]]]) -> None:
    """Print median and 95th percentile in milliseconds."""
    print("\n| request | median ms | p95 ms |\n|---|---|---|")
    for name, seconds in measured:
        print(f"| {name} | {1000 * median(seconds):.1f} | {1000 * quantiles(seconds, n=20)[-1]:.1f} |")


def print_reconciliation(site: Site, client: TestClient) -> None:
    """Print how often the first candidate is right, is called a match, and is wrongly called one."""
    rng = random.Random(SEED)
    asked = [
        (label, name) for label in ("Person", "Agency", "Document") for _, name in names_of(site, (label,))[:NAMES]
    ]
    print("\n| names | distorted | first is right | called a match | wrongly called a match |\n|---|---|---|---|---|")
    for label in ("Person", "Agency", "Document"):
        names = [name for kind, name in asked if kind == label]
        for how, distort in DISTORTIONS.items():
            pairs = [(name, distort(name, rng)) for name in names]
            pairs = [(name, other) for name, other in pairs if how == "as written" or other != name]
            right = matched = wrong = 0
            for at in range(0, len(pairs), BATCH):
                some = pairs[at : at + BATCH]
                for (name, _), found in zip(some, ask(client, [other for _, other in some], label), strict=True):
                    right += bool(found) and fold(str(found[0]["name"])) == fold(name)
                    matched += any(one["match"] for one in found)
                    wrong += any(one["match"] and fold(str(one["name"])) != fold(name) for one in found)
            if pairs:
                print(
                    f"| {len(pairs)} {label} | {how} | {right / len(pairs):.3f} | {matched / len(pairs):.3f} | {wrong} |"
                )


def ask(client: TestClient, names: list[str], label: str = "") -> list[list[dict[str, object]]]:
    """Return the candidates for each name."""
    queries = {
        str(n): {"query": name, "limit": 5, **({"type": label} if label else {})} for n, name in enumerate(names)
    }
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)}).json()
    return [answer[str(n)]["result"] for n in range(len(names))]


def names_of(site: Site, labels: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return names of these classes, each once, in an order that has nothing to do with them."""
    marks = ",".join("?" * len(labels))
    rows = site.pages.index().rows(
        f"SELECT DISTINCT label, name FROM node WHERE label IN ({marks}) ORDER BY 1, 2", labels
    )
    random.Random(SEED).shuffle(rows)
    return [(label, name) for label, name in rows if len(name.split()) > 1]


def exchanged(name: str, rng: random.Random) -> str:
    """Two neighbouring letters in the middle of a word change places."""
    words = [at for at, word in enumerate(name.split()) if len(word) > 3]
    if not words:
        return name
    parts = name.split()
    at = rng.choice(words)
    place = rng.randrange(1, len(parts[at]) - 2)
    word = parts[at]
    parts[at] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return " ".join(parts)


def abbreviated(name: str, rng: random.Random) -> str:
    """What newspapers shorten."""
    for full, short in (
        ("Ủy ban nhân dân", "UBND"),
        ("Hội đồng nhân dân", "HĐND"),
        ("Giáo dục và Đào tạo", "GD&ĐT"),
        ("Trung ương", "TW"),
    ):
        name = name.replace(full, short)
    return name


DISTORTIONS: dict[str, Callable[[str, random.Random], str]] = {
    "as written": lambda name, rng: name,
    "without accents": lambda name, rng: strip_marks(name),
    "abbreviated": abbreviated,
    "two letters exchanged": exchanged,
}


if __name__ == "__main__":
    raise SystemExit(main())
