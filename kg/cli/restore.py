"""`kg restore`: makes a backup the truth of a graph home."""

from pathlib import Path

import click

from kg.cli.options import graph_option


@click.command(
    "restore",
    help="Khôi phục đồ thị từ bản sao lưu BACKUP · make BACKUP the truth of the graph home. It is checked first; a truth that is there "
    "is put aside, not lost.",
)
@click.argument("backup", type=click.Path(path_type=Path))
@graph_option
@click.option(
    "--force", is_flag=True, help="Cất bản đang có sang bên · put what is there aside as truth.sqlite.before-restore."
)
def command(backup: Path, home: Path, force: bool) -> None:
    """Say how many articles the home has now; the next question rebuilds its stores."""
    from kg.home.backup import restore

    click.echo(f"{home}: {restore(backup, home, force=force)} bài · articles")
