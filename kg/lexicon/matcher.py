"""Finds the entries of a word list in a folded text: Aho-Corasick, whole words only, longest first."""

from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.text.fold import fold

Payload = TypeVar("Payload")


class Hit(NamedTuple, Generic[Payload]):
    """An entry at code points `start` to `end` of the text."""

    start: int
    end: int
    payload: Payload


class Matcher(Generic[Payload]):
    """A compiled word list. Keys are folded when it is built; `find` wants a folded text.

    >>> m = Matcher({"Sở Y tế": 1, "Sở": 2})
    >>> [(h.start, h.end, h.payload) for h in m.find(fold("Sở Y tế và Sở, không phải Sởn"))]
    [(0, 7, 1), (11, 13, 2)]
    """

    def __init__(self, entries: Mapping[str, Payload]) -> None:
        folded = {fold(key): payload for key, payload in entries.items()}
        self._keys = list(folded)
        self._payloads = [folded[key] for key in self._keys]
        self._automaton = AhoCorasick(self._keys, matchkind=MatchKind.Standard) if self._keys else None

    def find(self, folded: str) -> list[Hit[Payload]]:
        """Return the hits in order, none overlapping: at each place the longest entry that stands as whole words."""
        hits: list[Hit[Payload]] = []
        if self._automaton is None:
            return hits
        end_of_last = 0
        whole = [
            (start, end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)
            if not (folded[end : end + 1].isalnum() or (start > 0 and folded[start - 1].isalnum()))
        ]
        whole.sort(key=lambda m: (m[0], -m[1]))
        for best in whole:
            if best[0] >= end_of_last:
                hits.append(Hit(best[0], best[1], self._payloads[best[2]]))
                end_of_last = best[1]
        return hits
