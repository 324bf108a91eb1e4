"""Plots as SVG: bars for a ranking, a ring of the most central for a network. One template, in which everything is escaped.

Own, because they are two shapes of thirty lines; a plotting library would add tens of megabytes and draw letters as outlines.
"""

import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import jinja2

from kg.export.safe import xml_text
from kg.stores.base import Table

if TYPE_CHECKING:
    import networkx

_BARS: Final = 25
_RING: Final = 32
_NAME: Final = 46
_SIZE: Final = 1000
_RADIUS: Final = 250
_COLOURS: Final = ("#1f6f8b", "#c0504d", "#6b8e23", "#8064a2", "#d98b2b", "#4f6228", "#7f7f7f")


def bars(table: Table, column: str, title: str) -> str:
    """Return the first rows of `table` as horizontal bars of `column`, negative ones to the left."""
    at = table.columns.index(column)
    rows = table.rows[:_BARS]
    most = max((abs(row[at]) for row in rows), default=0) or 1
    has_negative = any(row[at] < 0 for row in rows)
    width = 280 if has_negative else 560
    zero = 390 + (width if has_negative else 0)
    drawn = [
        {
            "name": _short(str(row[0])),
            "full": xml_text(str(row[0])),
            "value": f"{row[at]:g}",
            "x": _round(zero if row[at] >= 0 else zero - width * -row[at] / most),
            "width": _round(width * abs(row[at]) / most),
            "y": 56 + 22 * number,
            "colour": _COLOURS[0] if row[at] >= 0 else _COLOURS[1],
        }
        for number, row in enumerate(rows)
    ]
    return _template().render(
        kind="bars", title=xml_text(title), bars=drawn, width=_SIZE + 60, height=76 + 22 * len(rows)
    )


def ring(network: "networkx.DiGraph[str]", ranks: Table, groups: dict[str, int], title: str) -> str:
    """Return the actors that lead `ranks` on a ring, those of one community side by side, and the edges between them."""
    shown = [row[-1] for row in ranks.rows[:_RING]]
    place = {ident: number for number, ident in enumerate(shown)}
    ordered = sorted(shown, key=lambda ident: (groups[ident], place[ident]))
    spots = {ident: _spot(at, len(ordered), _RADIUS) for at, ident in enumerate(ordered)}
    most = max((data["weight"] for _, _, data in network.subgraph(shown).edges(data=True)), default=1)
    edges = [
        {
            "path": _arc(spots[a], spots[b]),
            "width": _round(0.6 + 5 * network[a][b]["weight"] / most),
            "about": xml_text(f"{network.nodes[a]['name']} → {network.nodes[b]['name']}: {network[a][b]['weight']}"),
            "colour": _COLOURS[(groups[a] - 1) % len(_COLOURS)],
        }
        for a in ordered
        for b in ordered
        if a != b and network.has_edge(a, b)
    ]
    nodes = [
        {
            "x": spots[ident][0],
            "y": spots[ident][1],
            "turn": _round(360 * at / len(ordered)),
            "is_left": 90 < 360 * at / len(ordered) < 270,
            "name": _short(network.nodes[ident]["name"]),
            "full": xml_text(network.nodes[ident]["name"]),
            "colour": _COLOURS[(groups[ident] - 1) % len(_COLOURS)],
        }
        for at, ident in enumerate(ordered)
    ]
    return _template().render(kind="ring", title=xml_text(title), edges=edges, nodes=nodes, width=_SIZE, height=_SIZE)


def _spot(at: int, of: int, radius: float) -> tuple[float, float]:
    angle = 2 * math.pi * at / of
    return _round(_SIZE / 2 + radius * math.cos(angle)), _round(_SIZE / 2 + radius * math.sin(angle))


def _arc(start: tuple[float, float], end: tuple[float, float]) -> str:
    middle = tuple(_round(_SIZE / 2 + 0.35 * ((a + b) / 2 - _SIZE / 2)) for a, b in zip(start, end, strict=True))
    return f"M{start[0]},{start[1]}Q{middle[0]},{middle[1]} {end[0]},{end[1]}"


def _round(value: float) -> float:
    return round(value, 1)


def _short(name: str) -> str:
    name = xml_text(" ".join(name.split()))
    return name if len(name) <= _NAME else name[: _NAME - 1] + "…"


@cache
def _template() -> jinja2.Template:
    text = (files("kg.analyze") / "plot.svg.jinja").read_text("utf-8")
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    return environment.from_string(text)
