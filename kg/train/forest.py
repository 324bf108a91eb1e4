"""Boosted trees over present and absent features, turned from LightGBM's form into JSON-ready data."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lightgbm import Booster
    from scipy.sparse import csr_matrix as Matrix

Node = Any


def presence_matrix(rows: Sequence[Sequence[str]], names: Sequence[str]) -> "Matrix":
    """Return a sparse matrix with 1 where a row has a feature; columns in the order of `names`."""
    import numpy as np
    from scipy.sparse import csr_matrix

    index = {name: number for number, name in enumerate(names)}
    columns = [sorted({index[f] for f in features if f in index}) for features in rows]
    pointers = np.cumsum([0, *(len(row) for row in columns)])
    flat = np.array([column for row in columns for column in row], dtype=np.int32)
    return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, pointers), shape=(len(rows), len(names)))


def forest(models: Sequence["Booster"], names: Sequence[str]) -> dict[str, Any]:
    """Return `features` (those that are asked for) and `trees` (nodes `[feature, without, with]`, leaves numbers) of the mean of boosters."""
    trees = [_node(tree["tree_structure"], len(models)) for m in models for tree in m.dump_model()["tree_info"]]
    used = sorted({number for tree in trees for number in _asked(tree)})
    renumbered = {old: new for new, old in enumerate(used)}
    return {"features": [names[number] for number in used], "trees": [_renumber(tree, renumbered) for tree in trees]}


def _node(node: dict[str, Any], models: int) -> Node:
    if "leaf_value" in node:
        return round(float(node["leaf_value"]) / models, 5)
    # a present feature is 1, an absent one 0 or missing: the left branch holds values up to the threshold
    return [node["split_feature"], _node(node["left_child"], models), _node(node["right_child"], models)]


def _asked(node: Node) -> set[int]:
    return {node[0]} | _asked(node[1]) | _asked(node[2]) if isinstance(node, list) else set()


def _renumber(node: Node, numbers: dict[int, int]) -> Node:
    if not isinstance(node, list):
        return node
    return [numbers[node[0]], _renumber(node[1], numbers), _renumber(node[2], numbers)]
