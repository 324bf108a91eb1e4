"""Requests of the Reconciliation API 0.2, checked: queries in a batch, and data extension. Source: the API's specification, sections 4 and 7."""

import json
from dataclasses import dataclass
from typing import Any, Final, cast

from kg.errors import UsageError
from kg.web.machine.reconcile.candidates import LIMIT, MOST, Query
from kg.web.machine.reconcile.properties import CLASSES, properties

BATCH: Final = 50
"""Queries of a batch at most."""

IDS: Final = 200
"""Entities of a data extension at most."""

_LONGEST: Final = 1_000
_PROPS: Final = 10
_VALUES: Final = 10


@dataclass(frozen=True, slots=True)
class Extension:
    """A data extension: entities, and properties with the number of values wanted (0: all)."""

    ids: tuple[str, ...]
    props: tuple[tuple[str, int], ...]


def parse_queries(text: str) -> dict[str, Query]:
    """Return the queries of a batch by their keys. Raises UsageError that names the query and what is wrong with it."""
    batch = _object(text, "queries")
    if len(batch) > BATCH:
        raise UsageError(f"queries: {len(batch)}; at most {BATCH} in a batch")
    return {key: _query(key, value) for key, value in batch.items()}


def parse_extension(text: str) -> Extension:
    """Return a data extension. Raises UsageError."""
    value = _object(text, "extend")
    ids, props = value.get("ids"), value.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids) or not isinstance(props, list):
        raise UsageError("extend: give ids, a list of texts, and properties, a list")
    if len(ids) > IDS or len(props) > len(properties()):
        raise UsageError(f"extend: at most {IDS} ids and {len(properties())} properties")
    return Extension(tuple(ids), tuple(_wanted(one) for one in props))


def _wanted(value: object) -> tuple[str, int]:
    pid = value.get("id") if isinstance(value, dict) else None
    if not isinstance(pid, str) or pid not in properties():
        raise UsageError(f"extend: no property {str(pid)[:60]!r}; one of {', '.join(properties())}")
    settings = cast("dict[str, Any]", value).get("settings")
    limit = settings.get("limit", 0) if isinstance(settings, dict) else 0
    return pid, int(limit) if isinstance(limit, int | float | str) and str(limit).isdecimal() else 0


def _query(key: str, value: object) -> Query:
    where = f"query {key[:40]!r}"
    if not isinstance(value, dict):
        raise UsageError(f"{where}: not an object")
    text = value.get("query")
    if text is not None and not isinstance(text, str):
        raise UsageError(f"{where}: query is not a text")
    props = value.get("properties") or []
    if not isinstance(props, list) or len(props) > _PROPS:
        raise UsageError(f"{where}: properties is a list of at most {_PROPS}")
    if not (text and text.strip()) and not props:
        raise UsageError(f"{where}: give a query, properties, or both")
    limit = value.get("limit", LIMIT)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not 1 <= limit <= 10_000:
        raise UsageError(f"{where}: limit is a number from 1 on")
    return Query(
        text[:_LONGEST].strip() if text and text.strip() else None,
        _classes(where, value.get("type")),
        tuple(_prop(where, one) for one in props),
        min(int(limit), MOST),
    )


def _classes(where: str, asked: object) -> tuple[str, ...]:
    """The classes wanted, all where none is named; those that are not known are left out."""
    if not asked:
        return tuple(CLASSES)
    wanted = asked if isinstance(asked, list) else [asked]
    if not all(isinstance(one, str) for one in wanted):
        raise UsageError(f"{where}: type is an id or a list of ids")
    return tuple(name for name in CLASSES if name in wanted)


def _prop(where: str, value: object) -> tuple[str, tuple[object, ...]]:
    if not isinstance(value, dict) or not isinstance(value.get("pid"), str) or "v" not in value:
        raise UsageError(f"{where}: a property has pid and v")
    given = value["v"] if isinstance(value["v"], list) else [value["v"]]
    kept = [one[:_LONGEST] if isinstance(one, str) else one for one in given[:_VALUES]]
    if not all(isinstance(one, str | int | float | bool) or (isinstance(one, dict) and "id" in one) for one in kept):
        raise UsageError(f"{where}: v is a text, a number, a boolean, an object with id, or a list of these")
    return value["pid"], tuple(kept)


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name}: not JSON") from error
    if not isinstance(value, dict):
        raise UsageError(f"{name}: not a JSON object")
    return value
