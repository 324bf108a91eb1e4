"""`kg retract`: takes one article out, and with it what only that article states."""

from pathlib import Path

import click

from kg.cli.options import graph_option


@click.command(
    "retract",
    help="Rút một bài khỏi đồ thị · take one article out. ARTICLE: its id, or the id that its source gave it.",
)
@click.argument("article")
@graph_option
def command(article: str, home: Path) -> None:
    """Retract, then bring the projections up to date."""
    from kg.home import GraphHome
    from kg.stores import refresh

    with GraphHome(home) as truth:
        for ident in truth.retract(article):
            click.echo(f"đã rút · retracted {ident}")
        click.echo("Lần nạp sau sẽ bỏ qua bài này, trừ khi dùng --force · the next build passes it over, unless forced")
        refresh(home, truth.graph, truth.stamp())
