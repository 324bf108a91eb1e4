"""`kg export`: the graph in one of the formats of `kg.export.FORMATS`."""

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option
from kg.cli.output import whole_file
from kg.errors import StoreError
from kg.export import FOLDERS, FORMATS, write_export

if TYPE_CHECKING:
    from kg.graph.records import Graph


@click.command(
    "export",
    help="Xuất đồ thị · export the graph. csv, neo4j-csv: a folder, or a zip archive where the name ends in .zip or is -.",
)
@click.option("-f", "--format", "form", type=click.Choice(list(FORMATS)), required=True, help="Định dạng · format.")
@click.option("-o", "--output", default="-", show_default=True, help="Tệp, hoặc - · file, or - for standard output.")
@graph_option
def command(form: str, output: str, home: Path) -> None:
    """Write the graph; a file appears whole or not at all."""
    from kg.ask.home import graph_of

    graph = graph_of(home)
    if output == "-":
        write_export(graph, form, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    if form in FOLDERS and target.suffix != ".zip":
        _write_folder(graph, form, target)
        return
    with whole_file(target) as out:
        write_export(graph, form, out)


def _write_folder(graph: "Graph", form: str, target: Path) -> None:
    try:
        import_module(FOLDERS[form]).write_folder(graph, target)
    except OSError as error:
        raise StoreError(f"{target}: không ghi được · can't be written: {error.strerror}") from error
