"""Fills a new Oxigraph folder with the N-Quads on standard input: `oxigraph_load.py FOLDER PARENT`. A process of its own, for large graphs.

All is loaded in one go: what is loaded in parts lies in overlapping files that RocksDB merges again and again, which took half as much again.
What is loaded waits in files of its own until the end: a graph of more than 12 GB of N-Quads is loaded 12 GB at a time.
"""

import os
import sys
import threading
import time
from io import BufferedReader
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

_WATCH: Final = 0.2
_MOST: Final = 12 << 30
"""Bytes of N-Quads that are loaded in one go."""


class Input:
    """Whole lines of an input, `most` bytes and what is left of the last, for the bulk loader.

    That holds a million statements (0.6 GB) for each core that it sees, and one million more.
    It looks once, before it reads, and is shown one core until then: so memory is bounded whatever the machine.
    """

    def __init__(self, source: IO[bytes], most: int = _MOST) -> None:
        self._source = source
        self._left = most
        self._ended = False
        self._cores = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else set[int]()
        self._hide()

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes, none at the end."""
        if self._cores:
            os.sched_setaffinity(0, self._cores)
            self._cores = set()
        if self._ended:
            return b""
        if self._left > 0:
            data = self._source.read(size)
            self._left -= len(data)
            self._ended = not data
        else:
            data = self._source.readline(size)
            self._ended = not data or data.endswith(b"\n")
        return data

    def _hide(self) -> None:
        if self._cores:
            os.sched_setaffinity(0, {min(self._cores)})


def fill(folder: Path, source: BufferedReader, most: int = _MOST) -> None:
    """Load all of `source` and merge the files."""
    store = ox.Store(str(folder))
    while source.peek(1):
        # we made it ourselves: `lenient` leaves out the parser's checks of IRIs and language tags
        store.bulk_load(cast("IO[bytes]", Input(source, most)), ox.RdfFormat.N_QUADS, lenient=True)
    store.flush()
    # overlapping files merged, look-ups in a large store take an eighth of the time
    store.optimize()


def _die_with(parent: int) -> None:
    """End when the parent has: after `kill -9` nobody else would, and its input would only seem to be whole."""
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)


def main() -> int:
    """Load; errors go to standard error."""
    threading.Thread(target=_die_with, args=(int(sys.argv[2]),), daemon=True).start()
    try:
        fill(Path(sys.argv[1]), cast("BufferedReader", sys.stdin.buffer))
    except (OSError, SyntaxError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
