"""`kg export`: the graph in one of the formats of `kg.export.FORMATS`."""

import sys
from pathlib import Path

import click

from kg.errors import StoreError
from kg.export import FORMATS, write_export


@click.command(
    "export",
    help="Xuất đồ thị · export the graph. csv: a folder, or a zip archive where the name ends in .zip or is -.",
)
@click.option("-f", "--format", "form", type=click.Choice(list(FORMATS)), required=True, help="Định dạng · format.")
@click.option("-o", "--output", default="-", show_default=True, help="Tệp, hoặc - · file, or - for standard output.")
@click.option("-g", "--graph", "home", type=click.Path(path_type=Path), default=Path("graph"), show_default=True)
def command(form: str, output: str, home: Path) -> None:
    """Write the graph; a file appears whole or not at all."""
    from kg.ask.home import graph_of

    graph = graph_of(home)
    if output == "-":
        write_export(graph, form, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    try:
        if form == "csv" and target.suffix != ".zip":
            from kg.export.tables import write_folder

            write_folder(graph, target)
            return
        temporary = target.with_name(target.name + ".part")
        with temporary.open("wb") as out:
            write_export(graph, form, out)
        temporary.replace(target)
    except OSError as error:
        raise StoreError(f"{output}: không ghi được · can't be written: {error.strerror}") from error
