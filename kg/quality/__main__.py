"""`python -m kg.quality`: scores per class, shares per construction, floors, and a report of the misses. Needs a checkout."""

import sys
from pathlib import Path

import click

from kg.errors import CheckFailed, ChidaoError, UsageError
from kg.quality.floors import Floors, load_floors, raised, save_floors, under
from kg.quality.gold import SETS, class_scores, digest, load_set, read_set
from kg.quality.items import pass_shares
from kg.quality.misses import Miss, find_misses
from kg.quality.places import FLOORS, GOLD, SENTENCES
from kg.quality.report import check_outside, sentence_misses, write_report
from kg.quality.table import class_table, sentence_table


@click.command()
@click.option(
    "--folds", is_flag=True, help="Also train five times and score each fifth of train unseen (some minutes)."
)
@click.option("--update", is_flag=True, help="Raise the floors to what was measured; lowers none.")
@click.option(
    "--allow-regression", "allowed", metavar="NAME", multiple=True, help="With --update: let this floor fall (dev/*)."
)
@click.option(
    "--report", metavar="FILE", type=click.Path(path_type=Path), help="Write the misses as HTML, outside the project."
)
def command(folds: bool, update: bool, allowed: tuple[str, ...], report: Path | None) -> None:
    """Measure the reader. Exit code 3 where a figure is under its floor."""
    if not SENTENCES.is_dir():
        raise UsageError(
            f"no test sentences at {SENTENCES}: the reader is measured in a checkout, not where it is installed"
        )
    if report is not None:
        check_outside(report)
    measured, misses = _measure(folds)
    table = "\n\n".join(filter(None, (class_table(measured), sentence_table(measured))))
    click.echo(table)
    if report is not None:
        write_report([*misses, *sentence_misses()], table, report)
        click.echo(f"{report}: quotes gold text; keep it out of the project", err=True)
    _hold(measured, update, allowed)


def _measure(folds: bool) -> tuple[Floors, list[Miss]]:
    figures, digests, misses = pass_shares(), {}, []
    if not GOLD.is_dir():
        click.echo(f"no gold at {GOLD}: only the test sentences are measured", err=True)
        return Floors(figures, {}), []
    for name in SETS:
        gold_set = load_set(name)
        readings = read_set(gold_set)
        digests[name] = digest(name)
        figures |= class_scores(gold_set, readings, name)
        if folds and name == "train":
            from kg.quality.folds import folded_readings  # needs the extra `train`

            readings = folded_readings(gold_set)
            figures |= class_scores(gold_set, readings, "folds")
        misses += find_misses(gold_set, readings)
    return Floors(figures, digests), misses


def _hold(measured: Floors, update: bool, allowed: tuple[str, ...]) -> None:
    floors = load_floors(FLOORS)
    if update:
        save_floors(raised(floors, measured, allowed), FLOORS)
        return
    fallen = under(floors, measured)
    if fallen:
        raise CheckFailed("\n".join(fallen))
    new = len(measured.figures.keys() - floors.figures.keys())
    click.echo(f"no figure under its floor{f'; {new} without one yet: --update' if new else ''}", err=True)


def main() -> None:
    """Run the command; errors raised on purpose become lines on stderr and the exit code of their class."""
    try:
        command.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except ChidaoError as error:
        click.echo(f"kg.quality: {error}", err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
