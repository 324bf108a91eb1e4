"""Rows of an answer as JSON, CSV or a table on the terminal."""

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kg.export.safe import csv_cell, terminal_text
from kg.stores.base import Cell, Table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable

_WIDTH: Final = 160
_WIDE: Final = 9


def rows_json(rows: Sequence[Mapping[str, Cell]]) -> str:
    """Return one JSON array, one row a line.

    >>> rows_json([{"a": 1}])
    '[\\n{"a": 1}\\n]\\n'
    """
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    body = ",\n".join(lines)
    return f"[\n{body}\n]\n" if rows else "[]\n"


def table_csv(table: Table) -> str:
    """Return RFC 4180 lines with a header, safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([csv_cell(value) for value in row] for row in table.rows)
    return out.getvalue()


def print_table(table: Table, *, title: str | None = None) -> None:
    """Print `table` on standard output, wrapped to the terminal (160 columns where there is none); a wide one as a block a row.

    The column `exact`, which only ranks, and empty values in blocks are left out: `--json` and `--csv` have everything.
    """
    shown = _without(table, "exact")
    console = stdout_console()
    console.print(_blocks(shown) if len(shown.columns) > _WIDE else _grid(shown, title))
    if not title:
        console.print(f"({len(table.rows)} dòng · rows)")


def stdout_console() -> "Console":
    """Return a rich console on standard output, 160 columns wide where that is no terminal; a closed pipe raises BrokenPipeError."""
    from rich.console import Console

    class StdoutConsole(Console):
        def on_broken_pipe(self) -> None:
            # rich would end the program with 1, though a reader that has enough is no error
            raise BrokenPipeError

    return StdoutConsole(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)


def _grid(table: Table, title: str | None) -> "RichTable":
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable(title=Text(title) if title else None, box=box.SIMPLE_HEAD, show_lines=True, title_justify="left")
    for number, name in enumerate(table.columns):
        is_number = any(isinstance(row[number], int | float) for row in table.rows)
        grid.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(_shown(value)) for value in row))
    return grid


def _blocks(table: Table) -> "RichTable":
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable(box=None, show_header=False, padding=(0, 2, 0, 0))
    grid.add_column(style="bold")
    grid.add_column(overflow="fold")
    for row in table.dicts():
        for name, value in row.items():
            if value not in (None, []):
                grid.add_row(Text(name), Text(_shown(value)))
        grid.add_row("", "")
    return grid


def _without(table: Table, name: str) -> Table:
    kept = [number for number, column in enumerate(table.columns) if column != name]
    rows = tuple(tuple(row[number] for number in kept) for row in table.rows)
    return Table(tuple(table.columns[number] for number in kept), rows, table.truncated)


def _shown(value: Cell) -> str:
    if value is None:
        return ""
    return terminal_text("\n".join(map(str, value)) if isinstance(value, list) else str(value))
