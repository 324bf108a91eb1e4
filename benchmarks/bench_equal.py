"""Every named question on Oxigraph, kglite and a real Neo4j over one graph: are the rows equal, whatever the parameters?

`python -m benchmarks.bench_equal [SOURCE ...] [--graph HOME] [--out FILE.json]`. SOURCE: what `kg build` reads; default
`../shared/corpus/articles.jsonl`. For each question: its example, its required parameters alone, each parameter with every value of the tests
(names with and without accents, dates of each length, hostile text) and with names and ids that the graph holds, and pairs of parameters.
Exit 3 where rows differ.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.ask.registry import Question, questions
from kg.ask.run import able, run
from kg.errors import QueryTimeout
from kg.graph.records import Graph
from kg.home import GraphHome
from kg.model.base import Entity
from kg.model.entities import Agency, Directive, Document, Instruction, Meeting, Person, Place, Post, Topic
from kg.stores import open_view, refresh
from kg.stores.base import Engine, Table, View
from kg.stores.neo4j import Neo4jView
from kg.stores.neo4j_push import push
from loaders import load
from tests.ask.test_questions import VARIATIONS
from tests.ask.test_questions_corpus import VARIATIONS as CORPUS_VARIATIONS
from tests.neo4j.fixture import started

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "articles.jsonl"
LIMIT = 1_000_000
TIMEOUT = 300.0
DRAWN = 4
PAIRS = 6
MANY = 60

Params = dict[str, str]


def main() -> int:
    """Build, push, ask, compare; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="*", default=[str(CORPUS)])
    parser.add_argument("--graph", type=Path, help="a graph home to use instead of sources")
    parser.add_argument("--questions", nargs="+", help="only these")
    parser.add_argument("--out", type=Path, default=Path("/tmp/bench-equal.json"))
    given = parser.parse_args()
    with ExitStack() as stack:
        home = given.graph or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chidao-equal-"))) / "home"
        graph = _graph(home, [] if given.graph else given.sources)
        server = stack.enter_context(started("--large"))
        push(server.access, graph)
        views: dict[Engine, View] = {
            "oxigraph": stack.enter_context(open_view(home, "oxigraph")),
            "kglite": stack.enter_context(open_view(home, "kglite")),
            "neo4j": stack.enter_context(Neo4jView(server.access)),
        }
        wanted = [one for one in questions() if not given.questions or one.name in given.questions]
        results = [_compared(one, views, _cases(one, graph)) for one in wanted]
    given.out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
    return _told(results, len(graph.entities))


def _graph(home: Path, sources: list[str]) -> Graph:
    with GraphHome(home, create=bool(sources)) as truth:
        if sources:
            truth.ingest(load(sources))
        graph = Graph.of(truth.graph().entities)
        refresh(home, graph, truth.stamp(), engines=("oxigraph", "kglite"))
    return graph


def _cases(asked: Question, graph: Graph) -> list[Params]:
    """Without repeats, in an order that is the same every time."""
    chance = random.Random(asked.name)
    needed = {param.name: asked.example_params()[param.name] for param in asked.params if param.is_required}
    values = {param.name: [*dict.fromkeys(_values(param.type, param.name, graph, chance))] for param in asked.params}
    found = [asked.example_params(), needed]
    names = _names(graph)
    for param in asked.params:
        found += [needed | {param.name: value} for value in values[param.name] if value or not param.is_required]
    for first, second in combinations(values, 2):
        for _ in range(PAIRS):
            both = {name: chance.choice([value for value in values[name] if value]) for name in (first, second)}
            found.append(needed | both)
    if asked.name == "path":  # two names at random are hardly ever joined
        ends = [(names.get(one.issuer), names.get(one.addressee)) for one in _drawn(Instruction, graph, chance, MANY)]
        found += [{"from": one, "to": other} for one, other in ends if one and other]
    return [dict(pairs) for pairs in dict.fromkeys(tuple(sorted(case.items())) for case in found)]


