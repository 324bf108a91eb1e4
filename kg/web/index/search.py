"""Search without accents and with: `exact OR folded`, exact first; a word that is nowhere is replaced by the nearest that is (typing errors)."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.graph.search import search_form
from kg.text.fold import fold
from kg.web.index.columns import Numbers, numbers_of
from kg.web.index.profile import node_of
from kg.web.index.reader import Index, Node

KINDS: Final = (
    "Person",
    "Agency",
    "Post",
    "Document",
    "Topic",
    "Place",
    "Meeting",
    "Group",
    "ArticleNode",
    "Directive",
    "Statement",
)
"""Classes that are searched, in the order in which they are shown."""

_SAID: Final = ("Directive", "Statement")
_WORD: Final = re.compile(r"\w+")
_MOST_WORDS: Final = 12
_MOST_RANKED: Final = 2_000
_LAST: Final = 1 << 30
_NODE: Final = "node.n, node.id, node.label, node.name, node.hint, node.shared"


@dataclass(frozen=True, slots=True)
class Found:
    """Hits of one kind on a page, how many there are of each kind, and the words that were looked for in place of mistyped ones."""

    hits: tuple[Node, ...]
    counts: dict[str, int]
    kind: str
    corrected: str


def search(index: Index, asked: str, kind: str = "", *, limit: int = 30, offset: int = 0) -> Found:
    """Return what has all the words of `asked` (the last one may be begun), of one kind or of all names.

    Those written so come before those that match without accents; then names that are or begin with the words; then what has most
    relations. Where a word is nowhere, the nearest known one is taken, which `corrected` then shows.
    """
    words = _words(asked)
    if not words:
        return Found((), {}, kind, "")
    counts, named = _counts(index, words)
    corrected = ""
    if not counts:
        words, corrected = _corrected(index, words)
        if corrected:
            counts, named = _counts(index, words)
    kinds = [kind] if kind else KINDS
    hits = (
        _quoted(index, words, kind, limit, offset)
        if kind in _SAID
        else _named(index, words, kinds, limit, offset, named)
    )
    return Found(tuple(hits), counts, kind, corrected)


def suggest(index: Index, asked: str, kinds: Sequence[str], limit: int = 8) -> tuple[Node, ...]:
    """Return the names of these kinds that fit best what is being typed."""
    words = _words(asked)
    if not words:
        return ()
    found = _named(index, words, kinds, limit, 0, _hits_in(index, "names", words, "folded"))
    if not found:
        words, corrected = _corrected(index, words)
        found = _named(index, words, kinds, limit, 0, _hits_in(index, "names", words, "folded")) if corrected else []
    return tuple(found)


def _words(asked: str) -> list[str]:
    return _WORD.findall(fold(asked))[:_MOST_WORDS]


def _match(words: Sequence[str], tier: str) -> str:
    """An FTS5 query: every word in one column, the last begun."""
    forms = words if tier == "exact" else _WORD.findall(search_form(" ".join(words)))
    quoted = [f'"{word}"' for word in forms]
    return f"{{{tier}}} : ({' AND '.join([*quoted[:-1], quoted[-1] + '*'])})"


def _counts(index: Index, words: Sequence[str]) -> tuple[dict[str, int], Numbers]:
    """Hits of each kind, and those among names; accents are left out, for that has the others within it."""
    ranks = index.ranks
    named, quoted = (_hits_in(index, table, words, "folded") for table in ("names", "quotes"))
    counts = np.bincount(ranks.label[np.concatenate([named, quoted])], minlength=len(ranks.labels)).tolist()
    found = dict(zip(ranks.labels, counts, strict=True))
    return {kind: found[kind] for kind in KINDS if found.get(kind)}, named


def _named(
    index: Index, words: Sequence[str], kinds: Sequence[str], limit: int, offset: int, without_accents: Numbers
) -> list[Node]:
    """The best hits among names; `without_accents` are all of them."""
    name = " ".join(words)
    folded = search_form(name)
    exact = _best(index, _hits_in(index, "names", words, "exact"), kinds, folded, limit + offset)
    others = _best(index, without_accents, kinds, folded, limit + offset)
    rows = index.rows(
        "WITH hit AS (SELECT value AS n, 1 AS tier FROM json_each(?1) UNION ALL SELECT value, 0 FROM json_each(?2)) "
        f"SELECT {_NODE} FROM hit CROSS JOIN node ON node.n = hit.n GROUP BY node.n ORDER BY max(hit.tier) DESC, "
        "lower(node.name) = ?3 DESC, node.folded = ?4 DESC, node.label = 'ArticleNode', "
        "instr(node.folded, ?4) = 1 DESC, instr(node.folded, ?4) = 0, node.degree DESC, node.name, node.id LIMIT ?5 OFFSET ?6",
        [json.dumps(exact), json.dumps(others), name, folded, limit, offset],
    )
    return [node_of(row[:6]) for row in rows]


def _hits_in(index: Index, table: str, words: Sequence[str], tier: str) -> Numbers:
    return numbers_of(
        index, f"SELECT group_concat(rowid, ' ') FROM {table} WHERE {table} MATCH ?", [_match(words, tier)]
    )


def _best(index: Index, hits: Numbers, kinds: Sequence[str], folded: str, most: int) -> list[int]:
    """The hits of these kinds; of very many those that are called so and those with most relations, articles last."""
    ranks = index.ranks
    wanted = np.array([label in kinds for label in ranks.labels])
    chosen = hits[wanted[ranks.label[hits]]]
    most = max(most, _MOST_RANKED)
    if len(chosen) <= most:
        few: list[int] = chosen.tolist()
        return few
    worth = ranks.degree[chosen] - _LAST * (ranks.label[chosen] == ranks.labels.index("ArticleNode"))
    least = np.partition(worth, -most)[-most]
    above = chosen[worth > least].tolist()
    equal = chosen[worth == least][: most - len(above)].tolist()
    named = numbers_of(index, "SELECT group_concat(n, ' ') FROM node WHERE folded = ? AND folded <> ''", [folded])
    return [*above, *equal, *chosen[np.isin(chosen, named)].tolist()]


def _quoted(index: Index, words: Sequence[str], kind: str, limit: int, offset: int) -> list[Node]:
    rows = index.rows(
        "WITH hit AS (SELECT rowid AS n, 1 AS tier FROM quotes WHERE quotes MATCH ? UNION ALL SELECT rowid, 0 FROM quotes WHERE quotes MATCH ?) "
        f"SELECT {_NODE} FROM hit JOIN node ON node.n = hit.n WHERE node.label = ? GROUP BY node.n "
        "ORDER BY max(hit.tier) DESC, coalesce(json_extract(node.data, '$.date'), '') DESC, node.id LIMIT ? OFFSET ?",
        [_match(words, "exact"), _match(words, "folded"), kind, limit, offset],
    )
    return [node_of(row) for row in rows]


def _corrected(index: Index, words: Sequence[str]) -> tuple[list[str], str]:
    """The words, those that are nowhere replaced by the nearest known one; empty text where nothing is near."""
    known: tuple[str, ...] = index.cached(_vocabulary)
    there = frozenset(known)
    better = []
    for word in _WORD.findall(search_form(" ".join(words))):
        if word in there:
            better.append(word)
            continue
        most = 1 if len(word) < 6 else 2
        near = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=most)
        if near is None:
            return list(words), ""
        better.append(near[0])
    return better, " ".join(better)


def _vocabulary(index: Index) -> tuple[str, ...]:
    """The words of names without accents, the most frequent first, so that of two that are equally near that one is taken."""
    return tuple(row[0] for row in index.rows("SELECT term FROM word ORDER BY rowid"))
