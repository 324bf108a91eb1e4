"""`kg verify`: checks every fact against the sentence that states it."""

from pathlib import Path

import click

from kg.cli.options import graph_option
from kg.errors import CheckFailed

_LABELS = {
    "quote": "câu gốc đúng vị trí · quotes stand at their offsets",
    "reference": "liên kết có đích · references point at an entity of an allowed class",
    "evidence": "thực thể có bằng chứng · entities have evidence",
    "rule": "quy tắc của lược đồ được giữ · rules of the schema hold",
}
_SHOWN = 50


@click.command(
    "verify",
    help="Kiểm tra từng dữ kiện với câu gốc · check every fact against its sentence; exit code 3 if one fails.",
)
@graph_option
def command(home: Path) -> None:
    """Print what was checked, or name each fault."""
    from kg.graph.verify import verify
    from kg.home import GraphHome

    with GraphHome(home) as truth:
        report = verify(truth)
    for fault in report.faults[:_SHOWN]:
        click.echo(f"kg: {fault}", err=True)
    if report.faults:
        raise CheckFailed(
            f"{len(report.faults)} lỗi · faults in {home}; the first {min(len(report.faults), _SHOWN)} are named above"
        )
    for check, label in _LABELS.items():
        click.echo(f"OK  {report.checked[check]:>8}  {label}")
