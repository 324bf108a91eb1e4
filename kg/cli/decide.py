"""`kg decide`: a person's decision that two ids are the same, or are not."""

from pathlib import Path
from typing import Literal

import click

from kg.cli.options import graph_option


@click.command(
    "decide",
    help="Quyết định hai mã là một (same) hay là hai (different) · decide that two ids are the same or different (undo takes that back). ID@ARTICLE is the "
    "entity as one article shows it. Kept in HOME/decisions.jsonl; survives rebuilds, and wins.",
)
@click.argument("verdict", type=click.Choice(["same", "different", "undo"]))
@click.argument("a")
@click.argument("b")
@click.option("--note", default="", help="Lý do · why, for whoever reads it later.")
@graph_option
def command(verdict: Literal["same", "different", "undo"], a: str, b: str, note: str, home: Path) -> None:
    """Check that both are there, keep the decision, bring the projections up to date."""
    from kg.errors import UsageError
    from kg.home import GraphHome
    from kg.identify.decisions import Decision
    from kg.identify.resolve import identify
    from kg.identify.why import why
    from kg.stores import refresh

    if a == b:
        raise UsageError(f"{a}: cùng một mã · twice the same id; name one as ID@ARTICLE")
    with GraphHome(home) as truth:
        why(identify(truth.pairs(), truth.decisions()), truth.graph(), a, b)  # refuses what is not there
        truth.decide(Decision(verdict=verdict, a=a, b=b, note=note))
        refresh(home, truth.graph, truth.stamp())
        answer = why(identify(truth.pairs(), truth.decisions()), truth.graph(), a, b)
    click.echo(f"đã ghi · kept: {verdict} {a} {b}")
    click.echo("Nay là một · now the same" if answer.same else "Nay là hai · now different")
