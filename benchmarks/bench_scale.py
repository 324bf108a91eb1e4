"""`make bench-scale`: made corpora end to end (`kg build`: reading, identity, stores), size by size, each in a process of its own.

A row tells seconds on the clock, seconds of processor, articles a second, the largest process, bytes on the disk, the growth of processor
time an article from the first row, and the milliseconds of processor of one more article, from reading to SPARQL store, in a process that
has begun (the median of seven after the first). SIZES="1000 10000 100000" chooses.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path

from benchmarks.made_corpus import corpus

MB = 1 << 20


def build(size: int, folder: Path) -> dict[str, float]:
    """Build one corpus and return the figures."""
    source, home = folder / f"{size}.jsonl", folder / f"home-{size}"
    with source.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(one.record, ensure_ascii=False) + "\n" for one in corpus(size))
    command = [sys.executable, "-c", "from kg.cli import main; main()", "build", str(source), "-g", str(home)]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = Peak(process.pid)
    if process.wait():
        raise SystemExit(f"kg build of {size} articles ended with {process.returncode}")
    seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    disk = sum(file.stat().st_size for file in home.rglob("*") if file.is_file())
    more = one_more(home, size)
    return {"seconds": seconds, "cpu": cpu, "peak": peak.stopped() / MB, "disk": disk / MB, "more": more}


def one_more(home: Path, size: int) -> float:
    """Add eight articles to the graph of a corpus of that size, one by one; return the median of the milliseconds of processor."""
    code = f"from benchmarks.bench_scale import add; from pathlib import Path; print(add(Path({str(home)!r}), {size}))"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def add(home: Path, size: int) -> float:
    """Do what `one_more` measures, in this process."""
    from kg.home import GraphHome
    from kg.stores import refresh
    from loaders.jsonl import article_of_record

    spent = []
    with GraphHome(home) as truth:
        for number, one in enumerate(islice(corpus(size + 8), size, size + 8)):
            start = time.process_time()
            truth.ingest([article_of_record(one.record, source="more", locator=str(number))], workers=1)
            refresh(truth.path, truth.graph, truth.stamp(), engines=("oxigraph",), only=True)
            spent.append(1000 * (time.process_time() - start))
    return statistics.median(spent[1:])


class Peak:
    """Watches the memory of a process and its children (Linux), and remembers the most that one of them had."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._end = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stopped(self) -> int:
        """Return the bytes."""
        self._end.set()
        self._thread.join()
        return self._most

    def _watch(self) -> None:
        while not self._end.wait(1):
            children = Path(f"/proc/{self._pid}/task/{self._pid}/children")
            try:
                pids = [self._pid, *map(int, children.read_text().split())]
            except (OSError, ValueError):
                continue
            self._most = max(self._most, *map(_resident, pids))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    sizes = parser.parse_args().sizes
    print(
        "| articles | seconds | processor s | articles/s | ms of processor an article | growth | largest process MB | disk MB "
        "| one more, ms |"
    )
    print("|---" * 9 + "|")
    first = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            found = build(size, Path(folder))
            each = 1000 * found["cpu"] / size
            first = first or each
            print(
                f"| {size} | {found['seconds']:.0f} | {found['cpu']:.0f} | {size / found['seconds']:.0f} | {each:.1f} | "
                f"{each / first:.2f} | {found['peak']:.0f} | {found['disk']:.0f} | {found['more']:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
