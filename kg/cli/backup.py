"""`kg backup`: a copy of the truth, while others read and write."""

from pathlib import Path

import click

from kg.cli.options import graph_option


@click.command(
    "backup",
    help="Sao lưu đồ thị vào thư mục mới TARGET, kể cả khi đang nạp · copy the truth to the new folder TARGET, also during a build. "
    "The copy is checked, and is a graph home itself; stores are left out, they are rebuilt.",
)
@click.argument("target", type=click.Path(path_type=Path))
@graph_option
def command(target: Path, home: Path) -> None:
    """Say how many articles the copy has."""
    from kg.home.backup import backup

    click.echo(f"{target}: {backup(home, target)} bài · articles")
