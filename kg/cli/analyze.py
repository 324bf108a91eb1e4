"""`kg analyze`: centrality, brokers, communities, chains, change between two periods."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import form_options, graph_option, print_as
from kg.errors import UsageError
from kg.stores.base import Table

if TYPE_CHECKING:
    import networkx

    from kg.analyze.network import Level, Selection

_PLOTTED = {"centrality": "pagerank", "brokers": "brokerage", "change": "share_moved"}


@click.command(
    "analyze",
    help="Phân tích mạng chỉ đạo · analysis of who instructs whom: tables, a plot (--svg), GraphML with the values (-o).",
)
@click.argument(
    "what", type=click.Choice(["centrality", "brokers", "communities", "chains", "change"]), default="centrality"
)
@click.option("--since", default="", help="Từ ngày (YYYY[-MM[-DD]]) · from this date.")
@click.option("--until", default="", help="Đến hết ngày · up to this date.")
@click.option(
    "--against",
    default="",
    metavar="FROM..TO",
    help="Kỳ để so sánh (change) · the period to compare with, either end may be left out.",
)
@click.option("--topic", default="", help="Chủ đề có chữ này · topics that have these words.")
@click.option(
    "--level",
    type=click.Choice(["actor", "body"]),
    default="actor",
    show_default=True,
    help="Người và chức vụ, hay cơ quan của họ · people and posts, or the bodies that they act for.",
)
@graph_option
@form_options
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="Số dòng của bảng · rows of the table."
)
@click.option("--svg", type=click.Path(path_type=Path), help="Vẽ ra tệp SVG · a plot as SVG.")
@click.option(
    "-o", "--output", "graphml", type=click.Path(path_type=Path), help="GraphML có các số đo · GraphML with the values."
)
def command(
    what: str,
    since: str,
    until: str,
    against: str,
    topic: str,
    level: "Level",
    home: Path,
    form: str | None,
    limit: int,
    svg: Path | None,
    graphml: Path | None,
) -> None:
    """Print one table, and write what was asked for beside it."""
    from kg.analyze import measures
    from kg.analyze.network import network
    from kg.ask.home import graph_of
    from kg.cli.output import whole_file

    now, then = _selections(what, since, until, against, topic)
    graph = graph_of(home)
    found = network(graph, now, level)
    if what == "change":
        table = measures.change(found, network(graph, then, level))
    else:
        table = {
            "centrality": measures.centrality,
            "brokers": measures.brokers,
            "communities": measures.communities,
            "chains": measures.chains,
        }[what](found)
    if svg:
        with whole_file(svg) as out:
            out.write(_plot(what, found, table).encode())
    if graphml:
        from kg.analyze.graphml import write

        with whole_file(graphml) as out:
            write(found, out)
    _print(Table(table.columns, table.rows[:limit]), form, what)
    if len(table.rows) > limit and not form:
        click.echo(f"kg: {limit}/{len(table.rows)} dòng · rows; more with --limit", err=True)


def _selections(what: str, since: str, until: str, against: str, topic: str) -> "tuple[Selection, Selection]":
    from kg.analyze.network import Selection
    from kg.ask.params import checked_date

    if bool(against) != (what == "change"):
        raise UsageError(
            "change cần --against FROM..TO, và chỉ change · change needs --against FROM..TO, nothing else takes it"
        )
    first, dots, last = against.partition("..")
    if against and not (dots and (first or last)):
        raise UsageError(f"--against: {against!r}: write FROM..TO, as 2016..2018 or ..2016-06")
    for name, value in (("--since", since), ("--until", until), ("--against", first), ("--against", last)):
        checked_date(name, value)
    return Selection(since, until, topic), Selection(first, last, topic)


def _plot(what: str, found: "networkx.DiGraph[str]", table: Table) -> str:
    from kg.analyze import measures, plot

    title = f"chidao · {what} · {len(found)} actors"
    if what in _PLOTTED:
        return plot.bars(table, _PLOTTED[what], title)
    groups = {ident: int(one["community"]) for ident, one in measures.values(found, ["community"]).items()}
    return plot.ring(found, measures.central(found), groups, title)


def _print(table: Table, form: str | None, what: str) -> None:
    from kg.export.rows import print_table

    if form:
        print_as(form, table)
    else:
        shown = [at for at, name in enumerate(table.columns) if name != "id"]
        rows = tuple(tuple(row[at] for at in shown) for row in table.rows)
        print_table(Table(tuple(table.columns[at] for at in shown), rows), title=what)
