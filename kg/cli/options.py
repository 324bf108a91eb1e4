"""Options that several verbs have, once."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kg.stores.base import Table

graph_option = click.option(
    "-g",
    "--graph",
    "home",
    type=click.Path(path_type=Path),
    default=Path("graph"),
    show_default=True,
    metavar="DIR",
    help="Thư mục của đồ thị · the graph home.",
)


def form_options(command: Any) -> Any:  # noqa: ANN401 (click decorators are untyped)
    """Add --json and --csv, which set `form`."""
    command = click.option("--csv", "form", flag_value="csv", help="CSV.")(command)
    return click.option("--json", "form", flag_value="json", help="Một mảng JSON · one JSON array.")(command)


def print_as(form: str, answer: "Table") -> None:
    """Print an answer on standard output as `json` or `csv`."""
    from kg.export.rows import rows_json, table_csv

    sys.stdout.write(rows_json(answer.dicts()) if form == "json" else table_csv(answer))


def tell_truncated(answer: "Table", limit: int) -> None:
    """Say on standard error that there were more rows, where there were."""
    if answer.truncated:
        click.echo(f"kg: chỉ {limit} dòng đầu · first {limit} rows only; more with --limit", err=True)
