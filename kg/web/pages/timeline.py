"""Directives given and received, drawn as bars by month: pure arithmetic, the template draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.web.index.profile import Month

WIDTH: Final = 900
"""Width of the drawing."""

_HALF: Final = 70
_WIDEST: Final = 26
_LEFT: Final = 36


@dataclass(frozen=True, slots=True)
class Bars:
    """A month: x and width, and the heights of what was given (up) and received (down)."""

    month: Month
    x: float
    width: float
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing; the axis lies at `axis`; `years` are labels and their x; `most` is the number that the tallest bar stands for."""

    bars: tuple[Bars, ...]
    years: tuple[tuple[str, float], ...]
    most: int
    axis: float
    height: float


def timeline(months: Sequence[Month]) -> Timeline | None:
    """Return the drawing, None where there is no month."""
    if not months:
        return None
    first, last = (_number(months[at].month) for at in (0, -1))
    step = (WIDTH - _LEFT - 10) / (last - first + 1)
    width = min(_WIDEST, max(1.5, step * 0.8))
    most = max(max(month.given, month.received) for month in months)
    axis = _HALF + 12.0
    bars = tuple(
        Bars(
            month,
            round(_LEFT + (_number(month.month) - first) * step, 1),
            round(width, 1),
            round(_HALF * month.given / most, 1),
            round(_HALF * month.received / most, 1),
        )
        for month in months
    )
    every = max(1, round(60 / (step * 12)))
    years = tuple(
        (str(year), round(max(_LEFT, _LEFT + (year * 12 - first) * step), 1))
        for year in range(first // 12, last // 12 + 1)
        if (year - first // 12) % every == 0
    )
    return Timeline(bars, years, most, axis, axis + _HALF + 28)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1
