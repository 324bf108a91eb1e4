"""The report of the rules (`schema/rules.ttl`): made once for each state of the graph, in a thread and an engine process of its own."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from kg.ask.live import LiveHome
from kg.errors import ChidaoError, QueryTimeout
from kg.graph.rules import Rule, rules
from kg.graph.statements import entity_iri
from kg.web.index.reader import Index, Node

_SHOWN: Final = 50
_SECONDS: Final = 5.0  # a rule
_ROWS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule, how often it is broken (`more` than that where the limit was reached), where, and whether it was cut off at the time limit."""

    rule: Rule
    count: int
    more: bool
    places: tuple[tuple[Node | None, str, str], ...] = field(default=())
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What is known so far: the rules `done`, of `total`; `error` says why no more will come."""

    done: tuple[Checked, ...] = ()
    total: int = 0
    error: str = ""

    @property
    def is_whole(self) -> bool:
        """Say whether nothing more will come."""
        return len(self.done) == self.total or bool(self.error)


class Checks:
    """Runs the rules over one graph home, once for each index of it."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._report = Report()

    def report(self, index: Index) -> Report:
        """Return what is known of the graph of `index` by now; the first call starts the run."""
        with self._lock:
            if index is not self._index:
                self._index, self._report = index, Report(total=len(rules()))
                threading.Thread(target=self._run, args=(index,), daemon=True).start()
            return self._report

    def _run(self, index: Index) -> None:
        done: list[Checked] = []
        try:
            with LiveHome(self._home) as home:
                for rule in rules():
                    done.append(_check(index, home, rule))
                    if not self._tell(index, Report(tuple(done), len(rules()))):
                        return
        except ChidaoError as error:
            self._tell(index, Report(tuple(done), len(rules()), str(error)))

    def _tell(self, index: Index, report: Report) -> bool:
        """Show `report`, unless a newer state of the graph is looked at by now."""
        with self._lock:
            if index is self._index:
                self._report = report
            return index is self._index


def _check(index: Index, home: LiveHome, rule: Rule) -> Checked:
    try:
        answer = home.answer("oxigraph", lambda view: view.query(rule.query, timeout=_SECONDS, limit=_ROWS))
    except QueryTimeout:
        return Checked(rule, 0, False, cut_off=True)
    rows = sorted({(str(row["this"]), str(row.get("value") or "")) for row in answer.dicts()})
    return Checked(rule, len(rows), answer.truncated, tuple(_places(index, rows[:_SHOWN])))


def _places(index: Index, rows: list[tuple[str, str]]) -> Iterator[tuple[Node | None, str, str]]:
    for iri, value in rows:
        ident = unquote(iri.removeprefix(entity_iri("")).partition("#")[0])
        fact = index.node(ident)
        yield fact.node if fact else None, ident, value
