"""Walks all trees of an ensemble at once: the cost is that of the features present, not of the nodes (QuickScorer, Lucchese et al. 2015)."""

from collections.abc import Sequence
from typing import TypeAlias, Union

import numpy as np

Node: TypeAlias = Union[float, "list[Node]"]
"""A leaf's value, or `[feature, without, with]`: the index of the feature asked for, the node where it is absent, the node where it is present."""

_WIDTHS = (32, 64)
"""Bits for each tree, one for each of its leaves."""


class Forest:
    """Trees over features that are present or absent. One bit stands for each leaf that can still be reached: a present feature clears the
    leaves on its nodes' "without" side (`cleared`, by name), and the lowest bit left in a tree is its leaf.

    >>> forest = Forest(["near", "far"], [[0, -1.0, [1, 1.0, 5.0]]])
    >>> forest.totals([0, forest.cleared["near"], forest.cleared["near"] | forest.cleared["far"]])
    [-1.0, 1.0, 5.0]
    """

    def __init__(self, names: Sequence[str], trees: Sequence[Node]) -> None:
        # an even number of them: they are summed two by two
        grown = [_Tree(tree) for tree in (*trees, 0.0)[: len(trees) + len(trees) % 2]]
        most = max((len(tree.leaves) for tree in grown), default=0)
        width = next(width for width in _WIDTHS if most <= width)
        numbers = [0] * len(names)
        for position, tree in enumerate(grown):
            for feature, bits in tree.cleared:
                numbers[feature] |= bits << position * width
        self.cleared = dict(zip(names, numbers, strict=True))
        self._bytes = len(grown) * width // 8
        self._cell = np.dtype(f"<u{width // 8}")
        # the place of a leaf is its bit's exponent, which for `frexp` begins at 1
        leaves = np.zeros((len(grown), width + 1))
        for position, tree in enumerate(grown):
            leaves[position, 1 : len(tree.leaves) + 1] = tree.leaves
        self._leaves = leaves.ravel()
        self._firsts = np.arange(len(grown)) * (width + 1)

    def totals(self, cleared: Sequence[int]) -> list[float]:
        """Return for each of `cleared`, which unites the bits of all present features, the sum of the leaves that are reached."""
        if not cleared or not self._bytes:
            return [0.0] * len(cleared)
        rows = b"".join([bits.to_bytes(self._bytes, "little") for bits in cleared])
        cells = np.frombuffer(rows, self._cell).reshape(len(cleared), -1)
        lowest = ~cells & (cells + 1)
        reached = self._leaves.take(np.frexp(lowest)[1] + self._firsts)
        # one after the other, so that the last bit of a sum is the same whatever else is summed beside it
        sums: list[float] = np.add.accumulate(reached[:, ::2] + reached[:, 1::2], axis=1)[:, -1].tolist()
        return sums


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
