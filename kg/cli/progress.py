"""How a build tells of itself while it runs: a progress bar for people, JSON lines for machines, both on standard error."""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from kg.errors import InputError
    from kg.home import Summary

_PHASES: Final = {
    "load": "nạp · loading",
    "read": "đọc · reading",
    "local": "hiểu từng bài · each article",
    "twins": "bài trùng · near-duplicates",
    "forms": "bản in lại · what reprints add",
    "persons": "nhân sự · persons",
    "facts": "dữ kiện · facts",
    "reports": "tin trùng · reports of one",
    "entities": "thực thể · entities",
    "stores": "ghi kho · stores",
    "report": "báo cáo · report",
}
_EVERY: Final = 5.0
_CHUNK: Final = 1 << 20


class Teller(Protocol):
    """Hears how far a build is."""

    def batch(self, summary: "Summary") -> None: ...

    def phase(self, name: str, done: int) -> None: ...

    def failed(self, error: "InputError") -> None: ...

    def end(self, counts: dict[str, Any]) -> None: ...


def expected(sources: Iterable[str], limit: int | None) -> int | None:
    """Return how many items sources hold, counting files, and lines of JSON lines; None where that can't be told (standard input)."""
    total = 0
    for source in sources:
        path = Path(source)
        if source == "-" or not path.exists():
            return None
        for file in (path,) if path.is_file() else (p for p in path.rglob("*") if p.is_file()):
            total += _lines(file) if file.suffix.lower() in {".jsonl", ".ndjson"} else 1
    return total if limit is None else min(total, limit)


def _lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))
    except OSError:
        return 1


class Silent:
    """Names inputs that failed, and nothing else: for logs and pipes."""

    def batch(self, summary: "Summary") -> None:
        """Say nothing."""

    def phase(self, name: str, done: int) -> None:
        """Say nothing."""

    def failed(self, error: "InputError") -> None:
        """Name the input."""
        from kg.cli.output import tell

        tell(error)

    def end(self, counts: dict[str, Any]) -> None:
        """Say nothing."""


class JsonLog:
    """One JSON object a line: `batch` and `phase` at most every five seconds, each `failed` input, and the `summary`."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._start = time.monotonic()
        self._last = float("-inf")
        self._phase, self._done = "", 0

    def batch(self, summary: "Summary") -> None:
        """Write counts, rate and time left."""
        seconds = time.monotonic() - self._start
        if seconds - self._last < _EVERY:
            return
        self._last = seconds
        rate = summary.total / seconds if seconds else 0.0
        left = (self._total - summary.total) / rate if self._total and rate else None
        self._write(
            "batch",
            done=summary.total,
            total=self._total,
            failed=summary.failed,
            rate=round(rate, 1),
            left_seconds=None if left is None else round(max(left, 0)),
        )

    def phase(self, name: str, done: int) -> None:
        """Write how much of a phase is done."""
        if name != self._phase:
            self._phase, self._done, self._last = name, 0, float("-inf")
        self._done += done
        seconds = time.monotonic() - self._start
        if seconds - self._last >= _EVERY:
            self._last = seconds
            self._write("phase", phase=name, done=self._done)

    def failed(self, error: "InputError") -> None:
        """Write which input failed, where and why."""
        self._write("failed", source=error.source, place=error.place, reason=error.reason)

    def end(self, counts: dict[str, Any]) -> None:
        """Write the counts."""
        self._write("summary", **counts)

    def _write(self, event: str, **values: Any) -> None:  # noqa: ANN401 (whatever JSON can hold)
        import orjson

        line = {"event": event, "seconds": round(time.monotonic() - self._start, 3), **values}
        sys.stderr.write(orjson.dumps(line).decode() + "\n")


class Bar(Silent):
    """A progress bar with rate and time left."""

    def __init__(self, progress: Any, total: int | None) -> None:  # noqa: ANN401 (rich is imported late)
        self._progress = progress
        self._task = progress.add_task(_PHASES["read"], total=total, rate="", note="")
        self._phase = "read"

    def batch(self, summary: "Summary") -> None:
        """Show counts."""
        note = f"lỗi · failed {summary.failed}" if summary.failed else ""
        self._progress.update(self._task, completed=summary.total, rate=self._rate(), note=note)

    def phase(self, name: str, done: int) -> None:
        """Show how much of a phase is done."""
        if name != self._phase:
            self._phase = name
            self._progress.reset(self._task, total=None, description=_PHASES.get(name, name), rate="", note="")
        self._progress.update(self._task, advance=done, rate=self._rate())

    def _rate(self) -> str:
        speed = self._progress.tasks[0].speed
        return f"{speed:.0f}/s" if speed else ""


@contextmanager
def teller(total: int | None, log_json: bool) -> Iterator[Teller]:
    """Give what fits: JSON lines where asked for, a bar where somebody sits before it, else only the inputs that failed."""
    if log_json:
        yield JsonLog(total)
        return
    if not sys.stderr.isatty():
        yield Silent()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]} {task.fields[note]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress, total)
