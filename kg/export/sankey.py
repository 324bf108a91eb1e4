"""Lays out who -> whom -> about what in three columns: bars for names, ribbons as wide as the number of directives.

Pure arithmetic in pixels of the drawing (x to the right, y downwards); the template draws it.
"""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from kg.export.html_rows import Row
from kg.export.labels import counted

WIDTH: Final = 1200
"""Width of the drawing."""
_BAR: Final = 12
_X: Final = (258, 578, 930)
_CAPS: Final = (24, 30, 24)
_TOP: Final = 34
_GAP: Final = 7
_LINE: Final = 14
_LABEL: Final = (35, 35, 35)
_THICK: Final = 11
_RARE: Final = 50
UNKNOWN: Final = ("(không rõ ai · unknown)", "(không rõ nơi nhận · unknown)")
"""What stands for an issuer and an addressee that are not known."""
MORE: Final = "+{} mục khác · more"
"""What stands for the names of a column that are not shown."""


class Unit(NamedTuple):
    """So many directives of one verb and strength from one to another about one thing; `is_topic` says that the thing is a topic."""

    who: str
    whom: str
    about: str
    verb: str
    strength: int
    is_topic: bool = False
    value: int = 1


class Flow(NamedTuple):
    """So many directives from a name of one column to one of the next: the sum of their strengths, verbs with their number, the most frequent first.

    `has_more` says that rarer verbs are left out.
    """

    source: str
    target: str
    value: int
    strengths: int
    verbs: tuple[tuple[str, int], ...]
    has_more: bool = False


@dataclass(slots=True)
class Bar:
    """A name in one column: `value` directives, `lines` its label, `is_more` that it stands for many."""

    name: str
    column: int
    value: int
    lines: list[str]
    is_more: bool = False
    x: float = 0
    y: float = 0
    height: float = 0
    used: dict[str, float] = field(default_factory=lambda: {"in": 0.0, "out": 0.0})

    @property
    def minimum(self) -> float:
        """Height that the label needs."""
        return _LINE * len(self.lines) + 4


class Ribbon(NamedTuple):
    """A flow between two bars: SVG path, directives, mean strength (1 to 5), what to say about it, and its label if it is wide enough."""

    path: str
    source: str
    target: str
    column: int
    value: int
    strength: int
    verbs: str
    label: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The laid-out picture; `hidden` counts the names of each column that went into "+N more"."""

    height: float
    bars: tuple[Bar, ...]
    ribbons: tuple[Ribbon, ...]
    hidden: tuple[int, int, int]


def lay_out(rows: Sequence[Row]) -> Drawing:
    """Return the drawing of `rows`. A directive with several issuers or addressees counts once for each pair."""
    units, hidden = _capped(_units(rows))
    return lay_out_units(units, hidden)


def lay_out_units(units: Sequence[Unit], hidden: tuple[int, int, int] = (0, 0, 0)) -> Drawing:
    """Return the drawing of all `units`; `hidden` counts the names of each column that they have as `MORE`."""
    return lay_out_flows(_flows(units, 0), _flows(units, 1), hidden)


def lay_out_flows(left: Sequence[Flow], right: Sequence[Flow], hidden: tuple[int, int, int] = (0, 0, 0)) -> Drawing:
    """Return the drawing of the flows from the first column to the second and from there to the third."""
    columns = [
        _bars(0, ((flow.source, flow.value) for flow in left)),
        _bars(1, ((flow.target, flow.value) for flow in left)),
        _bars(2, ((flow.target, flow.value) for flow in right)),
    ]
    _order(columns, left, right)
    height = _place(columns, sum(flow.value for flow in left))
    bars = {(bar.column, bar.name): bar for column in columns for bar in column}
    ribbons = [*_ribbons(left, bars, 0), *_ribbons(right, bars, 1)]
    return Drawing(round(height, 1), tuple(bar for column in columns for bar in column), tuple(ribbons), hidden)


def _flows(units: Sequence[Unit], column: int) -> list[Flow]:
    between: defaultdict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        between[str(unit[column]), str(unit[column + 1])].append(unit)
    return [
        Flow(
            source,
            target,
            sum(unit.value for unit in same),
            sum(unit.strength * unit.value for unit in same),
            tuple(_weighed((unit.verb, unit.value) for unit in same).items()),
        )
        for (source, target), same in between.items()
    ]


def _units(rows: Sequence[Row]) -> list[Unit]:
    return [
        Unit(who, whom, row.about, row.verb, row.strength, row.is_topic)
        for row in rows
        for who in dict.fromkeys(row.who or (UNKNOWN[0],))
        for whom in dict.fromkeys(row.whom or (UNKNOWN[1],))
    ]


def _capped(units: list[Unit]) -> tuple[list[Unit], tuple[int, int, int]]:
    keep: list[set[str]] = []
    hidden: list[int] = []
    for column, cap in enumerate(_CAPS):
        counts = counted(str(unit[column]) for unit in units)
        kept = list(counts) if len(counts) <= cap + 1 else _kept(counts, cap, units if column == 2 else [])
        keep.append(set(kept))
        hidden.append(len(counts) - len(kept))

    def shown(name: str, column: int) -> str:
        return name if name in keep[column] else MORE.format(hidden[column])

    merged = [u._replace(who=shown(u.who, 0), whom=shown(u.whom, 1), about=shown(u.about, 2)) for u in units]
    return merged, (hidden[0], hidden[1], hidden[2])


def _kept(counts: dict[str, int], cap: int, units: list[Unit]) -> list[str]:
    """The most frequent names; in the last column topics first, and the words of one directive only where many say the same."""
    topics = {unit.about for unit in units if unit.is_topic}
    names = [name for name in counts if not units or name in topics or counts[name] * _RARE >= len(units)]
    return sorted(names, key=lambda name: name not in topics)[:cap] or list(counts)[:cap]


def _bars(column: int, values: Iterable[tuple[str, int]]) -> list[Bar]:
    return [_bar(name, column, value) for name, value in _weighed(values).items()]


def _weighed(values: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The sum of each name, the largest first, then by name."""
    sums: defaultdict[str, int] = defaultdict(int)
    for name, count in values:
        sums[name] += count
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def _bar(name: str, column: int, value: int) -> Bar:
    return Bar(
        name,
        column,
        value,
        list(_wrapped(name, _LABEL[column])),
        is_more=name.startswith("+") and name.endswith("mục khác · more"),
    )


