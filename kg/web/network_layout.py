"""Places a network in columns by steps from the first node, but for what is pinned: the same network always gives the same drawing; in pixels."""

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from kg.web.index.network import Link, Network
from kg.web.index.reader import Node

BOX: Final = 210
"""Width of a node's box."""

_STEP: Final = 430
_LINE: Final = 15
_GAP: Final = 12
_CHARS: Final = 26
_TOP: Final = 14
_LABEL: Final = 12


@dataclass(frozen=True, slots=True)
class Box:
    """A node and where its box lies; `lines` is its name wrapped, `opened` says that its neighbours are shown, `hidden` how many are not,
    `pinned` that it stands where somebody put it."""

    node: Node
    x: float
    y: float
    height: float
    lines: tuple[str, ...]
    opened: bool
    hidden: int
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A link as an SVG path, with its label and where that stands."""

    link: Link
    source: Node
    target: Node
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole drawing."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


def lay_out_network(network: Network, pins: Mapping[str, tuple[int, int]] = MappingProxyType({})) -> Layout:
    """Return the drawing; within a column nodes stand near those that they are linked with, and what `pins` names (by id) where it says."""
    order: list[list[Node]] = []
    for members in network.columns:
        rank = {node.n: place for place, node in enumerate(order[-1])} if order else {}
        order.append(
            sorted(members, key=lambda node: (_middle(node, network.links, rank), node.label, node.name, node.id))
        )
    boxes: dict[int, Box] = {}
    heights = []
    for number, column in enumerate(order):
        y = float(_TOP)
        for node in column:
            words = tuple(textwrap.wrap(node.name, _CHARS, max_lines=3, placeholder="…") or [node.id[:_CHARS]])
            height = 12 + _LINE * len(words)
            boxes[node.n] = Box(
                node, 10 + number * _STEP, y, height, words, node.n in network.opened, network.hidden.get(node.n, 0)
            )
            y += height + _GAP
        heights.append(y)
    tallest = max(heights, default=60.0)
    placed = {n: _centred(box, tallest - heights[round((box.x - 10) / _STEP)]) for n, box in boxes.items()}
    for n, box in placed.items():
        if at := pins.get(box.node.id):
            placed[n] = replace(box, x=float(at[0]), y=float(at[1]), pinned=True)
    lines = _lines(network.links, placed)
    width = max([10.0 + (len(order) - 1) * _STEP + BOX, *(box.x + BOX for box in placed.values())]) + 60
    tallest = max([tallest, *(box.y + box.height + _GAP for box in placed.values())])
    return Layout(tuple(placed.values()), lines, width, tallest + 4)


def _middle(node: Node, links: Sequence[Link], rank: dict[int, int]) -> float:
    near = [
        rank[other]
        for link in links
        for mine, other in ((link.source, link.target), (link.target, link.source))
        if mine == node.n and other in rank
    ]
    return sum(near) / len(near) if near else 0.0


def _centred(box: Box, spare: float) -> Box:
    return replace(box, y=round(box.y + spare / 2, 1))


def _lines(links: Sequence[Link], boxes: Mapping[int, Box]) -> tuple[Line, ...]:
    """The links; labels stand before the box that is further from the first column, one below the other."""
    beside: Counter[int] = Counter()
    total = Counter(_far(link, boxes).node.n for link in links)
    found = []
    for link in links:
        far = _far(link, boxes)
        y = far.y + far.height / 2 + 3.5 + _LABEL * (beside[far.node.n] - (total[far.node.n] - 1) / 2)
        beside[far.node.n] += 1
        a, b = boxes[link.source], boxes[link.target]
        found.append(Line(link, a.node, b.node, _curve(a, b), far.x - 12, round(y, 1)))
    return tuple(found)


def _far(link: Link, boxes: Mapping[int, Box]) -> Box:
    a, b = boxes[link.source], boxes[link.target]
    return a if a.x > b.x else b


def _curve(a: Box, b: Box) -> str:
    ay, by = a.y + a.height / 2, b.y + b.height / 2
    if abs(a.x - b.x) < BOX:  # one above the other: around their right sides
        out = max(a.x, b.x) + BOX + 50
        return f"M{a.x + BOX},{ay}C{out},{ay} {out},{by} {b.x + BOX},{by}"
    ax, bx = (a.x + BOX, b.x) if a.x < b.x else (a.x, b.x + BOX)
    middle = (ax + bx) / 2
    return f"M{ax},{ay}C{middle},{ay} {middle},{by} {bx},{by}"
