"""`kg queries`: the named questions as files, for those who don't use Python."""

from pathlib import Path

import click

from kg.cli.folders import copy_folder, file_names


@click.command(
    "queries", help="Liệt kê hoặc chép các tệp câu hỏi SPARQL, Cypher · list or copy the files of the named questions."
)
@click.option(
    "--to",
    "target",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Chép cả thư mục vào DIR · copy the folder into DIR.",
)
def command(target: Path | None) -> None:
    """Copy all files, or list them."""
    if target:
        click.echo("\n".join(map(str, copy_folder("queries", target))))
    else:
        click.echo("\n".join(file_names("queries")))
