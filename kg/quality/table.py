"""The figures as text: gold classes by set, and the constructions of the test sentences that are not all right."""

import csv
from collections.abc import Mapping
from importlib.resources import files

from kg.quality.floors import Floors

_COLUMNS = ("folds", "train", "ledes", "dev")


def class_table(measured: Floors) -> str:
    """Return a table of the classes: five-fold and fitted `train`, `ledes`, `dev`, what is wanted on `dev`, and the gap.

    The gap is five-fold `train` (where it was measured, else fitted `train`) less `dev`.
    """
    columns = [name for name in _COLUMNS if any(key.startswith(f"{name}/") for key in measured.figures)]
    lines = [_row(["class", *columns, "wanted", "gap"])]
    for name, target in _targets().items():
        figures = [measured.figures.get(f"{column}/{name}") for column in columns]
        lines.append(_row([name, *map(_figure, figures), _figure(target), _gap(measured.figures, name)]))
    return "\n".join(lines)


def sentence_table(measured: Floors) -> str:
    """Return a line for each construction of which some item is read wrong, the worst first, under the mean of all."""
    shares = {
        name.partition("/")[2]: share for name, share in measured.figures.items() if name.startswith("sentences/")
    }
    if not shares:
        return ""
    wrong = sorted((share, name) for name, share in shares.items() if share < 1)
    mean = sum(shares.values()) / len(shares)
    head = f"{len(shares)} constructions, mean share of items read right {mean:.3f}; not all right in {len(wrong)}:"
    return "\n".join([head, *(f"  {share:5.2f}  {name}" for share, name in wrong)])


def _targets() -> dict[str, float | None]:
    text = (files("kg.quality") / "targets.csv").read_text(encoding="utf-8")
    return {row["class"]: float(row["target"]) if row["target"] else None for row in csv.DictReader(text.splitlines())}


def _gap(figures: Mapping[str, float], name: str) -> str:
    learned = figures.get(f"folds/{name}", figures.get(f"train/{name}"))
    dev = figures.get(f"dev/{name}")
    return "-" if learned is None or dev is None else f"{learned - dev:+.3f}"


def _figure(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.3f}"


def _row(cells: list[str]) -> str:
    return f"{cells[0]:22s}" + "".join(f"{cell:>8s}" for cell in cells[1:])
