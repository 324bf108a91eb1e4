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
        padded = folded + " "  # the character before the text and the one behind it are this blank
        # by start, and of two that start together the longer first
        whole = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)
            if not (padded[end].isalnum() or padded[start - 1].isalnum())
        ]
        whole.sort()
        for start, minus_end, index in whole:
            if start >= end_of_last:
                end_of_last = -minus_end
                hits.append(Hit(start, end_of_last, self._payloads[index]))
        return hits
