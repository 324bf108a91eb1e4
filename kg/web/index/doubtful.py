"""The queue of the reviewers: what is most doubtful first, and of that what concerns the most connected."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.home.review import Kind
from kg.web.index.reader import Index


class Waiting(NamedTuple):
    """A fact that nobody has reviewed: the number of its node; a post has that of the mention which shows an official in it."""

    kind: Kind
    n: int


@cache
def _statement() -> str:
    return Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def queue(index: Index) -> tuple[Waiting, ...]:
    """Return the facts that nobody has reviewed, the most doubtful and most consequential first, each once."""
    found = (Waiting(kind, n) for kind, n, _, _ in index.rows(_statement()))
    return tuple(dict.fromkeys(found))


def facts_of(index: Index, article: str) -> frozenset[int]:
    """Return the numbers of what an article states: directives, statements, mentions, and the meetings that it names."""
    rows = index.rows(
        "WITH given AS (SELECT n FROM node WHERE id = ?) SELECT a FROM edge WHERE b IN given AND type = 'STATED_IN' "
        "UNION SELECT b FROM edge WHERE a IN given AND type = 'MENTIONS' "
        "UNION SELECT v.b FROM edge m JOIN edge v ON v.a = m.b AND v.type = 'EVIDENCE_OF' WHERE m.a IN given AND m.type = 'MENTIONS'",
        (article,),
    )
    return frozenset(row[0] for row in rows)
