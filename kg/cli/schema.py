"""`kg schema`: the ontology, rules and generated schemas, for those who don't use Python."""

import sys
from pathlib import Path

import click

from kg.cli.folders import copy_folder, file_names, read_file
from kg.errors import UsageError


@click.command(
    "schema",
    help="In hoặc chép bản thể học và lược đồ · print or copy the ontology and schemas. Without NAME and --to: list them.",
)
@click.argument("name", required=False)
@click.option(
    "--to",
    "target",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Chép cả thư mục vào DIR · copy the folder into DIR.",
)
def command(name: str | None, target: Path | None) -> None:
    """Print one file, copy all, or list them; at most one of NAME and --to."""
    if name and target:
        raise UsageError("chỉ một · give NAME or --to, not both")
    if name:
        sys.stdout.buffer.write(read_file("schema", name))
    elif target:
        click.echo("\n".join(map(str, copy_folder("schema", target))))
    else:
        click.echo("\n".join(file_names("schema")))
