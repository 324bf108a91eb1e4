"""Candidates for a query of the reconciliation API: found through the index of the pages, scored, put in order."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from kg.graph.search import search_form
from kg.web.index.reader import Fact, Index
from kg.web.index.search import suggest
from kg.web.machine.reconcile.properties import CLASSES, properties, values
from kg.web.machine.reconcile.score import AHEAD, SURE, UNKNOWN, name_score, property_score, total
from kg.web.machine.reconcile.spelling import spellings

LIMIT: Final = 10
"""Candidates of an answer where the query names no limit."""

MOST: Final = 50
"""Candidates of an answer at most."""

_LOOKED_AT: Final = 100
_FEW: Final = 5
_WORD: Final = re.compile(r"\w+")
_OLD_NAME: Final = 0.9
_SPELLED: Final = 0.95


@dataclass(frozen=True, slots=True)
class Query:
    """A query: the text, the classes that are wanted, the properties with their values, how many candidates."""

    text: str | None
    classes: tuple[str, ...]
    props: tuple[tuple[str, tuple[object, ...]], ...]
    limit: int


class _Name(NamedTuple):
    """How well a name fits; `own` how well without other names, which several bodies may share; `was` the older body that bore it."""

    score: float | None
    own: float = 0.0
    was: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity with its score (0 to 100), and what the score is made of; `was` is the older body that bore the name asked for."""

    fact: Fact
    score: float
    features: tuple[tuple[str, float], ...]
    is_match: bool
    was: str


def candidates(index: Index, query: Query) -> list[Candidate]:
    """Return the best candidates; one is a match where it is sure by name, ahead of the next, and every property speaks for it."""
    names = _found(index, query)
    facts = index.facts(names)
    known = {pid: values(index, facts.values(), properties()[pid]) for pid, _ in query.props if pid in properties()}
    scored = []
    for n, name in names.items():
        compared = [(pid, property_score(asked, known.get(pid, {}).get(n, []))) for pid, asked in query.props]
        score = total(name.score, [value for _, value in compared])
        own = [("name", round(100 * name.score, 2))] if name.score is not None else []
        features = (*own, *((pid, round(100 * value, 2)) for pid, value in compared))
        scored.append((score, facts[n], features, name, [value for pid, value in compared if pid in properties()]))
    degree = dict(_degrees(index, names))
    scored.sort(key=lambda one: (-one[0], -one[3].own, -degree.get(one[1].node.n, 0), one[1].node.id))
    second = scored[1][0] if len(scored) > 1 else 0.0
    return [
        Candidate(fact, score, features, at == 0 and _is_sure(name, score - second, props), name.was)
        for at, (score, fact, features, name, props) in enumerate(scored[: query.limit])
    ]


def _is_sure(name: _Name, ahead: float, props: Sequence[float]) -> bool:
    return not name.was and 100 * name.own >= SURE and ahead >= AHEAD and all(value > UNKNOWN for value in props)


def _found(index: Index, query: Query) -> dict[int, _Name]:
    """The numbers of the candidates, with how well the name fits and which older body bore it."""
    if query.text is None:
        return dict.fromkeys(_by_properties(index, query), _Name(None))
    asked = spellings(query.text)
    numbers: dict[int, None] = {}
    for one in asked:
        numbers |= dict.fromkeys(node.n for node in suggest(index, one, query.classes, _LOOKED_AT))
    if len(numbers) < _FEW:
        for one in asked:
            numbers |= dict.fromkeys(_loosely(index, one, query.classes))
    facts = index.facts(numbers)
    found = {n: _named(asked, fact) for n, fact in facts.items()}
    return found | _successors(index, facts, found)


def _named(asked: Sequence[str], fact: Fact) -> _Name:
    """The best of the ways to write it and of the names that it bears; what was spelled out is never quite the name itself."""
    keys = [str(fact.data[key]) for key in ("number", "key", "name_en") if fact.data.get(key)]
    own = _best(asked, [fact.node.name, *keys])
    return _Name(max(own, _best(asked, [str(alias) for alias in fact.data.get("aliases", ())])), own)


def _best(asked: Sequence[str], names: Sequence[str]) -> float:
    first = [name_score(asked[0], name) for name in names]
    return max([0.0, *first, *(min(_SPELLED, name_score(one, name)) for one in asked[1:] for name in names)])


def _successors(index: Index, facts: Mapping[int, Fact], found: Mapping[int, _Name]) -> dict[int, _Name]:
    """The bodies and places of today for those that bear the name but are no more, a little behind them."""
    more: dict[int, _Name] = {}
    for n, fact in facts.items():
        score = found[n].score or 0.0
        if score < _OLD_NAME or fact.node.label not in ("Agency", "Place"):
            continue
        for later in index.out(n, "SUCCEEDED_BY"):
            mine = found.get(later, more.get(later, _Name(0.0))).score or 0.0
            if score * _OLD_NAME > mine:
                more[later] = _Name(round(score * _OLD_NAME, 4), 0.0, fact.node.name)
    return more


def _loosely(index: Index, asked: str, classes: Sequence[str]) -> list[int]:
    """What has any of the words, best first; for names with a word too many or one of them mistyped."""
    words = _WORD.findall(search_form(asked))[:12]
    if not words:
        return []
    text = " OR ".join(f'"{word}"' for word in words)
    marks = ",".join("?" * len(classes))
    rows = index.rows(
        f"SELECT node.n FROM names JOIN node ON node.n = names.rowid WHERE names MATCH ? AND node.label IN ({marks}) ORDER BY rank LIMIT ?",
        [f"{{folded}} : ({text})", *classes, _LOOKED_AT],
    )
    return [row[0] for row in rows]


def _by_properties(index: Index, query: Query) -> list[int]:
    """Entities of these classes whose name or number has a value that is given, where no name is."""
    numbers: dict[int, None] = {}
    for _, asked in query.props:
        for value in asked:
            text = str(value.get("name") or value.get("id") or "") if isinstance(value, dict) else str(value)
            near = suggest(index, text, tuple(CLASSES), _LOOKED_AT)
            numbers |= dict.fromkeys(node.n for node in near if node.label in query.classes)
            some = json.dumps([node.n for node in near])
            marks = ",".join("?" * len(query.classes))
            rows = index.rows(
                "SELECT DISTINCT o.n FROM edge e JOIN node o ON o.n IN (e.a, e.b) WHERE (e.a IN (SELECT value FROM json_each(?)) "
                f"OR e.b IN (SELECT value FROM json_each(?))) AND o.label IN ({marks}) ORDER BY o.degree DESC LIMIT {_LOOKED_AT}",
                [some, some, *query.classes],
            )
            numbers |= dict.fromkeys(row[0] for row in rows)
    return list(numbers)[: 2 * _LOOKED_AT]


def _degrees(index: Index, numbers: Mapping[int, Any]) -> list[tuple[int, int]]:
    return index.rows(
        "SELECT n, degree FROM node WHERE n IN (SELECT value FROM json_each(?))", [json.dumps(list(numbers))]
    )
