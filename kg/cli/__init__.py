"""The command `kg`: one file per verb, imported only when that verb is called."""

import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

from kg import __version__
from kg.errors import ChidaoError

VERBS: Mapping[str, str] = MappingProxyType(
    {
        "read": "Đọc bài, in ra bản đọc (JSON lines) · read articles, print readings",
        "build": "Nạp bài vào đồ thị · add sources to a graph home",
        "ask": "Ai chỉ đạo ai về việc gì · who instructed whom about what",
        "query": "Chạy câu hỏi có tên, SPARQL hoặc Cypher · run a named question, SPARQL or Cypher",
        "export": "Xuất đồ thị · export the graph",
        "verify": "Kiểm tra từng dữ kiện với câu gốc · check every fact against its sentence",
        "retract": "Rút một bài khỏi đồ thị · take one article out",
        "why": "Vì sao hai mã là một hoặc là hai · why two ids are one, or two",
        "identity": "Báo cáo danh tính, nghi ngờ trước · identity report, doubtful pairs first",
        "decide": "Quyết định hai mã là một hoặc là hai · decide that two ids are the same or different",
        "stats": "Số lượng và độ phủ · counts and coverage",
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
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Lệnh · Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Mã thoát · exit codes: 0 done, 1 error, 2 usage, 3 a check failed, 4 done in part, 130 interrupted.",
)
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """chidao: ai chỉ đạo ai về việc gì, kèm câu gốc · who instructed whom about what, with the sentence that says so."""


def main() -> None:
    """Run `kg`; errors raised on purpose become one line on stderr and the exit code of their class."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("kg: interrupted", err=True)
        sys.exit(130)
    except ChidaoError as error:
        click.echo(f"kg: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
