"""The graph as a whole: counts, coverage, what is unresolved, how sure; and the report of the rules (SHACL) with links to what to fix."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response

from kg.ask.live import LiveHome
from kg.errors import QueryTimeout
from kg.graph.rules import Rule, rules
from kg.graph.statements import entity_iri
from kg.home import GraphHome
from kg.web.index.coverage import coverage
from kg.web.index.reader import Index, Node
from kg.web.render import gate_of, index_of, rendered, site_of

_SHOWN: Final = 50
_SECONDS: Final = 5.0  # a rule
_ROWS: Final = 10_000


def overview_page(request: Request) -> Response:
    """Answer `/overview`."""
    with GraphHome(site_of(request).home) as truth:
        readers, retracted = truth.readers(), len(truth.retracted())
        failed = [source for source in truth.sources() if source.outcome == "failed"]
    context = {
        "all": index_of(request).cached(coverage),
        "readers": readers,
        "retracted": retracted,
        "failed": failed[:_SHOWN],
        "failed_count": len(failed),
    }
    return rendered(request, "overview.html", context)


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule, how often it is broken (`more` than that where the limit was reached), where, and whether it was cut off at the time limit."""

    rule: Rule
    count: int
    more: bool
    places: tuple[tuple[Node | None, str, str], ...] = field(default=())
    cut_off: bool = False


async def checks_page(request: Request) -> Response:
    """Answer `/checks`: every rule of `schema/rules.ttl` over the graph; computed once for each state of it."""
    index = index_of(request)
    found: tuple[Checked, ...] = await gate_of(request).run(lambda home: _once(index, home))
    return rendered(request, "checks.html", {"checks": found})


_ONE = threading.Lock()


def _once(index: Index, home: LiveHome) -> tuple[Checked, ...]:
    with _ONE:  # however many ask at the same time
        found: tuple[Checked, ...] = index.cached(_checked, home.path)
        return found


def _checked(index: Index, path: Path) -> tuple[Checked, ...]:
    with LiveHome(path) as home:
        return tuple(_check(index, home, rule) for rule in rules())


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
