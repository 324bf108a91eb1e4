"""Walks all trees of an ensemble at once: the cost is that of the features present, not of the nodes (QuickScorer, Lucchese et al. 2015)."""

from collections.abc import Sequence
from operator import getitem
from struct import Struct
from typing import TypeAlias, Union

Node: TypeAlias = Union[float, "list[Node]"]
"""A leaf's value, or `[feature, without, with]`: the index of the feature asked for, the node where it is absent, the node where it is present."""

_CELLS = {32: "I", 64: "Q"}
"""Bits for each two trees, one for each of their leaves, and how `struct` calls a cell of so many."""


class Forest:
    """Trees over features that are present or absent. One bit stands for each leaf that can still be reached: a present feature clears the
    leaves on its nodes' "without" side (`cleared`, by name), and the lowest bit left in a tree is its leaf. Trees are summed two by two:
    what two leaves give together is known beforehand.

    >>> forest = Forest(["near", "far"], [[0, -1.0, [1, 1.0, 5.0]]])
    >>> [forest.total(cleared) for cleared in (0, forest.cleared["near"], forest.cleared["near"] | forest.cleared["far"])]
    [-1.0, 1.0, 5.0]
    """

    def __init__(self, names: Sequence[str], trees: Sequence[Node]) -> None:
        grown = [_Tree(tree) for tree in (*trees, 0.0)[: len(trees) + len(trees) % 2]]
        most = max((len(tree.leaves) for tree in grown), default=0)
        cell = next(cell for cell in _CELLS if 2 * most <= cell)
        width = cell // 2
        numbers = [0] * len(names)
        for position, tree in enumerate(grown):
            for feature, bits in tree.cleared:
                numbers[feature] |= bits << position * width
        self.cleared = dict(zip(names, numbers, strict=True))
        self._sums = [_sums(one, other, width) for one, other in zip(grown[::2], grown[1::2], strict=True)]
        self._cells = Struct(f"<{len(self._sums)}{_CELLS[cell]}")
        self._ones = sum(1 << position * width for position in range(len(grown)))
        self._all = (1 << len(grown) * width) - 1

    def total(self, cleared: int) -> float:
        """Return the sum of the leaves that are reached; `cleared` unites the bits of all present features."""
        reachable = self._all & ~cleared
        lowest = reachable & ~(reachable - self._ones)
        return sum(map(getitem, self._sums, self._cells.unpack(lowest.to_bytes(self._cells.size, "little"))))


def _sums(one: "_Tree", other: "_Tree", width: int) -> dict[int, float]:
    """The sum of a leaf of each of two trees by their two bits."""
    return {
        1 << low | 1 << width + high: left + right
        for low, left in enumerate(one.leaves)
        for high, right in enumerate(other.leaves)
    }


class _Tree:
    """The leaves of a tree from left to right, and with each feature asked for the bits of the leaves that its presence rules out."""

    def __init__(self, node: Node) -> None:
        self.leaves: list[float] = []
        self.cleared: list[tuple[int, int]] = []
        self._collect(node)

    def _collect(self, node: Node) -> None:
        if not isinstance(node, list):
            self.leaves.append(node)
            return
        feature, without, present = node
        first = len(self.leaves)
        self._collect(without)
        self.cleared.append((int(feature), (1 << len(self.leaves)) - (1 << first)))  # type: ignore[arg-type]  # a number, as the first of a node is
        self._collect(present)
