"""Many phrases as one regular expression that looks at each letter once."""

import re
from collections.abc import Iterable
from typing import Any

_END = ""


def alternatives(phrases: Iterable[str]) -> str:
    """Return a regular expression that matches any of `phrases`, the longest first, as a group.

    It is what `|` between the phrases would be, but grown as a tree: a text that starts with none of their letters is given up after one
    comparison a letter, not one a phrase.

    >>> alternatives(["sở", "sẽ", "số", "sởi"])
    '(?:s(?:ẽ|ố|ở(?:i)?))'
    """
    tree: dict[str, Any] = {}
    for phrase in phrases:
        node = tree
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return _group(tree)


def _group(node: dict[str, Any]) -> str:
    branches = [_branch(letter, child) for letter, child in sorted(node.items()) if letter]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if _END in node else ''}"


def _branch(letter: str, node: dict[str, Any]) -> str:
    written = re.escape(letter)
    while len(node) == 1 and _END not in node:
        ((letter, node),) = node.items()
        written += re.escape(letter)
    return written + _group(node)
