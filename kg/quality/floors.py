"""Floors: the figure of each class and construction that a change may not fall under unnoticed, kept in `tests/quality/floors.json`."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from kg.errors import CheckFailed


@dataclass(frozen=True, slots=True)
class Floors:
    """`figures` by name (`dev/officials`, `sentences/passive`), and the digests of the gold sets that they were measured on."""

    figures: Mapping[str, float]
    digests: Mapping[str, str]


def load_floors(path: Path) -> Floors:
    """Return the floors of a file; none where it does not exist yet."""
    if not path.exists():
        return Floors({}, {})
    data = json.loads(path.read_text(encoding="utf-8"))
    return Floors(data["floors"], data["digests"])


def save_floors(floors: Floors, path: Path) -> None:
    """Write the floors, sorted, one a line."""
    data = {"digests": dict(sorted(floors.digests.items())), "floors": dict(sorted(floors.figures.items()))}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def under(floors: Floors, measured: Floors) -> list[str]:
    """Return a line for each measured figure under its floor, and for each gold set that is not the one of the floors.

    >>> under(Floors({"dev/posts": 0.9}, {}), Floors({"dev/posts": 0.89, "dev/new": 0.1}, {}))
    ['dev/posts: 0.8900 is under its floor of 0.9000']
    """
    lines = [
        f"{name}: {figure:.4f} is under its floor of {floors.figures[name]:.4f}"
        for name, figure in sorted(measured.figures.items())
        if figure < floors.figures.get(name, 0.0)
    ]
    return lines + [
        f"gold set {name}: its text has changed since the floors were measured; check, then --update"
        for name, digest in sorted(measured.digests.items())
        if floors.digests.get(name, digest) != digest
    ]


def raised(floors: Floors, measured: Floors, allowed: Iterable[str] = ()) -> Floors:
    """Return `floors` raised to what was measured; a floor falls only where its name fits a pattern of `allowed` (`dev/*`).

    What was not measured this time stays. Raises CheckFailed, naming each, where a floor would fall without being allowed to.

    >>> raised(Floors({"a": 0.5, "b": 0.5}, {}), Floors({"a": 0.6, "b": 0.4}, {}), ["b"]).figures
    {'a': 0.6, 'b': 0.4}
    """
    patterns = tuple(allowed)
    falling = [
        f"{name}: floor {floors.figures[name]:.4f} would fall to {figure:.4f}"
        for name, figure in sorted(measured.figures.items())
        if figure < floors.figures.get(name, 0.0) and not any(fnmatchcase(name, pattern) for pattern in patterns)
    ]
    if falling:
        raise CheckFailed(
            "no floor was changed; say --allow-regression NAME where this is meant\n" + "\n".join(falling)
        )
    return Floors({**floors.figures, **measured.figures}, {**floors.digests, **measured.digests})
