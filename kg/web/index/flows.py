"""The picture of who -> whom -> about what: the largest names of each column and the flows between them, for all directives that fit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.export.sankey import MORE, UNKNOWN, Drawing, Flow, lay_out_flows
from kg.web.index.columns import STEPS, Columns, Places
from kg.web.index.filters import Filters, fitting
from kg.web.index.reader import Index, Node

CAPS: Final = (14, 16, 14)
"""Names shown in each column."""

_RARE: Final = 50
_DENSE: Final = 8
_VERBS: Final = 6


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing, and for each column the id of what a bar of that name stands for (none for "+N more" and what is not known)."""

    drawing: Drawing
    ids: tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """Names of a column, the last being "+N more" where `hidden` are left out; `of[code]` is the place of the name of a code."""

    names: list[str]
    of: Places
    hidden: int


def picture(index: Index, filters: Filters) -> Picture:
    """Return the picture of all directives that fit, whatever the page."""
    all_ = index.columns
    chosen = np.flatnonzero(fitting(index, filters)[all_.flow])
    who, whom, about, said = (column[chosen] for column in (all_.who, all_.whom, all_.matter, all_.said))
    sides = [_largest(codes, len(all_.parties), cap) for codes, cap in ((who, CAPS[0]), (whom, CAPS[1]))]
    matters, hidden = _matters(all_, about, CAPS[2])
    nodes = index.nodes(int(all_.parties[code]) for codes, _ in sides for code in codes if code)
    topics = index.nodes(topic for code in matters if (topic := int(all_.topic_of[code])))
    columns: list[_Column] = []
    ids: list[dict[str, str]] = []
    for (codes, more), unknown in zip(sides, UNKNOWN, strict=True):
        named = [nodes.get(int(all_.parties[code])) for code in codes]
        names = _names(named, unknown)
        columns.append(_column(codes, names, more, len(all_.parties)))
        ids.append({name: node.id for name, node in zip(names, named, strict=True) if node})
    texts = [all_.about.texts[code] for code in matters]
    columns.append(_column(matters, texts, hidden, len(all_.about.texts)))
    ids.append(
        {text: topics[n].id for text, code in zip(texts, matters, strict=True) if (n := int(all_.topic_of[code]))}
    )
    ends = [column.of[codes] for column, codes in zip(columns, (who, whom, about), strict=True)]
    left, right = (
        _flows(columns[side], columns[side + 1], ends[side], ends[side + 1], all_.verb.texts, said) for side in (0, 1)
    )
    drawing = lay_out_flows(left, right, (columns[0].hidden, columns[1].hidden, columns[2].hidden))
    return Picture(drawing, (ids[0], ids[1], ids[2]))


def _largest(codes: Places, size: int, cap: int) -> tuple[list[int], int]:
    """The codes that stand in most flows (of those that are equal the smaller first), and how many others there are."""
    counts = np.bincount(codes, minlength=size)
    total = int(np.count_nonzero(counts))
    shown = _top(counts, cap + 1 if total <= cap + 1 else cap)
    return shown, total - len(shown)


def _matters(all_: Columns, about: Places, cap: int) -> tuple[list[int], int]:
    """Topics first; the words of one directive only where many say the same or few are left."""
    counts = np.bincount(about, minlength=len(all_.about.texts))
    total = int(np.count_nonzero(counts))
    ranked = np.where((all_.topic_of > 0) & (counts > 0), counts + len(about), counts)
    shown = _top(ranked, cap + 1)
    if total > cap + 1:
        shown = [code for code in shown if all_.topic_of[code] or counts[code] * _RARE >= len(about)][:cap] or shown[
            :cap
        ]
    return shown, total - len(shown)


def _top(counts: NDArray[np.int64], most: int) -> list[int]:
    """The places of the largest numbers that are not 0, the largest first, of those that are equal the first."""
    there = np.flatnonzero(counts)
    rank = counts[there] * len(counts) - there
    if len(there) > most:
        chosen = np.argpartition(-rank, most)[:most]
        there, rank = there[chosen], rank[chosen]
    found: list[int] = there[np.argsort(-rank)].tolist()
    return found


def _column(codes: Sequence[int], names: list[str], hidden: int, size: int) -> _Column:
    of = np.full(size, len(codes), np.intp)
    of[list(codes)] = np.arange(len(codes))
    return _Column([*names, MORE.format(hidden)], of, hidden)


def _flows(
    sources: _Column, targets: _Column, source: Places, target: Places, verbs: Sequence[str], said: Places
) -> list[Flow]:
    """The flows between two columns, each with the sum of its strengths and its most frequent verbs."""
    width, forms = len(targets.names), max(1, len(verbs)) * STEPS
    keys, counts = _counted((source * width + target) * forms + said, len(sources.names) * width * forms)
    values = np.bincount(keys // forms, counts, minlength=1).tolist()
    strengths = np.bincount(keys // forms, counts * (keys % STEPS), minlength=1).tolist()
    spoken, place = np.unique(keys // STEPS, return_inverse=True)  # verbs of a pair, whatever their strength
    times = np.bincount(place, counts)
    ordered = np.lexsort((spoken, -times, spoken // max(1, len(verbs))))
    found: dict[int, list[tuple[str, int]]] = {}
    for of, count in zip(spoken[ordered].tolist(), times[ordered].tolist(), strict=True):
        found.setdefault(of // len(verbs), []).append((verbs[of % len(verbs)], int(count)))
    return [
        Flow(
            sources.names[at // width],
            targets.names[at % width],
            int(values[at]),
            int(strengths[at]),
            tuple(found[at][:_VERBS]),
            len(found[at]) > _VERBS,
        )
        for at in sorted(found)
    ]


def _counted(keys: Places, size: int) -> tuple[Places, Places]:
    """The keys, below `size`, each once and in order, and how often each is there."""
    if size > _DENSE * max(1, len(keys)):
        return np.unique(keys, return_counts=True)
    counts = np.bincount(keys)
    there = np.flatnonzero(counts)
    return there, counts[there]


def _names(nodes: Sequence[Node | None], unknown: str) -> list[str]:
    """A name for each node, no two alike."""
    seen: Counter[str] = Counter()
    names = []
    for node in nodes:
        name = node.title if node else unknown
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} (#{seen[name]})")
    return names