@lru_cache(maxsize=1 << 12)
def _wrapped(name: str, width: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(name, width, max_lines=3, placeholder="…") or [name[:width]])


def _order(columns: list[list[Bar]], left: Sequence[Flow], right: Sequence[Flow]) -> None:
    """Put each column after the first where its neighbours to the left are, weighted, so that fewer ribbons cross; "+N more" last."""
    columns[0].sort(key=lambda bar: bar.is_more)
    for before, column, flows in ((columns[0], columns[1], left), (columns[1], columns[2], right)):
        rank = {bar.name: place for place, bar in enumerate(before)}
        sums: defaultdict[str, int] = defaultdict(int)
        for flow in flows:
            sums[flow.target] += rank[flow.source] * flow.value
        column.sort(key=lambda bar: (bar.is_more, sums[bar.name] / bar.value, -bar.value, bar.name))


def _place(columns: list[list[Bar]], total: int) -> float:
    """Give bars their places: the label's height and a share of what the count adds; columns of equal height. Return the height."""
    needs = [sum(bar.minimum + _GAP for bar in column) for column in columns]
    height = max([*needs, 120.0]) + min(260.0, 14.0 * total)
    for column, need in zip(columns, needs, strict=True):
        share = (height - need) / total if total else 0
        y = float(_TOP)
        for bar in column:
            bar.x, bar.y, bar.height = _X[bar.column], y, bar.minimum + share * bar.value
            y += bar.height + _GAP
    return height + _TOP + 8


def _ribbons(flows: Sequence[Flow], bars: dict[tuple[int, str], Bar], column: int) -> list[Ribbon]:
    pairs = [(bars[column, flow.source], bars[column + 1, flow.target], flow) for flow in flows]
    ends: list[list[float]] = [[0.0, 0.0, 0.0, 0.0] for _ in pairs]
    for at in sorted(range(len(pairs)), key=lambda at: (pairs[at][0].y, pairs[at][1].y)):
        ends[at][:2] = _slice(pairs[at][0], "out", pairs[at][2].value)
    for at in sorted(range(len(pairs)), key=lambda at: (pairs[at][1].y, pairs[at][0].y)):
        ends[at][2:] = _slice(pairs[at][1], "in", pairs[at][2].value)
    return [_ribbon(a, b, flow, end) for (a, b, flow), end in zip(pairs, ends, strict=True)]


def _slice(bar: Bar, side: str, value: int) -> tuple[float, float]:
    start = bar.y + bar.used[side]
    size = bar.height * value / bar.value
    bar.used[side] += size
    return start, start + size


def _ribbon(a: Bar, b: Bar, flow: Flow, ends: list[float]) -> Ribbon:
    x0, x1 = a.x + _BAR, b.x
    middle = (x0 + x1) / 2
    top0, bottom0 = round(ends[0], 1), round(ends[1], 1)
    a0, a1, b0, b1 = str(top0), str(bottom0), str(round(ends[2], 1)), str(round(ends[3], 1))
    path = f"M{x0},{a0}C{middle},{a0} {middle},{b0} {x1},{b0}V{b1}C{middle},{b1} {middle},{a1} {x0},{a1}Z"
    strength = round(flow.strengths / flow.value)
    wide = a.column == 0 and bottom0 - top0 >= _THICK
    return Ribbon(
        path,
        a.name,
        b.name,
        a.column,
        flow.value,
        strength,
        ", ".join([*(f"{verb} ×{count}" for verb, count in flow.verbs), *(["…"] if flow.has_more else [])]),
        f"{flow.verbs[0][0]} · {strength}" if wide else "",
        x0 + 8,
        round((top0 + bottom0) / 2 + 3.5, 1),
    )
