"""The graph as a whole: counts, coverage, what is unresolved, how sure; and the report of the rules (SHACL) with links to what to fix."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import QueryTimeout
from kg.graph.rules import Rule, rules
from kg.graph.statements import entity_iri
from kg.home import GraphHome
from kg.web.index.coverage import coverage
from kg.web.index.reader import Index, Node
from kg.web.render import index_of, rendered, site_of
from kg.web.site import Site

_SHOWN = 50


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


def checks_page(request: Request) -> Response:
    """Answer `/checks`: every rule of `schema/rules.ttl` over the graph; computed once for each state of it."""
    with _ONE:
        found: tuple[Checked, ...] = index_of(request).cached(_checked, site_of(request))
    return rendered(request, "checks.html", {"checks": found})


_ONE = threading.Lock()
"""The rules run once, however many ask at the same time."""


def _checked(index: Index, site: Site) -> tuple[Checked, ...]:
    return tuple(_check(index, site, rule) for rule in rules())


def _check(index: Index, site: Site, rule: Rule) -> Checked:
    try:
        answer = site.live.answer(
            "oxigraph",
            lambda view: view.query(rule.query, timeout=min(5.0, site.limits.timeout), limit=site.limits.rows),
        )
    except QueryTimeout:
        return Checked(rule, 0, False, cut_off=True)
    rows = sorted({(str(row["this"]), str(row.get("value") or "")) for row in answer.dicts()})
    return Checked(rule, len(rows), answer.truncated, tuple(_places(index, rows[:_SHOWN])))


def _places(index: Index, rows: list[tuple[str, str]]) -> Iterator[tuple[Node | None, str, str]]:
    from urllib.parse import unquote

    for iri, value in rows:
        ident = unquote(iri.removeprefix(entity_iri("")).partition("#")[0])
        fact = index.node(ident)
        yield fact.node if fact else None, ident, value
