"""One writer at a time: a lock file that the system releases when its holder dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from kg.errors import StoreError

LOCK: Final = "build.lock"
"""Name of the lock file in the graph home; it may stay behind and says nothing by being there."""


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the right to write in `folder`. Raises StoreError at once where another process holds it.

    Entering it again in the same process is allowed.
    """
    # a singleton a path: the same process may migrate inside a build
    lock = FileLock(folder / LOCK, is_singleton=True)
    try:
        held = lock.acquire(blocking=False)
    except Timeout:
        raise StoreError(
            f"{folder}: tiến trình khác đang ghi · another build is writing here; run the command again when it has finished"
        ) from None
    with held:
        yield
