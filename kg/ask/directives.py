"""The central question, in the form that `kg ask` promises."""

from collections.abc import Mapping
from typing import Final

from kg.ask.registry import question
from kg.ask.run import run
from kg.stores.base import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Cell, Engine, Table, View

ASK_COLUMNS: Final = (
    "who", "post", "verb", "strength", "whom", "about", "content", "cites", "deadline", "date", "meeting", "article",
    "quote", "start", "end", "article_id", "whom_ids",
)  # fmt: skip
"""Keys of a row (design.md, Contract). `article` is the id that the source gave the article, else `article_id`."""


def ask(
    view: View,
    engine: Engine,
    filters: Mapping[str, str],
    *,
    timeout: float = DEFAULT_TIMEOUT,
    limit: int = DEFAULT_LIMIT,
) -> Table:
    """Return one row a directive that fits `filters` (who, whom, about, cites, since, until, place, act, predecessors), exact names first.

    With `whom` the rows of one body stand together: two bodies of one name are two groups.
    """
    answer = run(view, engine, question("directives"), filters, timeout=timeout, limit=limit)
    rows: list[tuple[Cell, ...]] = [tuple(row[name] for name in ASK_COLUMNS) for row in answer.dicts()]
    if filters.get("whom"):
        bodies = [str(row[ASK_COLUMNS.index("whom_ids")]) for row in rows]
        first = {body: place for place, body in reversed(list(enumerate(bodies)))}
        rows = [row for _, row in sorted(zip(bodies, rows, strict=True), key=lambda pair: first[pair[0]])]
    return Table(ASK_COLUMNS, tuple(rows), answer.truncated)
