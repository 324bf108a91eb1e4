"""The command `kg`: one file per verb, imported only when that verb is called."""

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from kg import __version__
from kg.errors import ChidaoError, UsageError

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

VERBS: Mapping[str, str] = MappingProxyType(
    {
        "read": "Đọc bài, in ra bản đọc (JSON lines) · read articles, print readings",
        "build": "Nạp bài vào đồ thị · add sources to a graph home",
        "fetch": "Tải trang về tệp WARC, lịch sự · fetch pages into a WARC file, politely",
        "portal": "Hồ sơ của các cổng thông tin · portal profiles: list, try a page",
        "ask": "Ai chỉ đạo ai về việc gì · who instructed whom about what",
        "query": "Chạy câu hỏi có tên, SPARQL hoặc Cypher · run a named question, SPARQL or Cypher",
        "analyze": "Phân tích mạng chỉ đạo · centrality, brokers, communities, chains, change",
        "export": "Xuất đồ thị · export the graph",
        "mcp": "Máy chủ MCP cho mô hình ngôn ngữ, chỉ đọc · a read-only MCP server on standard input and output",
        "push": "Đưa đồ thị vào Neo4j · make a Neo4j hold the graph",
        "serve": "Trang web, SPARQL, dữ liệu liên kết · the web page, SPARQL, linked data",
        "verify": "Kiểm tra từng dữ kiện với câu gốc · check every fact against its sentence",
        "article": "Nguồn, các bản, chỗ khác nhau của một bài · an article's sources, versions, differences",
        "retract": "Rút một bài khỏi đồ thị · take one article out",
        "why": "Vì sao hai mã là một hoặc là hai · why two ids are one, or two",
        "identity": "Báo cáo danh tính, nghi ngờ trước · identity report, doubtful pairs first",
        "decide": "Quyết định hai mã là một hoặc là hai · decide that two ids are the same or different",
        "stats": "Số lượng và độ phủ · counts and coverage",
        "backup": "Sao lưu đồ thị · copy the truth of a graph home",
        "restore": "Khôi phục từ bản sao lưu · bring a copy back",
        "doctor": "Kiểm tra cài đặt và đồ thị · check the installation and a graph home",
        "schema": "Bản thể học và lược đồ · the ontology and schemas",
        "queries": "Tệp của các câu hỏi có tên · the files of the named questions",
    }
)
"""Each verb is the module `kg.cli.VERB` with a click command `command`; this table lets `--help` answer without importing them."""


class LazyGroup(click.Group):
    """A group that imports a verb's module when the verb is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command = import_module(f"kg.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        _help_in_both(command, ctx)
        return command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _with_help(super().get_help_option(ctx))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (as click has it)
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # a reader that has enough (`kg ask | head`) is no error; click would make it one
            _silence_stdout()
            return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Lệnh · Commands"):
            formatter.write_dl(list(VERBS.items()))


def _help_in_both(command: click.Command, ctx: click.Context) -> None:
    _with_help(command.get_help_option(click.Context(command, parent=ctx)))


def _with_help(option: click.Option | None) -> click.Option | None:
    if option:
        option.help = "Hiện trợ giúp này · show this message and exit."
    return option


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Mã thoát · exit codes: 0 done, 1 error, 2 usage, 3 a check failed, 4 done in part, 130 interrupted.",
)
@click.version_option(__version__, prog_name="kg", help="Phiên bản · the version.")
def cli() -> None:
    """chidao: ai chỉ đạo ai về việc gì, kèm câu gốc · who instructed whom about what, with the sentence that says so."""


def main() -> None:
    """Run `kg`; errors raised on purpose become one line on stderr and the exit code of their class. Output is UTF-8 everywhere."""
    for stream in (sys.stdout, sys.stderr):
        # what a verb prints is Vietnamese, whatever the locale says
        getattr(stream, "reconfigure", lambda **options: None)(encoding="utf-8", errors="backslashreplace")
    hook, sys.unraisablehook = sys.unraisablehook, _end_if_interrupted
    try:
        code = _run()
    finally:
        sys.unraisablehook = hook
    sys.exit(_flushed(code))


def _run() -> int:
    try:
        answer = cli.main(standalone_mode=False)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except click.ClickException as error:
        error.show()
        return UsageError.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _failed("interrupted", 130)
    except ChidaoError as error:
        return _failed(str(error), error.exit_code)
    except UnicodeEncodeError as error:
        # arguments reach Python with half surrogates where they are not UTF-8 (PEP 383)
        return _failed(
            f"tham số không phải UTF-8 · an argument is not UTF-8: {error.object[:60]!a}", UsageError.exit_code
        )
    except OSError as error:
        _silence_stdout()
        where = f"{error.filename}: " if error.filename else ""
        return _failed(f"{where}không đọc hoặc ghi được · can't be read or written: {error.strerror or error}", 1)
    return answer if isinstance(answer, int) else 0


def _failed(message: str, code: int) -> int:
    click.echo(f"kg: {message}", err=True)
    return code


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
    except OSError as error:
        _silence_stdout()
        return _failed(f"không ghi được · can't be written: {error.strerror}", code or 1)
    return code


def _silence_stdout() -> None:
    # Python would complain about what is left in the buffer when it shuts down
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end_if_interrupted(unraisable: "UnraisableHookArgs") -> None:
    # Ctrl-C while a C library calls back (as models are built during import) is told here and nowhere else
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        os.write(2, b"kg: interrupted\n")
        os._exit(130)
    sys.__unraisablehook__(unraisable)
