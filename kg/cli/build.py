"""`kg build`: adds sources to a graph home, then brings its projections up to date."""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from kg.cli.options import columns_option, encoding_option
from kg.cli.output import say, whole_file
from kg.cli.progress import Teller, expected, teller
from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.graph.records import Graph
    from kg.home import GraphHome, Summary
    from kg.home.report import BuildReport
    from kg.home.stats import Stats
    from kg.model.article import Article
    from kg.stores.base import Engine

_LARGE: Final = 5_000
_LABELS: Final = {
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
@click.option(
    "-g",
    "--graph",
    "home",
    default="graph",
    show_default=True,
    metavar="DIR",
    help="Thư mục của đồ thị · the graph home; with --engine spark a new folder or URI (s3a://..., hdfs://...).",
)
@click.option("--place", metavar="P", help="Tỉnh, thành khi nguồn không ghi · province, where the source names none.")
@click.option("--outlet", metavar="O", help="Tên báo khi nguồn không ghi · outlet, where the source names none.")
@columns_option
@encoding_option
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="Số tiến trình, mặc định mọi nhân · default all cores."
)
@click.option("--limit", type=click.IntRange(0), metavar="N", help="Chỉ N mục đầu · the first N items only.")
@click.option("--dry-run", is_flag=True, help="Chỉ đếm, không đọc, không ghi · count only; nothing is read or written.")
@click.option(
    "--force", is_flag=True, help="Đọc lại tất cả, kể cả bài đã rút · read all again, bring back what was retracted."
)
@click.option(
    "--engine",
    "engines",
    multiple=True,
    type=click.Choice(["oxigraph", "kglite", "networkx", "spark"]),
    help="Kho cần dựng ngay, mặc định tất cả, hoặc chỉ oxigraph khi trên 5.000 bài · stores to fill now; default all, beyond 5,000 "
    "articles oxigraph only: the others when they are asked. spark: trên cụm máy · on a cluster, to files (docs/spark.md).",
)
@click.option(
    "--master",
    metavar="URL",
    help="Cụm Spark, vd local[2] · the Spark master; default: as spark-submit says, else local[*].",
)
@click.option("--conf", "settings", multiple=True, metavar="KEY=VALUE", help="Cấu hình Spark · a setting of Spark.")
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    help="Báo cáo của lần nạp · a page about this build.",
)
@click.option("--log-json", is_flag=True, help="Nhật ký JSON lines ra stderr · the log as JSON lines on stderr.")
@click.option("--json", "as_json", is_flag=True, help="Tóm tắt dạng JSON ra stdout · the summary as JSON on stdout.")
def command(sources: tuple[str, ...], home: str, dry_run: bool, as_json: bool, **options: Any) -> None:  # noqa: ANN401 (click)
    """Exit with 4 where some inputs failed; the rest is stored all the same."""
    given = Options(**options)
    build = _on_spark if "spark" in given.engines else _on_one_machine
    summary = build(sources, home, dry_run, given)
    _print(summary, as_json, dry_run)
    if summary.failed:
        sys.exit(InputError.exit_code)


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a build."""

    place: str | None
    outlet: str | None
    columns: dict[str, str]
    encoding: str | None
    workers: int | None
    limit: int | None
    force: bool
    engines: "tuple[Literal['oxigraph', 'kglite', 'networkx', 'spark'], ...]"
    master: str | None
    settings: tuple[str, ...]
    report: Path | None
    log_json: bool


def _on_one_machine(sources: tuple[str, ...], graph: str, dry_run: bool, given: Options) -> "Summary":
    from loaders import load

    home = Path(graph)
    if given.master or given.settings:
        raise UsageError("--master, --conf: chỉ cho · only for --engine spark")
    items = islice(
        load(sources, place=given.place, outlet=given.outlet, columns=given.columns, encoding=given.encoding, tell=say),
        given.limit,
    )
    with teller(expected(sources, given.limit), given.log_json) as told:
        summary = _trial(home, items, given.force, told) if dry_run else _built(home, items, sources, given, told)
        told.end({**asdict(summary), "dry_run": dry_run})
    return summary


def _on_spark(sources: tuple[str, ...], out: str, dry_run: bool, given: Options) -> "Summary":
    unfit = {
        "--workers": given.workers,
        "--encoding": given.encoding,
        "--engine": len(given.engines) > 1,
    }
    for option in (name for name, is_given in unfit.items() if is_given):
        raise UsageError(f"{option}: không dùng được với · not with --engine spark")
    if not sources:
        raise UsageError("--engine spark: cần SOURCE · needs a SOURCE, and builds all of it")
    from kg.cli.spark import built

    with teller(None, given.log_json) as told:
        summary = built(sources, out, given, told, dry_run=dry_run)
        told.end({**asdict(summary), "dry_run": dry_run})
    return summary


def _trial(home: Path, items: "Iterable[Article | InputError]", force: bool, told: Teller) -> "Summary":
    from kg.home import dry_run
    from kg.read import READER

    return dry_run(home, items, READER, force=force, on_error=told.failed)


def _built(
    home: Path, items: "Iterable[Article | InputError]", sources: tuple[str, ...], given: Options, told: Teller
) -> "Summary":
    from kg.home import GraphHome
    from kg.home.report import BuildReport
    from kg.home.stats import stats

    start, report = time.monotonic(), BuildReport()
    with GraphHome(home, create=bool(sources)) as truth:
        hears: dict[str, Any] = {
            "workers": given.workers,
            "on_error": told.failed,
            "on_batch": told.batch,
            "on_item": report.item,
        }
        summary = truth.ingest(items, force=given.force, **hears) if sources else truth.reread(**hears)
        _refresh(truth, given, told)
        if given.report:
            write_report(given.report, report, summary, stats(truth.graph()), time.monotonic() - start)
    return summary


def write_report(file: Path, report: "BuildReport", summary: "Summary", found: "Stats", lasted: float) -> None:
    """Write the page about a build that lasted some seconds."""
    with whole_file(file) as out:
        out.write(report.html(summary, found, _counted(summary), lasted).encode())


def _refresh(truth: "GraphHome", given: Options, told: Teller) -> None:
    from kg.stores import refresh

    workers = given.workers or os.cpu_count() or 1

    def graph() -> "Graph":
        return truth.graph(workers=workers, told=told.phase, later=True)

    large = truth.count() > _LARGE
    wanted: tuple[Engine, ...] = tuple(engine for engine in given.engines if engine != "spark")
    engines = wanted or (("oxigraph",) if large else ())
    refresh(truth.path, graph, truth.stamp(), engines=engines, only=bool(engines))


def _counted(summary: "Summary") -> list[tuple[str, str, int]]:
    return [(name, _LABELS[name], count) for name, count in asdict(summary).items()]


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
