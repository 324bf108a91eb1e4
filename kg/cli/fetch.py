"""`kg fetch`: pages, and those that feeds and sitemaps list, into a WARC file that `kg read` and `kg build` read."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import tell
from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.fetch.crawl import Fetched

_STATES = ("fetched", "listed", "unchanged", "kept", "failed")


@click.command(
    help="Tải trang về tệp WARC, lịch sự và tiếp tục được · fetch pages into a WARC, politely; go on where it stopped. "
    "SOURCE: a page, feed or sitemap, a file of addresses, or - (stdin)."
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Tệp .warc.gz · the file.",
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="Số trang tối đa · pages at most.",
)
@click.option(
    "--delay",
    metavar="S",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    help="Giây giữa hai yêu cầu · seconds between requests to a host.",
)
@click.option(
    "--timeout",
    metavar="S",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    help="Giây cho một trang · seconds for a page.",
)
@click.option(
    "--max-bytes",
    metavar="N",
    type=click.IntRange(min=1),
    default=32 * 2**20,
    show_default=True,
    help="Byte của một trang · bytes of a page.",
)
@click.option(
    "--refresh", is_flag=True, help="Hỏi lại trang đã có, chỉ tải nếu đổi · ask for kept pages again, if they changed."
)
@click.option(
    "--allow-private", is_flag=True, help="Cho phép địa chỉ nội bộ · allow addresses of this machine and its networks."
)
@click.option("--user-agent", metavar="NAME", help="Tên gửi tới máy chủ · the name that servers and robots.txt see.")
@click.option(
    "--json", "as_json", is_flag=True, help="Kết quả từng trang, JSON lines · what became of each page, as JSON lines."
)
def command(
    sources: tuple[str, ...],
    output: Path,
    limit: int,
    delay: float,
    timeout: float,
    max_bytes: int,
    refresh: bool,
    allow_private: bool,
    user_agent: str | None,
    as_json: bool,
) -> None:
    """Fetch; addresses that fail are named on stderr and make the exit code 4."""
    _need_libraries()
    from kg import __version__
    from kg.fetch.archive import Archive
    from kg.fetch.client import Client, Limits
    from kg.fetch.crawl import Crawl

    if not output.name.endswith(".warc.gz"):
        raise UsageError(f"{output}: tên phải kết thúc bằng .warc.gz · the name must end in .warc.gz")
    agent = user_agent or f"chidao/{__version__}"
    client = Client(agent, Limits(max_bytes, timeout), allow_private)
    counts: Counter[str] = Counter()
    archive = Archive.open(output)
    try:
        crawl = Crawl(client, archive, delay, limit, refresh)
        with ExitStack() as stack:
            for found in _shown(crawl.run(_addresses(sources)), stack):
                counts[found.state if not isinstance(found, InputError) else "failed"] += 1
                _tell_one(found, as_json)
    finally:
        archive.close()
    if not as_json:
        click.echo(f"{output}: " + ", ".join(f"{state} {counts[state]}" for state in _STATES))
    if counts["failed"]:
        sys.exit(InputError.exit_code)


def _need_libraries() -> None:
    from importlib.util import find_spec

    absent = [name for name in ("protego", "urllib3", "fastwarc") if find_spec(name) is None]
    if absent:
        raise UsageError(f'kg fetch cần · needs {", ".join(absent)}: pip install "chidao[fetch]"')


def _addresses(sources: Iterable[str]) -> Iterator[str]:
    for source in sources:
        if source == "-":
            yield from _lines(sys.stdin.read())
        elif "://" not in source and Path(source).is_file():
            yield from _lines(Path(source).read_text(encoding="utf-8"))
        else:
            yield source


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _tell_one(found: "Fetched | InputError", as_json: bool) -> None:
    import orjson

    if isinstance(found, InputError):
        tell(found)
    if as_json:
        record = (
            {"url": found.source, "state": "failed", "reason": found.reason}
            if isinstance(found, InputError)
            else {"url": found.url, "state": found.state}
        )
        sys.stdout.buffer.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()


def _shown(results: "Iterator[Fetched | InputError]", stack: ExitStack) -> "Iterable[Fetched | InputError]":
    if not sys.stderr.isatty():
        return results
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} trang · pages"), TimeElapsedColumn())
    progress = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    return progress.track(results, total=None)
