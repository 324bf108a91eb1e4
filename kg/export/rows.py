"""Rows of an answer as JSON, CSV or a table on the terminal."""

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from kg.export.safe import csv_cell, terminal_text
from kg.stores.base import Cell, Table

_WIDTH: Final = 160
_NUMBERS: Final = (int, float)


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
    """Print `table` on standard output, wrapped to the terminal (160 columns where there is none)."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    shown = RichTable(title=Text(title) if title else None, box=box.SIMPLE_HEAD, show_lines=True, title_justify="left")
    for number, name in enumerate(table.columns):
        is_number = all(isinstance(row[number], _NUMBERS) or row[number] is None for row in table.rows)
        shown.add_column(Text(name), justify="right" if is_number and table.rows else "left", overflow="fold")
    for row in table.rows:
        shown.add_row(*(Text(_shown(value)) for value in row))
    Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False).print(shown)


def _shown(value: Cell) -> str:
    if value is None:
        return ""
    return terminal_text("\n".join(map(str, value)) if isinstance(value, list) else str(value))
