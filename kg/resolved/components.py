"""What hangs together: clusters are made anew only where a pair came or went, whatever the size of the graph."""

from collections.abc import Callable, Iterable


def hanging_together(
    seeds: Iterable[str], pairs_of: Callable[[str], Iterable[tuple[str, str]]], mates_of: Callable[[str], Iterable[str]]
) -> tuple[set[str], set[tuple[str, str]]]:
    """Return all that `seeds` lead to, and the pairs among it.

    `pairs_of` an id are those that it is in, `mates_of` an id those that it was in a cluster with.

    >>> pairs = {"a": [("a", "b")], "b": [("a", "b")], "c": []}
    >>> found, among = hanging_together("a", pairs.get, lambda ident: "c")
    >>> sorted(found), among
    (['a', 'b', 'c'], {('a', 'b')})
    """
    found: set[str] = set()
    among: set[tuple[str, str]] = set()
    ahead = list(seeds)
    while ahead:
        ident = ahead.pop()
        if ident in found:
            continue
        found.add(ident)
        pairs = set(pairs_of(ident))
        among |= pairs
        ahead += [other for pair in pairs for other in pair if other not in found]
        ahead += [other for other in mates_of(ident) if other not in found]
    return found, among
