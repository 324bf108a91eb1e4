"""`kg read`: articles in, readings out as JSON lines, one an article, in input order."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kg.cli.options import columns_option, encoding_option
from kg.cli.output import say, tell, whole_file
from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.model.article import Article


@click.command(
    help="Đọc bài, in ra bản đọc (JSON lines) · read articles, print readings. SOURCE: file, folder, archive, or - (stdin)."
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--place", metavar="P", help="Tỉnh, thành của bài khi nguồn không ghi · province, where the source names none."
)
@click.option("--outlet", metavar="O", help="Tên báo khi nguồn không ghi · outlet, where the source names none.")
@columns_option
@encoding_option
@click.option(
    "-o", "--output", metavar="FILE", default="-", help="Tệp kết quả, mặc định stdout · output file, default stdout."
)
@click.option(
    "--explain", is_flag=True, help="Giải thích từng câu thay cho bản đọc · explain each sentence instead of reading."
)
@click.option(
    "--sentence", metavar="N", type=click.IntRange(min=1), help="Với --explain: chỉ câu thứ N · only sentence N."
)
@click.option("--json", "as_json", is_flag=True, help="Với --explain: JSON lines thay cho chữ · JSON lines, not text.")
def command(
    sources: tuple[str, ...],
    place: str | None,
    outlet: str | None,
    columns: dict[str, str],
    encoding: str | None,
    output: str,
    explain: bool,
    sentence: int | None,
    as_json: bool,
) -> None:
    """Print a reading for each article; inputs that fail are named on stderr and make the exit code 4."""
    if not explain and (sentence is not None or as_json):
        raise UsageError("--sentence and --json go with --explain; readings are JSON lines as they are")
    from loaders import load  # pydantic and the lexicon load here, not for `kg --help`

    def printed(article: "Article") -> bytes:
        return _explanation(article, sentence, as_json) if explain else _reading(article)

    with ExitStack() as stack:
        out = _open(output, stack)
        failed = 0
        for line in _each(
            _counted(
                load(sources, place=place, outlet=outlet, columns=columns, encoding=encoding, tell=say), output, stack
            ),
            printed,
        ):
            if isinstance(line, InputError):
                failed += 1
                tell(line)
            else:
                out.write(line)
        out.flush()
    if failed:
        sys.exit(InputError.exit_code)


def _each(articles: Iterable[object], printed: Callable[["Article"], bytes]) -> Iterator[bytes | InputError]:
    from kg.model.article import Article

    for article in articles:
        if isinstance(article, Article):
            yield printed(article)
        elif isinstance(article, InputError):
            yield article


def _reading(article: "Article") -> bytes:
    from kg.read import read

    return read(article).model_dump_json().encode() + b"\n"


def _explanation(article: "Article", sentence: int | None, as_json: bool) -> bytes:
    import orjson

    from kg.read.explain import explain, only
    from kg.read.explain.text import as_text

    explained = explain(article)
    if sentence is not None:
        explained = only(explained, sentence)
    return orjson.dumps(explained, option=orjson.OPT_APPEND_NEWLINE) if as_json else as_text(explained).encode()


def _open(output: str, stack: ExitStack) -> IO[bytes]:
    if output == "-":
        return sys.stdout.buffer
    return stack.enter_context(whole_file(Path(output)))


def _counted(articles: Iterable[object], output: str, stack: ExitStack) -> Iterable[object]:
    """Show a count on stderr where somebody sits before it and the readings go elsewhere; the total is not known ahead."""
    if not sys.stderr.isatty() or (output == "-" and sys.stdout.isatty()):
        return articles
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} bài · articles"), TimeElapsedColumn())
    progress = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    return progress.track(articles, total=None)