def _values(kind: str, name: str, graph: Graph, chance: random.Random) -> Iterator[str]:
    yield from VARIATIONS[kind]
    yield from CORPUS_VARIATIONS[kind]
    classes = {"topic": Topic, "about": Topic, "place": Place, "document": Document, "cites": Document}
    classes |= {"meeting": Meeting, "post": Post, "agency": Agency, "body": Agency, "official": Person}
    if kind == "name":
        names = _names(graph)
        ends = [end for one in _drawn(Instruction, graph, chance) for end in (one.issuer, one.addressee)]
        yield from (names[end] for end in ends if end in names)
        for cls in {classes.get(name, Agency), *([] if name in classes else [Person, Post])}:
            yield from (str(one.name) for one in _drawn(cls, graph, chance))
    if kind == "id":
        for cls in (Person, Agency, Post, Document, Directive, Meeting):
            yield from (one.id for one in _drawn(cls, graph, chance))
        yield from (one.id for one in _drawn(Directive, graph, chance, MANY) if one.cites)
    if kind == "string" and name == "act":
        yield from sorted({one.act for one in graph.entities if isinstance(one, Directive)})
    if kind == "date":
        dates = sorted({one.date for one in graph.entities if isinstance(one, Directive) and one.date})
        yield from chance.sample(dates, min(DRAWN, len(dates)))


def _names(graph: Graph) -> dict[str, str]:
    return {one.id: one.name for one in graph.entities if isinstance(one, Person | Agency | Post)}


def _drawn(cls: type[Entity], graph: Graph, chance: random.Random, count: int = DRAWN) -> list[Any]:
    of = sorted((one for one in graph.entities if type(one) is cls), key=lambda one: one.id)
    return chance.sample(of, min(count, len(of)))


def _compared(asked: Question, views: Mapping[Engine, View], cases: list[Params]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "question": asked.name,
        "engines": able(asked),
        "cases": len(cases),
        "rows": 0,
        "answered": 0,
    }
    spent: dict[str, float] = dict.fromkeys(able(asked), 0.0)
    wrong = []
    for params in cases:
        answers: dict[Engine, Table | str] = {}
        for engine in able(asked):
            began = time.monotonic()
            try:
                answers[engine] = run(views[engine], engine, asked, params, timeout=TIMEOUT, limit=LIMIT)
            except QueryTimeout:
                answers[engine] = f"cut off at {TIMEOUT:.0f} s on {engine}"
            spent[engine] += time.monotonic() - began
        first = answers["kglite"] if "kglite" in answers else next(iter(answers.values()))
        if any(answer != first for answer in answers.values()):
            wrong.append({"params": params, **{name: _size(answer) for name, answer in answers.items()}})
        told["rows"] += len(first.rows) if isinstance(first, Table) else 0
        told["answered"] += isinstance(first, Table) and bool(first.rows)
    print(f"{asked.name}: {len(cases)} cases, {told['rows']} rows, {len(wrong)} differ", file=sys.stderr, flush=True)
    return told | {"seconds": {name: round(seconds, 1) for name, seconds in spent.items()}, "differ": wrong}


def _size(answer: Table | str) -> str:
    return answer if isinstance(answer, str) else f"{len(answer.rows)} rows"


def _told(results: list[dict[str, Any]], entities: int) -> int:
    cases, rows = (sum(one[key] for one in results) for key in ("cases", "rows"))
    differ = [(one["question"], case) for one in results for case in one["differ"]]
    empty = [one["question"] for one in results if not one["answered"]]
    print(f"{len(results)} questions, {cases} cases, {rows} rows over {entities} entities: {len(differ)} cases differ")
    print(f"questions on every engine: {sum(len(one['engines']) == 3 for one in results)}; no rows: {', '.join(empty)}")
    for name, case in differ:
        print(f"  {name}: {json.dumps(case, ensure_ascii=False)}")
    return 3 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
