"""What the filters and the picture of the directives count with: the directives as columns of numbers, in the order in which lists show them."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from kg.web.index.reader import Index

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]
"""Numbers by which others are looked up and counted: numpy would make these of any other kind each time."""

STEPS: Final = 6
"""More than the strengths of a directive, which go from 1 to 5."""

_FIRST: Final = 2  # bytes of the words, the rarest, that are compared everywhere; the others where these stand
_NAMED: Final = "('who', 'whom', 'successor', 'cites', 'place', 'topic', 'party', 'body', 'meeting')"


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column of texts: `codes[i]` is the place of the i-th text in `texts`, which are sorted, each once."""

    codes: Numbers
    texts: tuple[str, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Coded":
        """Return the texts as a column.

        >>> Coded.of(["b", "a", "b"])
        Coded(codes=array([1, 0, 1], dtype=int32), texts=('a', 'b'))
        """
        known = sorted(set(texts))
        place = {text: code for code, text in enumerate(known)}
        return cls(np.fromiter((place[text] for text in texts), np.int32, len(texts)), tuple(known))

    def where(self, fits: Callable[[str], bool]) -> Mask:
        """Say of each row whether its text fits."""
        mask: Mask = np.fromiter(map(fits, self.texts), np.bool_, len(self.texts))[self.codes]
        return mask


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts in one row of bytes (UTF-8), so that those which hold some words are found without a look at each; `starts` are their offsets,
    `often[byte]` is how many of each byte there are."""

    whole: NDArray[np.uint8]
    starts: NDArray[np.int64]
    often: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        """Return the texts, whose line breaks count as spaces."""
        coded = [text.replace("\n", " ").encode("utf-8", "surrogatepass") for text in texts]
        lengths = np.fromiter((len(text) + 1 for text in coded), np.int64, len(coded))
        whole = np.frombuffer(b"\n".join(coded), np.uint8)
        return cls(whole, np.cumsum(lengths) - lengths, np.bincount(whole, minlength=256))

    def at(self, place: int) -> str:
        """Return the text at a place."""
        end = self.starts[place + 1] - 1 if place + 1 < len(self.starts) else len(self.whole)
        return self.whole[self.starts[place] : end].tobytes().decode("utf-8", "surrogatepass")

    def holding(self, words: str) -> Numbers:
        """Return the places of the texts that hold `words`, in order.

        >>> Texts.of(["so y te", "bo y te", "ubnd"]).holding("y te").tolist()
        [0, 1]
        """
        wanted = words.replace("\n", " ").encode("utf-8", "surrogatepass")
        if not wanted:
            return np.arange(len(self.starts), dtype=np.int32)
        size = max(0, len(self.whole) - len(wanted) + 1)
        by_rarity = sorted(range(len(wanted)), key=lambda at: self.often[wanted[at]])
        rarest, *others = by_rarity
        fits = self.whole[rarest : rarest + size] == wanted[rarest]
        for at in others[: _FIRST - 1]:
            fits &= self.whole[at : at + size] == wanted[at]
        found = np.flatnonzero(fits)
        for at in others[_FIRST - 1 :]:
            found = found[self.whole[found + at] == wanted[at]]
        places = (np.searchsorted(self.starts, found, side="right") - 1).astype(np.int32)
        return places[np.diff(places, prepend=-1) > 0]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The directives of a graph, the latest first, and their flows.

    `numbers` are the nodes of the directives and `place_of[n]` is where node `n` lies among them (-1: it is none). `strength`, `date`, `act`,
    `verb`, `about` and `topic` (a node, 0: none) go with `numbers`; `topic_of` has the topic that a text of `about` names. A flow is a
    directive (`flow`, its place) with one issuer and one addressee: `who` and `whom` are places in `parties`, nodes in order, of which the
    first is 0, "not known"; `names` are theirs; `said` is `STEPS` times its verb and its strength, `matter` its `about`.
    `words` are the texts that "about" looks in, `named` the folded names of `targets`, the
    nodes that filters can name.
    """

    numbers: Numbers
    place_of: Numbers
    strength: NDArray[np.int8]
    date: Coded
    act: Coded
    verb: Coded
    about: Coded
    topic: Numbers
    topic_of: Numbers
    words: Texts
    flow: Places
    who: Places
    whom: Places
    said: Places
    matter: Places
    parties: Numbers
    names: Texts
    targets: Numbers
    named: Texts

    def mask(self, numbers: Numbers) -> Mask:
        """Say of each directive whether its node is one of `numbers`."""
        found = np.zeros(len(self.numbers), np.bool_)
        found[self.place_of[numbers]] = True
        return found


def read_columns(index: "Index") -> Columns:
    """Read the columns from the file; `index.columns` has them."""
    rows = index.rows(
        "SELECT n, strength, coalesce(date, ''), act, verb, about, coalesce(topic, 0), search FROM directive "
        "ORDER BY coalesce(date, '') DESC, record, start, n"
    )
    n, strength, date, act, verb, about, topic, search = zip(*rows, strict=True) if rows else ((),) * 8
    numbers = _column(n)
    [(last,)] = index.rows("SELECT coalesce(max(n), 0) FROM node")
    place_of = np.full(last + 1, -1, np.int32)
    place_of[numbers] = np.arange(len(numbers), dtype=np.int32)
    flows = np.array(index.rows("SELECT directive, who, whom FROM flow"), np.int32).reshape(-1, 3)
    parties = np.union1d(np.zeros(1, np.int32), flows[:, 1:].ravel()).astype(np.int32)
    names = index.rows("SELECT name FROM node WHERE n IN (SELECT who FROM flow UNION SELECT whom FROM flow) ORDER BY n")
    targets = index.rows(
        f"SELECT n, folded FROM node WHERE n IN (SELECT DISTINCT target FROM facet WHERE kind IN {_NAMED}) ORDER BY n"
    )
    matter, topic_node = Coded.of(about), _column(topic)
    topic_of = np.zeros(len(matter.texts), np.int32)
    np.maximum.at(topic_of, matter.codes, topic_node)
    verbs, steps, flow = Coded.of(verb), np.array(strength, np.int8), place_of[flows[:, 0]].astype(np.intp)
    return Columns(
        numbers,
        place_of,
        steps,
        Coded.of(date),
        Coded.of(act),
        verbs,
        matter,
        topic_node,
        topic_of,
        Texts.of(search),
        flow,
        np.searchsorted(parties, flows[:, 1]),
        np.searchsorted(parties, flows[:, 2]),
        verbs.codes[flow].astype(np.intp) * STEPS + steps[flow],
        matter.codes[flow].astype(np.intp),
        parties,
        Texts.of(["", *(row[0] for row in names)]),
        _column([row[0] for row in targets]),
        Texts.of([row[1] for row in targets]),
    )


def facet(index: "Index", kinds: Sequence[str], targets: Sequence[int]) -> Numbers:
    """Return the nodes of the directives that have one of `targets` in one of these facets; some may come twice."""
    return numbers_of(
        index,
        "SELECT group_concat(directive, ' ') FROM facet WHERE kind IN (SELECT value FROM json_each(?)) "
        "AND target IN (SELECT value FROM json_each(?))",
        [json.dumps(list(kinds)), json.dumps(list(targets))],
    )


def numbers_of(index: "Index", query: str, values: Sequence[object]) -> Numbers:
    """Return the numbers that `query` joins with blanks: no Python object for each of what may be a hundred thousand."""
    [(joined,)] = index.rows(query, values)
    return np.fromstring(joined or "", np.int32, sep=" ")


def _column(values: Sequence[Any]) -> Numbers:
    return np.array(values, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """Of each node (its number is the place): the place of its class in `labels`, and how many relations it has."""

    labels: tuple[str, ...]
    label: NDArray[np.int8]
    degree: Numbers


def read_ranks(index: "Index") -> Ranks:
    """Read the ranks from the file; `index.ranks` has them."""
    labels = tuple(row[0] for row in index.rows("SELECT DISTINCT label FROM node ORDER BY label"))
    [(last,)] = index.rows("SELECT coalesce(max(n), 0) FROM node")
    label, degree = np.zeros(last + 1, np.int8), np.zeros(last + 1, np.int32)
    for at, name in enumerate(labels):
        found = np.array(index.rows("SELECT n, degree FROM node WHERE label = ?", [name]), np.int32)
        label[found[:, 0]], degree[found[:, 0]] = at, found[:, 1]
    return Ranks(labels, label, degree)
