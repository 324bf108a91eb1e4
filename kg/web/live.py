"""The index of the pages, kept at the state of the graph home: made when serving starts, and anew when a build has changed the graph."""

import json
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from kg.errors import ChidaoError, StoreError
from kg.web.index.build import VERSION, build_index, is_current
from kg.web.index.reader import Index

_FILES: Final = "pages*.sqlite"  # one for each state; before there was one of the bare name
_SOURCE: Final = "property.jsonl"
_STATE: Final = "current.json"


def file_name(stamp: str) -> str:
    """Return the name of the index of one state: another state has another file, so that an index never sees a later one's numbers."""
    return f"pages-{sha256(f'{VERSION} {stamp}'.encode()).hexdigest()[:12]}.sqlite"


class LivePages:
    """Gives the index of the newest state; while a new one is made, the one before answers. Close it, or use it in a `with`.

    Opening makes the index where it is missing or behind, in HOME/stores or, where that can't be written, in a temporary folder.
    Raises StoreError where there is no projection.
    """

    def __init__(self, home: Path, tell: Callable[[int], None] = lambda lines: None) -> None:
        self._stores = home / "stores"
        self._spare: tempfile.TemporaryDirectory[str] | None = None
        self._making = threading.Lock()
        self._seen = self._changed_at()
        self._served: Path | None = None
        self._index = self._make(tell)

    def index(self) -> Index:
        """Return the index; starts making a new one where the graph has changed."""
        now = self._changed_at()
        if now != self._seen and self._making.acquire(blocking=False):
            self._seen = now
            threading.Thread(target=self._renew, daemon=True).start()
        return self._index

    def close(self) -> None:
        """Remove the temporary folder, if there is one."""
        if self._spare:
            self._spare.cleanup()

    def __enter__(self) -> "LivePages":
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def _renew(self) -> None:
        try:
            self._index = self._make(lambda lines: None)
        except ChidaoError:
            self._seen = 0  # half of a build was seen: the next request tries again
        finally:
            self._making.release()

    def _changed_at(self) -> int:
        try:
            return (self._stores / _STATE).stat().st_mtime_ns
        except OSError:
            return 0

    def _make(self, tell: Callable[[int], None]) -> Index:
        state = self._state()
        source = self._stores / state["generation"] / _SOURCE
        file = self._stores / file_name(state["stamp"])
        if not is_current(file, state["stamp"]):
            try:
                build_index(source, file, state["stamp"], tell)
            except StoreError:
                self._spare = self._spare or tempfile.TemporaryDirectory(prefix="kg-pages-")
                file = Path(self._spare.name) / file.name
                build_index(source, file, state["stamp"], tell)
        index = Index(file)
        _ = index.columns, index.ranks  # read now, so that no request waits for them
        self._remove_older(file)
        return index

    def _remove_older(self, newest: Path) -> None:
        """Remove what states before left, but not the one that still answers: its threads may yet open it."""
        for file in newest.parent.glob(_FILES):
            if file not in {newest, self._served}:
                with suppress(OSError):  # another server may have removed it, or the disk may be read-only by now
                    file.unlink()
        self._served = newest

    def _state(self) -> dict[str, Any]:
        try:
            state = json.loads((self._stores / _STATE).read_bytes())
            return {"stamp": str(state["stamp"]), "generation": str(state["generation"])}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{self._stores}: no projection; run `kg build` on this graph home") from error
