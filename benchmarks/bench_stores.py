"""Every engine over the same made graphs: load, size, memory, 10 thousand upserts, and twelve questions, side by side.

`python benchmarks/bench_stores.py [--edges 100000 3000000] [--engines oxigraph kglite ...] [--out FILE.json]`. Each engine and size runs in
a process of its own under a temporary folder. rdflib runs at the smallest size only.
"""

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.made_graph import made_graph
from benchmarks.store_engines import ENGINES, Bench, peak
from benchmarks.store_questions import Asked, questions
from kg.errors import QueryError, QueryTimeout
from kg.graph.records import Graph
from kg.graph.statements import graph_edges
from kg.model.entities import Directive

SIZES = (100_000, 3_000_000)
UPSERTS = 10_000
TIMEOUT = 20.0
SAMPLES = 20
SECONDS_A_QUESTION = 40.0


def main() -> None:
    """Measure, print tables, and write everything as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--engines", nargs="+", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--out", type=Path, default=Path("/tmp/bench-stores.json"))
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(_measured(given.one[0], int(given.one[1]))))
        return
    results = []
    for edges in sorted(given.edges):
        for engine in given.engines:
            results.append(_in_a_process(engine, edges, min(given.edges)))
            given.out.write_text(json.dumps({"machine": platform.platform(), "results": results}, indent=1) + "\n")
        print(_tables([one for one in results if one["asked_edges"] == edges]))
    print(f"{given.out}")


def _in_a_process(engine: str, edges: int, least: int) -> dict[str, Any]:
    told = {"engine": engine, "asked_edges": edges}
    if engine == "rdflib" and edges > least:
        return told | {"skipped": "plain rdflib is measured at the smallest size"}
    print(f"{engine}, {edges} edges ...", file=sys.stderr)
    done = subprocess.run(
        [sys.executable, __file__, "--one", engine, str(edges)], stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        return told | {"skipped": f"exit {done.returncode}"}
    result = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(result, dict)
    return told | result


def _measured(engine: str, edges: int) -> dict[str, Any]:
    import pytest  # the Neo4j fixture says by its Skipped why there is no server

    graph = Graph.of(made_graph(edges))
    found: dict[str, Any] = {"entities": len(graph.entities), "edges": sum(1 for _ in graph_edges(graph))}
    before, children = peak(None), _of_children()
    with tempfile.TemporaryDirectory(prefix="chidao-bench-") as folder:
        bench = ENGINES[engine](Path(folder))
        try:
            bench.start_clock()
            processor = time.process_time()
            bench.load(graph)
            loaded = _of_children()
            spent = time.process_time() - processor + loaded[0] - children[0]
            found |= {"load_s": time.monotonic() - bench.began, "load_cpu_s": spent}
            more = loaded[1] if loaded[1] > children[1] else 0
            found |= {"bytes": bench.bytes_on_disk(), "load_extra_bytes": max(0, peak(None) - before) + more}
            asked = questions(graph)
            changes = _changes(graph)
            del graph
            bench.start_clock()
            bench.open()
            found["open_s"] = time.monotonic() - bench.began
            found["questions"] = [_asked(bench, one) for one in asked]
            found["memory_bytes"] = bench.memory()
            if engine in ("kglite", "oxigraph"):
                bench.close()
            bench.start_clock()
            bench.upsert(changes)
            found["upsert_s"] = time.monotonic() - bench.began
        except pytest.skip.Exception as why:
            return {"skipped": str(why)}
        finally:
            bench.close()
    return found


def _of_children() -> tuple[float, int]:
    """Seconds of processor of the processes that have ended under this one (Oxigraph's loader), and the most memory that one of them had."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def _changes(graph: Graph) -> list[Any]:
    """Half of the upserts change a directive, half add one."""
    known = [one for one in graph.entities if isinstance(one, Directive)][: UPSERTS // 2]
    new = [one.model_copy(update={"id": f"{one.id}-new"}) for one in known]
    return [one.model_copy(update={"content": "đã đổi"}) for one in known] + new


def _asked(bench: Bench, asked: Asked) -> dict[str, Any]:
    told = {"label": asked.label, "kind": asked.kind}
    if not bench.can(asked):
        return told | {"skipped": "the engine has no such operation or language"}
    times: list[float] = []
    rows: list[int] = []
    try:
        bench.ask(asked, asked.params[0], TIMEOUT)  # once to warm up
        spent = time.monotonic()
        for at in range(SAMPLES):
            started = time.monotonic()
            rows.append(bench.ask(asked, asked.params[at % len(asked.params)], TIMEOUT))
            times.append(time.monotonic() - started)
            if time.monotonic() - spent > SECONDS_A_QUESTION:
                break
    except QueryTimeout:
        return told | {"skipped": f"cut off at {TIMEOUT:.0f} s"}
    except QueryError as error:
        return told | {"skipped": f"refused: {str(error)[:120]}"}
    times.sort()
    p95 = times[max(0, -(-95 * len(times) // 100) - 1)]
    return told | {"n": len(times), "rows": max(rows), "p50_ms": statistics.median(times) * 1e3, "p95_ms": p95 * 1e3}


def _tables(results: list[dict[str, Any]]) -> str:
    names = [one["engine"] for one in results]
    lines = [f"\n## {next((one['edges'] for one in results if 'edges' in one), 0):,} edges\n"]
    head = f"| | {' | '.join(names)} |\n|---|{'---|' * len(names)}"
    lines.append(head)
    for key, label, unit in (
        ("load_s", "load, s", 1.0),
        ("load_cpu_s", "of it processor time (Oxigraph: with its loader; Neo4j: without the server), s", 1.0),
        ("bytes", "on disk, MB", 1e6),
        ("load_extra_bytes", "memory for loading, MB", 1e6),
        ("open_s", "open, s", 1.0),
        ("memory_bytes", "memory of the answering process, MB", 1e6),
        ("upsert_s", "10 000 upserts, s", 1.0),
    ):
        cells = [f"{one[key] / unit:,.1f}" if key in one else one.get("skipped", "-") for one in results]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    asked = next((one["questions"] for one in results if "questions" in one), [])
    lines.append(
        f"\np50 / p95 in ms, at most 100 rows\n\n| question | kind | {' | '.join(names)} |\n|---|---|{'---|' * len(names)}"
    )
    for at, one in enumerate(asked):
        cells = [_cell(result["questions"][at]) if "questions" in result else "-" for result in results]
        lines.append(f"| {one['label']} | {one['kind']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(answer: dict[str, Any]) -> str:
    if "skipped" in answer:
        return "-" if "no such" in answer["skipped"] else str(answer["skipped"])
    return f"{answer['p50_ms']:,.1f} / {answer['p95_ms']:,.1f}"


if __name__ == "__main__":
    main()
