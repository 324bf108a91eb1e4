"""`kg why`: why two ids are one, or two."""

import sys
from pathlib import Path

import click

from kg.cli.options import graph_option


@click.command(
    "why", help="Vì sao hai mã là một, hoặc là hai · why two ids are one, or two: score, reasons, values compared."
)
@click.argument("a")
@click.argument("b")
@graph_option
@click.option("--json", "as_json", is_flag=True, help="Một đối tượng JSON · one JSON object.")
def command(a: str, b: str, home: Path, as_json: bool) -> None:
    """Print the verdict, then one reason a line, strongest first."""
    from kg.home import GraphHome
    from kg.identify.career import THRESHOLD
    from kg.identify.reasons import reason_text
    from kg.identify.resolve import identify
    from kg.identify.why import why

    with GraphHome(home) as truth:
        answer = why(identify(truth.pairs(), truth.decisions()), truth.graph(), a, b)
    if as_json:
        import orjson

        record = answer._asdict() | {"reasons": [reason._asdict() for reason in answer.reasons], "threshold": THRESHOLD}
        sys.stdout.buffer.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        return
    click.echo("Là một · the same" if answer.same else "Là hai · different")
    click.echo(f"  a  {answer.a}\n  b  {answer.b}")
    if answer.score is not None:
        click.echo(f"  điểm · score {answer.score:g} (gộp từ · merged from {THRESHOLD:g})")
    for reason in answer.reasons:
        click.echo(
            f"  {reason.weight:+6.1f}  {reason_text(reason.name)}" + (f": {reason.values}" if reason.values else "")
        )
