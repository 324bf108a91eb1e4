"""SPARQL 1.1 queries answered in the formats of its standards, with a dataset of the caller's: what the endpoint runs its queries on.

One `SparqlRunner` is one child process, which can be cancelled; see `kg.stores.process`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, cast

from kg.model.namespaces import BASE, PREFIXES
from kg.stores.guard import has_dataset, refuse_outside_sparql
from kg.stores.process import QueryProcess

Kind = Literal["rows", "boolean", "graph"]

_ENGINE: Final = Path(__file__).with_name("sparql_worker.py")
_MOVED: Final = ("id/", "graph/")


@dataclass(frozen=True, slots=True)
class SparqlQuery:
    """A query, the graphs that make its dataset (None: as the query says, else all), and the format for each kind of answer.

    Formats: json, xml, csv, tsv for rows; json, xml for a boolean; ttl, nt, rdf, jsonld for a graph; None: none that would be accepted.
    """

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    formats: dict[Kind, str | None] = field(
        default_factory=lambda: cast("dict[Kind, str | None]", {"rows": "json", "boolean": "json", "graph": "ttl"})
    )


@dataclass(frozen=True, slots=True)
class SparqlAnswer:
    """An answer: of which kind, in which format (None: the caller accepts none), and its text."""

    kind: Kind
    form: str | None
    body: str


class SparqlRunner:
    """Runs queries on one store folder, one after the other. Entities and graphs are named under `base` instead of chidao's own base."""

    def __init__(self, folder: Path, base: str = BASE, damage: Callable[[], str | None] = lambda: None) -> None:
        self._process = QueryProcess(_ENGINE, folder, damage=damage)
        self._base = base

    @property
    def pid(self) -> int | None:
        """The id of the process, None while there is none."""
        return self._process.pid

    def run(self, query: SparqlQuery, *, timeout: float, limit: int) -> SparqlAnswer:
        """Run one SELECT, ASK, CONSTRUCT or DESCRIBE. Raises what `kg.stores.base.View.query` promises.

        More than `limit` rows or statements is a QueryError: an answer is whole or refused.
        """
        text = self._own(query.text)
        refuse_outside_sparql(text)
        named = query.default_graphs is not None or query.named_graphs is not None
        answer = self._process.request(
            {
                "query": text,
                "base": BASE,
                "union": not named and not has_dataset(text),
                "dataset": named,
                "default_graph": [self._own_iri(iri) for iri in query.default_graphs or ()],
                "named_graphs": [self._own_iri(iri) for iri in query.named_graphs or ()],
                "formats": query.formats,
                "prefixes": {**PREFIXES, "id": self._base + "id/"},
                "own": [BASE + part for part in _MOVED],
                "shown": [self._base + part for part in _MOVED],
                "limit": limit,
            },
            timeout,
        )
        return SparqlAnswer(answer["kind"], answer["form"], answer["body"])

    def cancel(self) -> None:
        """End the query that runs now, from another thread."""
        self._process.cancel()

    def close(self) -> None:
        """End the child process; a second call does nothing."""
        self._process.close()

    def _own(self, text: str) -> str:
        """The query with chidao's own IRIs where it names entities and graphs under the base that the outside knows."""
        if self._base == BASE:
            return text
        for part in _MOVED:
            text = text.replace(f"<{self._base}{part}", f"<{BASE}{part}")
        return text

    def _own_iri(self, iri: str) -> str:
        return self._own(f"<{iri}")[1:]
