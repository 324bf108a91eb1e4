"""Features in bundles: what a trigger, a speaker or a row of signs gives a sentence is spelled once and weighed once, not in every sentence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from kg.read.remembered import Remembered

Value = TypeVar("Value")

NEIGHBOURS: Mapping[str, int] = MappingProxyType({"p": -1, "n": 1, "pp": -2, "nn": 2})
"""The marks of a neighbour's feature and how far the neighbour stands off."""

_SHARED = frozenset({"T=", "to", "op", "q=", "S=", "O=", "K=", "D=", "Z="})
_OPENING_WORDS = 3
_REMEMBERED = 32_768


class Bundle:
    """Features that come together; `shared` are those that the neighbours see too. A bundle is equal to itself only: who builds it keeps it.

    >>> Bundle("T=order", "b=order|đã").shared
    ('T=order',)
    """

    __slots__ = ("own", "shared")

    def __init__(self, *own: str) -> None:
        self.own = own
        self.shared = tuple(feature for feature in own if feature[:2] in _SHARED)


class Parts(NamedTuple):
    """What a sentence itself gives: its bundles, and its words (`lower_words`), whose features are not spelled."""

    bundles: Sequence[Bundle]
    words: Sequence[str] = ()


def whole(parts: Sequence[Parts], i: int, vocabulary: frozenset[str]) -> list[str]:
    """Return all feature strings of sentence `i`, its neighbours' with their marks; words only where they are of the vocabulary."""
    features = [feature for bundle in parts[i].bundles for feature in bundle.own]
    features += _spelled(parts[i].words, vocabulary)
    for mark, step in NEIGHBOURS.items():
        # nothing beyond the first and the last sentence: that a text ends must not count against its last sentence
        if 0 <= i + step < len(parts):
            features += [f"{mark}:{feature}" for bundle in parts[i + step].bundles for feature in bundle.shared]
    return features


def _spelled(words: Sequence[str], vocabulary: frozenset[str]) -> list[str]:
    features = [f"w={word}" for word in dict.fromkeys(words) if word in vocabulary]
    features += [f"w={pair}" for pair in map("_".join, pairwise(words)) if pair in vocabulary]
    return features + [f"f{n}={word}" for n, word in enumerate(words[:_OPENING_WORDS]) if word in vocabulary]


class _Word(Generic[Value]):
    """What a word weighs alone (None: nothing), with each word behind it, and as one of those that open a sentence."""

    __slots__ = ("alone", "before", "opening")

    def __init__(self) -> None:
        self.alone: Value | None = None
        self.before: dict[str, Value] = {}
        self.opening: list[Value | None] = [None] * _OPENING_WORDS


class ByPlace(Generic[Value]):
    """Values of features (none of them 0), joined by `join` for a bundle: for the sentence's own features and for each neighbour's.

    >>> values = ByPlace({"to": 0.5, "p:to": 2.0, "n:to": -1.0, "w=ngay": 3.0, "f0=ngay": 4.0}, sum)
    >>> values.of(Bundle("to", "bias")), values.words(["ngay", "phải"])
    ((0.5, (2.0, -1.0, 0, 0)), [3.0, 4.0])
    """

    def __init__(self, values: Mapping[str, Value], join: Callable[[Iterable[Value]], Value]) -> None:
        self._join = join
        self._own = {name: value for name, value in values.items() if name.partition(":")[0] not in NEIGHBOURS}
        self._near = [_tails(values, f"{mark}:") for mark in NEIGHBOURS]
        self._known = _words(values)
        self.of = Remembered(self._of, _REMEMBERED).__getitem__

    def _of(self, bundle: Bundle) -> tuple[Value, tuple[Value, ...]]:
        """Return the joined value of the bundle's features in the sentence that has it; and of its shared features for each of NEIGHBOURS:
        what they give a sentence that has the bundle there."""
        own = self._join(filter(None, map(self._own.get, bundle.own)))
        return own, tuple([self._join(filter(None, map(values.get, bundle.shared))) for values in self._near])

    def words(self, words: Sequence[str]) -> list[Value]:
        """Return the values of the words of a sentence (each once), of its pairs of words and of the words that open it."""
        known = list(map(self._known.get, words))
        found: list[Value] = []
        pairs: list[Value] = []
        seen: set[str] = set()
        last: _Word[Value] | None = None
        for i, entry in enumerate(known):
            if entry is not None:
                word = words[i]
                if entry.alone is not None and word not in seen:
                    seen.add(word)
                    found.append(entry.alone)
                if last is not None and word in last.before:
                    pairs.append(last.before[word])
            last = entry
        opening = [entry.opening[n] for n, entry in enumerate(known[:_OPENING_WORDS]) if entry is not None]
        return found + pairs + [value for value in opening if value is not None]


def _words(values: Mapping[str, Value]) -> dict[str, _Word[Value]]:
    """All words that the features of words speak of."""
    known: dict[str, _Word[Value]] = {}
    for entry, value in _tails(values, "w=").items():
        known.setdefault(entry, _Word()).alone = value
        for at, char in enumerate(entry):
            if char == "_":
                known.setdefault(entry[:at], _Word()).before[entry[at + 1 :]] = value
                known.setdefault(entry[at + 1 :], _Word())
    for n in range(_OPENING_WORDS):
        for word, value in _tails(values, f"f{n}=").items():
            known.setdefault(word, _Word()).opening[n] = value
    return known


def _tails(values: Mapping[str, Value], head: str) -> dict[str, Value]:
    return {name[len(head) :]: value for name, value in values.items() if name.startswith(head)}
