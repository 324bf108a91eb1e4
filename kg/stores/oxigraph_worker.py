"""Opens one Oxigraph folder for `kg.stores.worker`: read-only, so nothing that a query says can change it."""

from collections.abc import Callable, Iterator
from typing import Any

import pyoxigraph as ox

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    _XSD + name
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt")
)
_FLOATS = frozenset(_XSD + name for name in ("double", "float", "decimal"))


def opened(folder: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what answers requests. Raises OSError where the store is damaged."""
    try:
        store = ox.Store.read_only(folder)
    except (ValueError, RuntimeError) as error:
        raise OSError(str(error)) from error
    return lambda request: _answer(store, request)


def _answer(store: ox.Store, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return _rows(store, request)
    except (SyntaxError, ValueError, RuntimeError) as error:
        # RocksDB checks the sum of every block that it reads
        raise (OSError if str(error).startswith("Corruption") else ValueError)(str(error)) from error


def _rows(store: ox.Store, request: dict[str, Any]) -> dict[str, Any]:
    bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
        ox.Variable(name): _term(value) for name, value in request["params"].items()
    }
    result = store.query(request["query"], use_default_graph_as_union=request["union"], substitutions=bound)
    columns, rows = _table(result)
    kept: list[list[Any]] = []
    for row in rows:
        if len(kept) == request["limit"]:
            return {"columns": columns, "rows": kept, "truncated": True}
        kept.append(row)
    return {"columns": columns, "rows": kept, "truncated": False}


def _term(value: Any) -> "ox.NamedNode | ox.Literal":  # noqa: ANN401 (JSON)
    return ox.NamedNode(value["iri"]) if isinstance(value, dict) else ox.Literal(value)


def _table(
    result: "ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples",
) -> tuple[list[str], Iterator[list[Any]]]:
    if isinstance(result, ox.QueryBoolean):
        return ["answer"], iter([[bool(result)]])
    if isinstance(result, ox.QueryTriples):
        return ["subject", "predicate", "object"], (
            [_cell(triple.subject), _cell(triple.predicate), _cell(triple.object)] for triple in result
        )
    names = [variable.value for variable in result.variables]
    return names, ([_cell(value) for value in solution] for solution in result)


def _cell(term: Any) -> Any:  # noqa: ANN401 (any RDF term in, any JSON value out)
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode) else str(term)
    datatype = term.datatype.value
    if datatype in _INTEGERS:
        return int(term.value)
    if datatype in _FLOATS:
        return float(term.value)
    return term.value == "true" if datatype == _XSD + "boolean" else term.value
