"""`kg build`: adds sources to a graph home, then brings its projections up to date."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import columns_option, graph_option
from kg.cli.output import say, tell
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.home import GraphHome, Summary
    from kg.model.article import Article

_LABELS = {
    "new": "mới · new",
    "updated": "đọc lại · updated",
    "unchanged": "không đổi · unchanged",
    "duplicates": "trùng · duplicates",
    "retracted": "đã rút, bỏ qua (nạp lại: --force) · retracted, passed over (bring back: --force)",
    "failed": "lỗi · failed",
}


@click.command(
    "build",
    help="Nạp bài vào đồ thị · add sources to a graph home. SOURCE: file, folder, archive, or - (stdin); without any, what an older "
    "reader has read is read again.",
)
@click.argument("sources", metavar="[SOURCE...]", nargs=-1)
@graph_option
@click.option("--place", metavar="P", help="Tỉnh, thành khi nguồn không ghi · province, where the source names none.")
@click.option("--outlet", metavar="O", help="Tên báo khi nguồn không ghi · outlet, where the source names none.")
@columns_option
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="Số tiến trình, mặc định mọi nhân · default all cores."
)
@click.option("--limit", type=click.IntRange(0), metavar="N", help="Chỉ N mục đầu · the first N items only.")
@click.option("--dry-run", is_flag=True, help="Chỉ đếm, không đọc, không ghi · count only; nothing is read or written.")
@click.option(
    "--force", is_flag=True, help="Đọc lại tất cả, kể cả bài đã rút · read all again, bring back what was retracted."
)
@click.option("--json", "as_json", is_flag=True, help="Tóm tắt dạng JSON ra stdout · the summary as JSON on stdout.")
def command(
    sources: tuple[str, ...],
    home: Path,
    place: str | None,
    outlet: str | None,
    columns: dict[str, str],
    workers: int | None,
    limit: int | None,
    dry_run: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Exit with 4 where some inputs failed; the rest is stored all the same."""
    from loaders import load

    items = islice(load(sources, place=place, outlet=outlet, columns=columns, tell=say), limit)
    if dry_run:
        summary = _trial(home, items, force)
    else:
        with _opened(home, sources) as truth:
            summary = _build(truth, items, sources, workers, force)
            _refresh(truth)
    _print(summary, as_json, dry_run)
    if summary.failed:
        sys.exit(InputError.exit_code)


def _opened(home: Path, sources: tuple[str, ...]) -> "GraphHome":
    from kg.home import GraphHome

    return GraphHome(home, create=bool(sources))


def _trial(home: Path, items: "Iterable[Article | InputError]", force: bool) -> "Summary":
    from kg.home import dry_run
    from kg.read import READER

    return dry_run(home, items, READER, force=force, on_error=tell)


def _build(
    truth: "GraphHome",
    items: "Iterable[Article | InputError]",
    sources: tuple[str, ...],
    workers: int | None,
    force: bool,
) -> "Summary":
    with ExitStack() as stack:
        on_batch = _progress(stack)
        if sources:
            return truth.ingest(items, workers=workers, force=force, on_error=tell, on_batch=on_batch)
        return truth.reread(workers=workers, on_error=tell, on_batch=on_batch)


def _progress(stack: ExitStack) -> "Callable[[Summary], None]":
    """Show counts and rate on stderr where somebody sits before it; the total is not known ahead."""
    if not sys.stderr.isatty():
        return lambda summary: None
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} bài · articles"),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    progress = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    task = progress.add_task("", total=None)

    def show(summary: "Summary") -> None:
        speed = progress.tasks[0].speed
        text = f"{speed:.0f}/s · lỗi · failed {summary.failed}" if speed else ""
        progress.update(task, completed=summary.total, description=text)

    return show


def _refresh(truth: "GraphHome") -> None:
    from kg.stores import refresh

    refresh(truth.path, truth.graph, truth.stamp())


def _print(summary: "Summary", as_json: bool, dry_run: bool) -> None:
    counts = asdict(summary)
    if as_json:
        import orjson

        sys.stdout.buffer.write(orjson.dumps({**counts, "dry_run": dry_run}, option=orjson.OPT_APPEND_NEWLINE))
        return
    for line in _lines(counts, dry_run):
        click.echo(line)


def _lines(counts: dict[str, int], dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield "Chạy thử, chưa ghi gì · trial run, nothing was written"
    if counts["unchanged"] == sum(counts.values()):
        yield f"không có gì thay đổi · nothing changed ({counts['unchanged']})"
        return
    for name, label in _LABELS.items():
        if counts[name]:
            yield f"{counts[name]:>8}  {label}"
