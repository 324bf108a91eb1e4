"""A child process that runs the queries of one engine, because no engine can be trusted to stop a query: killing the process does.

Seen: pyoxigraph 0.5 can't cancel; kglite 0.21 has a time limit, which some queries outlive by minutes (`allShortestPaths` over all pairs).
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from kg.errors import QueryError, QueryTimeout, StoreError
from kg.stores.base import Cell, Iri, Table

_GRACE: Final = 2.0
_CHUNK: Final = 1 << 20
# by its path: starting it through the package would import all of the model first
_LOOP: Final = str(Path(__file__).with_name("worker.py"))


class QueryProcess:
    """Runs queries over one store, one after the other; started with the first query and again after one that was cut off.

    `engine` is the Python file that opens the store (see `kg.stores.worker`), `place` the store; an engine with a time limit of its own has
    `margin` seconds to say that it was reached, and need not be opened again then. `damage` looks at the store's files and is asked where a
    query was cut off or the process broke down: engines loop and crash on damaged files. Safe to share between threads.
    """

    def __init__(
        self, engine: Path, place: Path, *, margin: float = 0.0, damage: Callable[[], str | None] = lambda: None
    ) -> None:
        self._engine = engine
        self._place = place
        self._margin = margin
        self._damage = damage
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._cancelled: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The id of the process, None while there is none."""
        return self._child.pid if self._child else None

    def query(self, text: str, params: Mapping[str, Cell], timeout: float, limit: int, **more: object) -> Table:
        """Run one query; opening the store is not part of `timeout`. Raises what `kg.stores.base.View.query` promises."""
        values = {name: {"iri": value} if isinstance(value, Iri) else value for name, value in params.items()}
        answer = self.request({"query": text, "params": values, "limit": limit, **more}, timeout)
        return Table(tuple(answer["columns"]), tuple(map(tuple, answer["rows"])), answer["truncated"])

    def request(self, fields: Mapping[str, Any], timeout: float) -> dict[str, Any]:
        """Return what the engine answers to a request of its own form. Raises what `kg.stores.base.View.query` promises."""
        request = {**fields, "timeout": timeout, "end_after": timeout + _GRACE}
        try:
            line = json.dumps(request, allow_nan=False).encode()
        except (TypeError, ValueError) as error:
            raise QueryError(f"a parameter that no engine can bind: {error}") from error
        with self._lock:
            try:
                answer = self._ask(line + b"\n", timeout)
            except QueryError as error:
                if fault := self._damage():
                    raise StoreError(f"{self._place}: {fault}") from error
                raise
        match answer.get("error"):
            case "store":
                raise StoreError(answer["message"])
            case "timeout":
                raise QueryTimeout(_CUT_OFF)
            case "query":
                raise QueryError(answer["message"])
        return answer

    def cancel(self) -> None:
        """End what runs now, from another thread: its `query` raises QueryError. The next one starts another process."""
        if child := self._child:
            self._cancelled = child
            child.kill()
            child.wait()

    def close(self) -> None:
        """End the process; a second call does nothing, a later query starts another."""
        if self._child:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def __del__(self) -> None:
        self.close()

    def _ask(self, request: bytes, timeout: float) -> dict[str, Any]:
        try:
            child = self._started()
            assert child.stdin
            child.stdin.write(request)
            child.stdin.flush()
            return _read(child, time.monotonic() + timeout + self._margin)
        except (BrokenPipeError, EOFError) as error:
            raise QueryError(self._ended()) from error
        except BaseException:
            self.close()
            raise

    def _ended(self) -> str:
        """Say why the process has ended, which is not there any more after that."""
        child = self._child
        assert child
        try:
            code = child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            code = 0
        cancelled = child is self._cancelled
        self.close()
        if cancelled:
            return "the query was cancelled"
        return _OUT_OF_MEMORY if code in _KILLED_FOR_MEMORY else _BROKEN

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-P", _LOOP, str(self._engine), str(self._place)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us; we then kill the child
            )
            try:
                opened = _read(self._child, None)
            except EOFError as error:
                raise StoreError(f"{self._place}: can't be opened ({self._child.wait()})") from error
            if opened.get("error"):
                self.close()
                raise StoreError(opened["message"])
        return self._child


_KILLED_FOR_MEMORY: Final = (-signal.SIGABRT, -signal.SIGKILL)
"""How an engine ends that can't have more memory (Rust aborts), and one that the system ends for it."""

_OUT_OF_MEMORY: Final = (
    "hết bộ nhớ · memory was the limit: the engine was ended on this query, or by somebody; narrow it (a name, a period, fewer patterns that are "
    "not joined) or sort and group less, and set a LIMIT"
)
_BROKEN: Final = "the engine broke down on this query; ask something simpler"
_CUT_OFF: Final = "the query was cut off at its time limit"


def _read(child: "subprocess.Popen[bytes]", deadline: float | None) -> dict[str, Any]:
    """One line of JSON. Raises QueryTimeout, EOFError."""
    assert child.stdout
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while not parts or not parts[-1].endswith(b"\n"):
            if not selector.select(None if deadline is None else max(0.0, deadline - time.monotonic())):
                raise QueryTimeout(_CUT_OFF)
            part = os.read(child.stdout.fileno(), _CHUNK)
            if not part:
                raise EOFError
            parts.append(part)
    answer = json.loads(b"".join(parts))
    assert isinstance(answer, dict)
    return answer
