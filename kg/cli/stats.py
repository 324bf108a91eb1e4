"""`kg stats`: counts and coverage of a graph home."""

import sys
from collections import Counter
from pathlib import Path

import click

from kg.cli.options import graph_option

_TITLES = {
    "classes": "Số lượng · counts",
    "months": "Bài theo tháng · articles by month",
    "places": "Chỉ đạo theo địa bàn · directives by place",
    "outlets": "Bài theo nguồn · articles by outlet",
    "unresolved": "Chưa xác định · unresolved",
    "sources": "Nguồn · sources",
}
_ROWS = 20


@click.command("stats", help="Số lượng và độ phủ · counts and coverage.")
@graph_option
@click.option("--json", "as_json", is_flag=True, help="Một đối tượng JSON · one JSON object.")
def command(home: Path, as_json: bool) -> None:
    """Print tables, or everything as JSON."""
    groups = _groups(home)
    if as_json:
        import orjson

        sys.stdout.buffer.write(orjson.dumps(groups, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_INDENT_2))
        return
    for name, counts in groups.items():
        _print(_TITLES[name], counts)


def _groups(home: Path) -> dict[str, dict[str, int]]:
    from kg.home import GraphHome
    from kg.home.stats import stats

    with GraphHome(home) as truth:
        found = stats(truth.graph())
        sources = Counter(source.outcome for source in truth.sources())
        sources["retracted"] = len(truth.retracted())
    return {
        "classes": dict(found.classes),
        "months": dict(sorted(found.months.items())),
        "places": _most(found.places),
        "outlets": _most(found.outlets),
        "unresolved": {name: count for name, count in sorted(found.unresolved.items()) if count},
        "sources": dict(sorted(sources.items())),
    }


def _most(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _print(title: str, counts: dict[str, int]) -> None:
    from rich.table import Table
    from rich.text import Text

    from kg.export.rows import stdout_console
    from kg.export.safe import terminal_text

    table = Table(show_header=False, box=None)
    table.add_column(justify="right")
    table.add_column()
    for name, count in list(counts.items())[:_ROWS]:
        table.add_row(str(count), Text(terminal_text(name)))
    if len(counts) > _ROWS:
        table.add_row("", Text(f"… {len(counts) - _ROWS} dòng nữa · more, with --json"))
    click.echo(title)
    stdout_console().print(table)
