"""`kg schema`: the ontology, rules and generated schemas, for those who don't use Python."""

import sys
from pathlib import Path

import click

from kg.cli.folders import copy_or_list, read_file, target_option
from kg.errors import UsageError


@click.command(
    "schema",
    help="In hoặc chép bản thể học và lược đồ · print or copy the ontology and schemas. Without NAME and --to: list them.",
)
@click.argument("name", required=False)
@target_option
def command(name: str | None, target: Path | None) -> None:
    """Print one file, copy all, or list them; at most one of NAME and --to."""
    if name and target:
        raise UsageError("chỉ một · give NAME or --to, not both")
    if name:
        sys.stdout.buffer.write(read_file("schema", name))
    else:
        copy_or_list("schema", target)
