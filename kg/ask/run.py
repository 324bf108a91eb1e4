"""Runs a named question on an engine: the same rows from each, in the order that the question declares."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from kg.ask.params import bind
from kg.ask.registry import SEPARATOR, Column, Language, Question
from kg.errors import StoreError, UsageError
from kg.graph.statements import entity_iri
from kg.stores.base import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Cell, Engine, Table, View

LANGUAGES: Final[Mapping[Engine, Language]] = {"oxigraph": "sparql", "kglite": "cypher"}
"""The query language of each engine that answers named questions."""


def run(
    view: View,
    engine: Engine,
    question: Question,
    params: Mapping[str, str],
    *,
    timeout: float = DEFAULT_TIMEOUT,
    limit: int = DEFAULT_LIMIT,
) -> Table:
    """Ask `question` with `params` as the user wrote them.

    Columns are those of the header. Missing values are None; `list` columns are sorted and without repeats, `joined` ones are the same
    joined by "; ". Raises UsageError for wrong parameters and what `View.query` raises.
    """
    if engine not in LANGUAGES:
        raise UsageError(f"named questions run on {', '.join(LANGUAGES)}, not on {engine}")
    language = LANGUAGES[engine]
    bound = bind(question, params, language)
    if language == "sparql":
        bound = {f"p_{name}": value for name, value in bound.items()}
    answer = view.query(question.texts[language], bound, timeout=timeout, limit=limit)
    return _normalised(question, answer)


def _normalised(question: Question, answer: Table) -> Table:
    names = [column.name for column in question.columns]
    if missing := [name for name in names if name not in answer.columns]:
        raise StoreError(f"{question.name}: the query returns no column {', '.join(missing)}")
    places = [answer.columns.index(name) for name in names]
    rows = [
        tuple(_cell(column, row[place]) for column, place in zip(question.columns, places, strict=True))
        for row in answer.rows
    ]
    # stable sorts from the last key to the first; the whole row settles ties
    rows.sort(key=repr)
    for name, descending in reversed(question.order):
        at = names.index(name)
        rows.sort(key=lambda row: _key(row[at], descending), reverse=descending)
    return Table(tuple(names), tuple(rows), answer.truncated)


def _cell(column: Column, value: Cell) -> Cell:
    if column.type in ("list", "joined"):
        parts = value.split(SEPARATOR) if isinstance(value, str) else value or []
        values = sorted({_without_base(part) for part in parts if part})
        return values if column.type == "list" else "; ".join(values) or None
    if value is None or value == "":
        return None
    if column.type == "id":
        return _without_base(value)
    return float(value) if column.type == "float" else value


def _without_base(value: str) -> str:
    """The id in an entity's IRI; any other text as it is."""
    base = entity_iri("")
    return unquote(value.removeprefix(base)) if value.startswith(base) else value


def _key(value: Cell, descending: bool) -> tuple[bool, Cell]:
    """Missing values last, whichever way the sort runs."""
    return ((value is None) != descending, 0 if value is None else value)
