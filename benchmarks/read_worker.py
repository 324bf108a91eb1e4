"""Measures the reader in one process: `read_worker.py ARTICLES.jsonl RUNS STEP` prints one JSON object. Run by `bench_read.py`."""

import json
import resource
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time
from typing import Any

from kg.model.article import Article
from kg.read import read
from kg.read.actors import read_actors
from kg.read.dates import read_dates
from kg.read.directives import read_directives
from kg.read.documents import document_mentions, read_documents
from kg.read.meetings import read_meetings
from kg.read.page import Page
from loaders import load


class Clock:
    """Adds up the CPU time of named stages."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def run(self, stage: str, work: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 (any stage, whatever it returns)
        """Call `work`, count its time for `stage`, and return what it returns."""
        start = process_time()
        result = work(*arguments)
        self.seconds[stage] = self.seconds.get(stage, 0.0) + process_time() - start
        return result


def staged(article: Article, clock: Clock) -> None:
    """Do what `kg.read.read` does, stage by stage; without the Reading object, which is counted as `the rest`."""
    page = clock.run("page: fold, sentences", Page.of, article)
    actors = clock.run("actors", read_actors, page)
    dates = clock.run("dates", read_dates, page)
    documents = clock.run("documents", read_documents, page, dates)
    meetings = clock.run("meetings", read_meetings, page, actors, dates)
    cited = document_mentions(documents)
    clock.run("directives", read_directives, page, actors, documents, cited, meetings)


def main(path: str, runs: int, step: int) -> dict[str, object]:
    """Read every `step`-th article of `path` `runs` times, after one run that warms up."""
    articles = [article for article in load([path]) if isinstance(article, Article)][::step]
    cpu, wall, stages = [], [], []
    for article in articles:
        read(article)
    for _ in range(runs):
        start_cpu, start = process_time(), perf_counter()
        for article in articles:
            read(article)
        cpu.append(process_time() - start_cpu)
        wall.append(perf_counter() - start)
    for _ in range(min(runs, 3)):
        clock = Clock()
        for article in articles:
            staged(article, clock)
        stages.append(clock.seconds)
    return {
        "articles": len(articles),
        "characters": sum(len(article.text) for article in articles),
        "cpu": median(cpu),
        "wall": median(wall),
        "stages": {stage: median(run[stage] for run in stages) for stage in stages[0]},
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
