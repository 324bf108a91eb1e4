"""Opens one kglite file for `kg.stores.worker`: loaded and frozen, so nothing that a query says can change it."""

from collections.abc import Callable
from typing import Any

import kglite


def opened(file: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what answers requests. Raises OSError where the file is damaged."""
    # warnings say that a label has no nodes, which an empty answer says too
    kglite.set_query_warning_policy("silent")
    try:
        graph = kglite.load(file).freeze()
    except (kglite.KgError, RuntimeError, ValueError) as error:
        raise OSError(str(error)) from error
    return lambda request: _answer(graph, request)


def _answer(graph: kglite.FrozenGraph, request: dict[str, Any]) -> dict[str, Any]:
    limit = request["limit"]
    milliseconds = max(1, round(request["timeout"] * 1000))
    try:
        result = graph.cypher(request["query"], params=request["params"], timeout_ms=milliseconds, row_limit=limit)
    except kglite.CypherTimeoutError as error:
        raise TimeoutError from error
    except (kglite.KgError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if isinstance(result, str):
        raise ValueError("FORMAT CSV is refused: choose the form of the output with --csv")
    total = (result.diagnostics or {}).get("total_rows") or len(result)
    columns = list(result.columns)
    rows = [[_cell(row[name]) for name in columns] for row in result]
    return {"columns": columns, "rows": rows[:limit], "truncated": total > limit}


def _cell(value: Any) -> Any:  # noqa: ANN401 (any value of the engine in, any JSON value out)
    if isinstance(value, dict):
        return {str(key): _cell(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cell(item) for item in value]
    if value is None or isinstance(value, str | int | float):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
