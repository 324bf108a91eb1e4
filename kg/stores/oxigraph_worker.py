"""The child process behind `kg.stores.oxigraph`: one JSON request a line in, one JSON answer a line out.

It opens the store read-only, so nothing it runs can change it, and ends when its input does or when a query outlives its limit.
"""

import json
import signal
import sys
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    _XSD + name
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt")
)
_FLOATS = frozenset(_XSD + name for name in ("double", "float", "decimal"))


def main() -> None:
    """Answer requests from standard input until it ends; the store's folder is the only argument."""
    store: ox.Store | None = None
    for line in sys.stdin.buffer:
        try:
            store = store or _opened(sys.argv[1])
            answer = _answer(store, json.loads(line))
        except OSError as error:
            answer = {"error": "store", "message": f"{sys.argv[1]}: {error}"}
        except (SyntaxError, ValueError, RuntimeError) as error:
            kind = "store" if str(error).startswith("Corruption") else "query"
            answer = {"error": kind, "message": str(error)}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


def _opened(folder: str) -> ox.Store:
    try:
        return ox.Store.read_only(folder)
    except (ValueError, RuntimeError) as error:
        raise OSError(str(error)) from error


def _answer(store: ox.Store, request: dict[str, Any]) -> dict[str, Any]:
    _end_after(request["timeout"])
    bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
        ox.Variable(name): _term(value) for name, value in request["params"].items()
    }
    result = store.query(request["query"], use_default_graph_as_union=True, substitutions=bound)
    columns, rows = _table(result)
    kept: list[list[Any]] = []
    truncated = False
    for row in rows:
        if len(kept) == request["limit"]:
            truncated = True
            break
        kept.append(row)
    _end_after(0)
    return {"columns": columns, "rows": kept, "truncated": truncated}


def _end_after(seconds: float) -> None:
    # the default action of SIGALRM ends the process even inside the engine, should the parent be gone
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


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


if __name__ == "__main__":
    main()
