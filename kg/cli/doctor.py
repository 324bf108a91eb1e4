"""`kg doctor`: what is installed and reachable, and whether the graph home is sound."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.options import graph_option

_MARKS = {"ok": "OK", "note": "· ", "fault": "LỖI"}


@click.command(
    "doctor",
    help="Kiểm tra cài đặt và đồ thị · check the installation and a graph home; exit code 3 if something is wrong.",
)
@graph_option
@click.option("--json", "as_json", is_flag=True, help="Một mảng JSON · one JSON array.")
def command(home: Path, as_json: bool) -> None:
    """Print each finding with what to do about it."""
    from kg.errors import CheckFailed
    from kg.home.health import graph_home, installation

    findings = [*installation(), *graph_home(home)]
    if as_json:
        import orjson

        sys.stdout.buffer.write(orjson.dumps([asdict(f) for f in findings], option=orjson.OPT_APPEND_NEWLINE))
    else:
        for finding in findings:
            advice = f"  → {finding.advice}" if finding.advice else ""
            click.echo(f"{_MARKS[finding.state]:<4} {finding.check}: {finding.told}{advice}")
    faults = sum(finding.state == "fault" for finding in findings)
    if faults:
        raise CheckFailed(f"{faults} lỗi · faults")
