"""An ordered map over processes: results come in the order of the jobs, and only a bounded number is under way."""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final, Generic, TypeVar

from kg.errors import ChidaoError

Tag = TypeVar("Tag")
Work = TypeVar("Work")
Result = TypeVar("Result")

_IN_FLIGHT: Final = 3
"""Jobs under way for each worker: enough to keep it busy, few enough to bound memory."""

_BEHIND: Final = 5
"""Niceness of workers behind other processes: a third of their share of a core."""


def map_ordered(
    function: Callable[[Work], Result], jobs: Iterable[tuple[Tag, Work]], *, workers: int, behind: bool = False
) -> Iterator[tuple[Tag, Result | None]]:
    """Yield the tag of each job (tag, work) with `function(work)`, or None where `work` is empty, in order.

    `function` and works must pickle where `workers` > 1. The workers stand `behind` other processes, if told so: those that take what they
    make, and end last. Raises ChidaoError where a worker dies.
    """
    pool = _Pool(function, workers, _BEHIND if behind else 0)
    waiting: deque[tuple[Tag, Future[Result | None]]] = deque()
    try:
        for tag, work in jobs:
            waiting.append((tag, pool.submit(work)))
            while waiting and (waiting[0][1].done() or len(waiting) >= workers * _IN_FLIGHT):
                yield _oldest(waiting)
        while waiting:
            yield _oldest(waiting)
    finally:
        pool.close()


class _Pool(Generic[Work, Result]):
    """Does the first job in this process and starts others for the second: for a few articles they would cost more than they save."""

    def __init__(self, function: Callable[[Work], Result], workers: int, niceness: int) -> None:
        self._function = function
        self._niceness = niceness
        self._workers = workers
        self._begun = False
        self._executor: ProcessPoolExecutor | None = None

    def submit(self, work: Work) -> "Future[Result | None]":
        if work and self._begun and self._workers > 1:
            return self._processes().submit(self._function, work)
        future: Future[Result | None] = Future()
        future.set_result(self._function(work) if work else None)
        self._begun = self._begun or bool(work)
        return future

    def _processes(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # spawn: a fork would copy locks held by the threads of a progress bar or a store
            context = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(
                self._workers, context, initializer=_start_worker, initargs=(self._niceness,)
            )
        return self._executor

    def close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)


def _oldest(waiting: "deque[tuple[Tag, Future[Result | None]]]") -> tuple[Tag, Result | None]:
    tag, future = waiting.popleft()
    try:
        return tag, future.result()
    except BrokenProcessPool as error:
        raise ChidaoError(
            "một tiến trình đọc đã chết · a reading process died (out of memory?); what was stored stays: run the same "
            "command again, with --workers 1 to see where"
        ) from error


def _start_worker(niceness: int) -> None:
    """Leave Ctrl-C to the parent, and die with it: after `kill -9` of the parent nobody else would end this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    # reading leaves no cycles behind: looked for more seldom than by default, they cost 3 % less of its time
    gc.set_threshold(10_000, 20, 50)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
