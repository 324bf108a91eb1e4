"""Options that several verbs have, once."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from kg.stores.base import Engine, Table
    from kg.stores.neo4j_access import Neo4jAccess


class Source(NamedTuple):
    """What answers: the graph home, an engine (None: the default for the language), and a Neo4j where it is the engine."""

    home: Path
    engine: "Engine | None"
    access: "Neo4jAccess | None"


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

database_option = click.option(
    "--database",
    metavar="NAME",
    help="Cơ sở dữ liệu của Neo4j, mặc định của máy chủ · of a Neo4j; default: the server's.",
)
uri_option = click.option(
    "--uri", metavar="URI", help="Hỏi một Neo4j thay vì thư mục, mặc định NEO4J_URI · ask a Neo4j; default NEO4J_URI."
)


def _columns(context: click.Context, parameter: click.Parameter, value: str | None) -> dict[str, str]:
    from kg.errors import UsageError
    from loaders.columns import FIELDS

    parts = [part.partition("=") for part in (value or "").split(",") if part.strip()]
    columns = {field.strip(): name.strip() for field, _, name in parts}
    for field, name in columns.items():
        if field not in FIELDS or not name:
            raise UsageError(f"--columns {field}: cần · needs FIELD=COLUMN, FIELD: {', '.join(FIELDS)}")
    return columns


columns_option = click.option(
    "--columns",
    callback=_columns,
    metavar="FIELD=COLUMN,...",
    help="Cột nào của bảng là gì, vd text=Nội dung; mặc định đoán theo tên cột · which column of a table is what; default: "
    "guessed by their headers.",
)


def _encoding(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    from loaders.recode import encoding_named

    return encoding_named(value) if value else None


encoding_option = click.option(
    "--encoding",
    callback=_encoding,
    metavar="NAME",
    help="Bảng mã của mọi tệp chữ, vd tcvn3, vni, windows-1258; mặc định tự nhận · the encoding of all text files; default: "
    "found by their words.",
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


def source_of(home: Path, engine: "Engine | None", uri: str | None, database: str | None) -> Source:
    """Return where to ask: with --uri, or --engine neo4j and NEO4J_URI, a Neo4j. Raises UsageError where the options contradict."""
    from kg.errors import UsageError
    from kg.stores.neo4j_access import access_to

    if engine not in (None, "neo4j") and (uri or database):
        raise UsageError(f"--uri, --database: chỉ cho · only for --engine neo4j, not {engine}")
    if engine == "neo4j" or uri or database:
        return Source(home, "neo4j", access_to(uri, database=database))
    return Source(home, engine, None)
