"""Runs a named question on an engine: the same rows from each, in the order that the question declares."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from kg.ask.header import Column
from kg.ask.params import bind
from kg.ask.registry import SEPARATOR, Language, Question
from kg.errors import StoreError, UsageError
from kg.graph.statements import entity_iri
from kg.model.namespaces import expand
from kg.stores.base import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Cell, Engine, Iri, Table, View

LANGUAGES: Final[Mapping[Engine, Language]] = {"oxigraph": "sparql", "kglite": "cypher", "neo4j": "cypher"}
"""The query language of each engine that answers named questions."""

_REDIRECT: Final[Mapping[Language, str]] = {
    "sparql": f"SELECT ?now ?p_old WHERE {{ ?p_old <{expand('cd:redirectsTo')}> ?now }}",
    "cypher": "MATCH (r:Redirect {id: $p_old})-[:REDIRECTS_TO]->(n) RETURN n.id AS now",
}

_ROWS: Final = re.compile(r"\bLIMIT \d+ # rows$", re.MULTILINE)


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
    if engine not in able(question):
        raise UsageError(_refusal(question, engine))
    now = {
        param.name: followed(view, engine, params[param.name])
        for param in question.params
        if param.type == "id" and params.get(param.name)
    }
    bound = bind(question, {**params, **now}, language)
    text = without_empty_filters(question.texts[language], bound)
    if language == "sparql":
        text = with_row_limit(text, limit)
        bound = {f"p_{name}": value for name, value in bound.items()}
    answer = view.query(text, bound, timeout=timeout, limit=limit)
    return _normalised(question, answer)


def without_empty_filters(text: str, bound: Mapping[str, Cell]) -> str:
    """Return `text` without the blocks between lines `# if NAME` and `# end NAME` whose parameter is empty.

    Such a block is a filter: it asks for what fits its parameter, so it must go where there is none.
    """
    for name, value in bound.items():
        if value == "":
            text = re.sub(rf"^ *# if {name}\n.*?^ *# end {name}\n", "", text, flags=re.DOTALL | re.MULTILINE)
    return text


def with_row_limit(text: str, limit: int) -> str:
    """Return `text` with `LIMIT n # rows` at one more than `limit`: what comes first is then sought before the rest of each row is.

    >>> with_row_limit("ORDER BY ?date LIMIT 99999 # rows", 100)
    'ORDER BY ?date LIMIT 101 # rows'
    """
    return _ROWS.sub(f"LIMIT {limit + 1} # rows", text)


def able(question: Question) -> tuple[Engine, ...]:
    """Return the engines that can answer `question`."""
    refused = question.header.refusals
    return tuple(engine for engine, language in LANGUAGES.items() if engine not in refused and language not in refused)


def _refusal(question: Question, engine: Engine) -> str:
    refused = question.header.refusals
    why = refused.get(engine) or refused[LANGUAGES[engine]]
    return f"{question.name}: không chạy trên · does not run on {engine}: {why}; --engine {' | '.join(able(question))}"


def followed(view: View, engine: Engine, ident: str) -> str:
    """Return the id under which an entity is known now: ids of before, or of less evidence, lead to it; any other is returned as it is."""
    language = LANGUAGES[engine]
    old: Cell | Iri = Iri(entity_iri(ident)) if language == "sparql" else ident
    answer = view.query(_REDIRECT[language], {"p_old": old}, limit=1)
    return _without_base(str(answer.rows[0][answer.columns.index("now")])) if answer.rows else ident


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
    for name, descending in reversed(question.header.order):
        at = names.index(name)
        rows.sort(key=lambda row: _key(row[at], descending), reverse=descending)
    return Table(tuple(names), tuple(rows), answer.truncated)


def _cell(column: Column, value: Cell) -> Cell:
    if column.type == "path":
        return [_without_base(part) for part in value or []]
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
