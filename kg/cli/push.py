"""`kg push`: makes a Neo4j hold the graph."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import database_option, graph_option
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.stores.neo4j_access import Neo4jAccess
    from kg.stores.neo4j_push import Counts, Pushed

_LABELS = {
    "adopted": "nhận từ bản không do kg push ghi · taken over (--adopt)",
    "created": "mới · created",
    "updated": "sửa · updated",
    "removed": "xóa · removed",
    "kept": "để lại vì có quan hệ của người khác · left, for relationships of others hang on it",
}


@click.command(
    "push",
    help="Đưa đồ thị vào Neo4j · make a Neo4j hold the graph. URI: neo4j://HOST:7687, bolt://, +s for TLS; default NEO4J_URI. User and "
    "password: NEO4J_USERNAME, NEO4J_PASSWORD. What kg push did not write is not touched.",
)
@click.argument("uri", required=False)
@graph_option
@database_option
@click.option("--dry-run", is_flag=True, help="Chỉ so sánh, không ghi · compare only; nothing is written.")
@click.option(
    "--adopt",
    is_flag=True,
    help="Nhận cả nút, quan hệ cùng loại và mã do cách khác ghi (kg export -f cypher) · take over nodes and relationships of this graph "
    "that something else wrote.",
)
@click.option("--json", "as_json", is_flag=True, help="Tóm tắt dạng JSON ra stdout · the summary as JSON on stdout.")
def command(uri: str | None, home: Path, database: str | None, dry_run: bool, adopt: bool, as_json: bool) -> None:
    """Write what is missing, change what differs, remove what left the graph; a second push changes nothing."""
    from kg.ask.home import graph_of
    from kg.stores.neo4j_access import access_to
    from kg.stores.neo4j_push import push

    if adopt and dry_run:
        raise UsageError("--adopt ghi dấu trước khi so sánh · --adopt marks before it compares: leave --dry-run out")
    access = access_to(uri, database=database)
    graph = graph_of(home)
    with ExitStack() as stack:
        pushed = push(access, graph, dry_run=dry_run, adopt=adopt, on_step=_progress(stack))
    _print(pushed, access, as_json, dry_run)


def _progress(stack: ExitStack) -> "Callable[[int, int], None]":
    """Show the changes on stderr where somebody sits before it; until the first, the server is being compared."""
    if not sys.stderr.isatty():
        return lambda done, total: None
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    task = progress.add_task("so sánh · comparing", total=None)
    return lambda done, total: progress.update(
        task, completed=done, total=total, description="nút, quan hệ · nodes, relationships"
    )


def _print(pushed: "Pushed", access: "Neo4jAccess", as_json: bool, dry_run: bool) -> None:
    if as_json:
        import orjson

        summary = {"uri": access.uri, "database": access.database, "dry_run": dry_run, **asdict(pushed)}
        sys.stdout.buffer.write(orjson.dumps(summary, option=orjson.OPT_APPEND_NEWLINE))
        return
    if dry_run:
        click.echo("Chạy thử, chưa ghi gì · trial run, nothing was written")
    if not pushed.changes:
        same = pushed.nodes.unchanged + pushed.relationships.unchanged
        click.echo(f"không có gì thay đổi · nothing changed ({same})")
    _lines("nút · nodes", pushed.nodes)
    _lines("quan hệ · relationships", pushed.relationships)


def _lines(what: str, counts: "Counts") -> None:
    for name, label in _LABELS.items():
        if number := getattr(counts, name):
            click.echo(f"{number:>8}  {what}: {label}")
