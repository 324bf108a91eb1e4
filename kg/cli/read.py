"""`kg read`: articles in, readings out as JSON lines, one an article, in input order."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import BinaryIO

import click

from kg.errors import InputError, UsageError


@click.command(
    help="Đọc bài, in ra bản đọc (JSON lines) · read articles, print readings. SOURCE: file, folder, or - (stdin)."
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--place", metavar="P", help="Tỉnh, thành của bài khi nguồn không ghi · province, where the source names none."
)
@click.option("--outlet", metavar="O", help="Tên báo khi nguồn không ghi · outlet, where the source names none.")
@click.option(
    "-o", "--output", metavar="FILE", default="-", help="Tệp kết quả, mặc định stdout · output file, default stdout."
)
def command(sources: tuple[str, ...], place: str | None, outlet: str | None, output: str) -> None:
    """Print a reading for each article; inputs that fail are named on stderr and make the exit code 4."""
    from loaders import load  # pydantic and the lexicon load here, not for `kg --help`

    with ExitStack() as stack:
        out = _open(output, stack)
        failed = 0
        try:
            for line in _readings(_counted(load(sources, place=place, outlet=outlet), output, stack)):
                if isinstance(line, InputError):
                    failed += 1
                    click.echo(f"kg: {line}", err=True)
                else:
                    out.write(line)
            out.flush()
        except BrokenPipeError:
            _silence_stdout()
            return
    if failed:
        sys.exit(InputError.exit_code)


def _readings(articles: Iterable[object]) -> Iterator[bytes | InputError]:
    from kg.model.article import Article
    from kg.read import read

    for article in articles:
        if isinstance(article, Article):
            yield read(article).model_dump_json().encode() + b"\n"
        elif isinstance(article, InputError):
            yield article


def _open(output: str, stack: ExitStack) -> BinaryIO:
    if output == "-":
        return sys.stdout.buffer
    try:
        return stack.enter_context(open(output, "wb"))
    except OSError as error:
        raise UsageError(f"{output}: can't be written: {error.strerror}") from None


def _counted(articles: Iterable[object], output: str, stack: ExitStack) -> Iterable[object]:
    """Show a count on stderr where somebody sits before it and the readings go elsewhere; the total is not known ahead."""
    if not sys.stderr.isatty() or (output == "-" and sys.stdout.isatty()):
        return articles
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} bài · articles"), TimeElapsedColumn())
    progress = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    return progress.track(articles, total=None)


def _silence_stdout() -> None:
    # the reader has gone (`kg read ... | head`): Python would complain about the buffer when it shuts down
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
