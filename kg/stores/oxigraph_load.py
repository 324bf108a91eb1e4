"""Fills a new Oxigraph folder with the N-Quads on standard input: `oxigraph_load.py FOLDER`. A process of its own, for large graphs.

All is loaded in one go: what is loaded in parts lies in overlapping files that RocksDB merges again and again, which took twice the time.
"""

import os
import sys
import threading
import time
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

_WATCH: Final = 0.2


class Input:
    """Standard input for the bulk loader, which holds a million statements (0.6 GB) for each core that it sees, and one million more.

    It looks once, before it reads, and is shown one core until then: so memory is bounded whatever the machine.
    """

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._cores = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else set[int]()
        self._hide()

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes, none at the end."""
        if self._cores:
            os.sched_setaffinity(0, self._cores)
            self._cores = set()
        return self._source.read(size)

    def _hide(self) -> None:
        if self._cores:
            os.sched_setaffinity(0, {min(self._cores)})


def fill(folder: Path, source: IO[bytes]) -> None:
    """Load all of `source` and merge the files."""
    store = ox.Store(str(folder))
    # checked when it was written, and once more by whoever reads it back: `lenient` leaves out the parser's own checks of IRIs
    store.bulk_load(cast("IO[bytes]", Input(source)), ox.RdfFormat.N_QUADS, lenient=True)
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
    parent = os.getppid()
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()
    try:
        fill(Path(sys.argv[1]), sys.stdin.buffer)
    except (OSError, SyntaxError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
