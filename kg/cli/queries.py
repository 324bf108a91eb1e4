"""`kg queries`: the named questions as files, for those who don't use Python."""

from pathlib import Path

import click

from kg.cli.folders import copy_or_list, target_option


@click.command(
    "queries", help="Liệt kê hoặc chép các tệp câu hỏi SPARQL, Cypher · list or copy the files of the named questions."
)
@target_option
def command(target: Path | None) -> None:
    """Copy all files, or list them."""
    copy_or_list("queries", target)
