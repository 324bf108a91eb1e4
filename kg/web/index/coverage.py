"""Counts of the graph, its coverage in time and place, what is unresolved, how sure the reading is."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.web.index.profile import node_of
from kg.web.index.reader import Index, Node

_MOST = 30


@dataclass(frozen=True, slots=True)
class Coverage:
    """`classes` and `unresolved` are counts by name (and, for the latter, of how many), `years` are articles and directives, `places` and
    `outlets` the most frequent, `sure` the directives by tenth of confidence, `resolved` those by how issuer and addressee were found."""

    classes: Mapping[str, int]
    years: tuple[tuple[str, int, int], ...]
    places: tuple[tuple[Node, int], ...]
    outlets: tuple[tuple[str, int], ...]
    unresolved: Mapping[str, tuple[int, int]]
    sure: tuple[tuple[str, int], ...]
    issuers: tuple[tuple[str, int], ...]
    addressees: tuple[tuple[str, int], ...]


def coverage(index: Index) -> Coverage:
    """Return the figures of the whole graph."""
    classes = dict(index.rows("SELECT label, count(*) FROM node GROUP BY label ORDER BY label"))
    articles = dict(
        index.rows(
            "SELECT substr(coalesce(json_extract(data, '$.published'), '?'), 1, 4), count(*) FROM node WHERE label = 'ArticleNode' GROUP BY 1"
        )
    )
    directives = dict(index.rows("SELECT substr(coalesce(date, '?'), 1, 4), count(*) FROM directive GROUP BY 1"))
    years = sorted({*articles, *directives}, key=lambda year: (year == "?", year))
    places = index.rows(
        "SELECT p.n, p.id, p.label, p.name, p.hint, p.shared, count(*) FROM facet f JOIN node p ON p.n = f.target "
        f"WHERE f.kind = 'place' GROUP BY f.target ORDER BY 7 DESC, p.name LIMIT {_MOST}"
    )
    outlets = index.rows(
        "SELECT coalesce(json_extract(data, '$.outlet'), '?'), count(*) FROM node WHERE label = 'ArticleNode' GROUP BY 1 "
        f"ORDER BY 2 DESC, 1 LIMIT {_MOST}"
    )
    sure = index.rows(
        "SELECT CAST(min(json_extract(data, '$.confidence'), 0.999) * 10 AS INTEGER) AS tenth, count(*) FROM node "
        "WHERE label = 'Directive' GROUP BY tenth ORDER BY tenth"
    )
    return Coverage(
        classes,
        tuple((year, articles.get(year, 0), directives.get(year, 0)) for year in years),
        tuple((node_of(row[:6]), row[6]) for row in places),
        tuple(outlets),
        _unresolved(index, classes),
        tuple((f"{tenth / 10:.1f}–{(tenth + 1) / 10:.1f}", count) for tenth, count in sure),
        _resolutions(index, "issuer_resolution"),
        _resolutions(index, "addressee_resolution"),
    )


def _unresolved(index: Index, classes: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    total = classes.get("Directive", 0)
    queries = {
        "issuer": ("SELECT count(DISTINCT directive) FROM flow WHERE who = 0", total),
        "addressee": ("SELECT count(DISTINCT directive) FROM flow WHERE whom = 0", total),
        "date": ("SELECT count(*) FROM directive WHERE date IS NULL", total),
        "topic": ("SELECT count(*) FROM directive WHERE topic IS NULL", total),
        "body": (
            "SELECT count(*) FROM node WHERE label = 'Agency' AND id GLOB '*@a????????????????'",
            classes.get("Agency", 0),
        ),
        "place": (
            "SELECT count(*) FROM node a WHERE label = 'ArticleNode' AND NOT EXISTS (SELECT 1 FROM edge WHERE edge.a = a.n AND type = 'FROM_PLACE')",
            classes.get("ArticleNode", 0),
        ),
    }
    return {name: (index.rows(query)[0][0], of) for name, (query, of) in queries.items()}


def _resolutions(index: Index, name: str) -> tuple[tuple[str, int], ...]:
    rows = index.rows(
        "SELECT json_extract(data, '$.' || ?), count(*) FROM node WHERE label = 'Directive' GROUP BY 1 ORDER BY 2 DESC, 1",
        (name,),
    )
    return tuple(rows)
