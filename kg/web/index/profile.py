"""What is known of one entity: posts over time with evidence, directives by month, meetings, bodies before and after, where it is named."""

import json
from dataclasses import dataclass
from typing import Final

import numpy as np

from kg.web.index.columns import facet
from kg.web.index.reader import Index, Node

_N: Final = "{0}.n, {0}.id, {0}.label, {0}.name, {0}.hint, {0}.shared"


@dataclass(frozen=True, slots=True)
class Held:
    """Who held which post of which body, from the first to the last day that an article shows it; `article`, `start` and `quote` are evidence."""

    person: Node
    post: Node
    body: Node | None
    status: str
    first: str
    last: str
    article: Node | None
    start: int
    quote: str


@dataclass(frozen=True, slots=True)
class Named:
    """An article that names an entity, how often, and where first."""

    article: Node
    published: str
    times: int
    start: int


@dataclass(frozen=True, slots=True)
class Month:
    """Directives given and received in a month (YYYY-MM)."""

    month: str
    given: int
    received: int


def held(index: Index, n: int, label: str, limit: int = 200) -> list[Held]:
    """Return the memberships of a person, of a post or in a body, by time."""
    column = {"Person": "p.a", "Post": "o.b", "Agency": "i.b"}[label]
    rows = index.rows(
        f"SELECT {_N.format('person')}, {_N.format('post')}, {_N.format('body')}, m.data, m.n FROM node m "
        "JOIN edge p ON p.b = m.n AND p.type = 'HAS_MEMBERSHIP' JOIN node person ON person.n = p.a "
        "JOIN edge o ON o.a = m.n AND o.type = 'OF_POST' JOIN node post ON post.n = o.b "
        "LEFT JOIN edge i ON i.a = m.n AND i.type = 'IN_AGENCY' LEFT JOIN node body ON body.n = i.b "
        f"WHERE {column} = ? ORDER BY coalesce(json_extract(m.data, '$.observed_from'), '9'), person.name, m.id LIMIT ?",
        (n, limit),
    )
    proofs = _proofs(index, [row[-1] for row in rows])
    found = []
    for row in rows:
        data = json.loads(row[18])
        article, start, quote = proofs.get(row[19], (None, 0, ""))
        found.append(
            Held(
                node_of(row[0:6]),
                node_of(row[6:12]),
                node_of(row[12:18]) if row[12] else None,
                data.get("status", "current"),
                str(data.get("observed_from") or "")[:10],
                str(data.get("observed_to") or "")[:10],
                article,
                start,
                quote,
            )
        )
    return found


def node_of(row: tuple[object, ...]) -> Node:
    """Return the node of six columns."""
    n, ident, label, name, hint, shared = row
    assert isinstance(n, int)
    return Node(n, str(ident), str(label), str(name), str(hint), bool(shared))


def named_in(index: Index, n: int, limit: int = 20) -> tuple[int, list[Named]]:
    """Return in how many articles an entity is named, and the latest of them."""
    [(total,)] = index.rows("SELECT count(*) FROM naming WHERE entity = ?", (n,))
    rows = index.rows(
        f"SELECT {_N.format('a')}, v.published, v.times, v.start FROM (SELECT * FROM naming WHERE entity = ? "
        "ORDER BY published DESC, article LIMIT ?) v JOIN node a ON a.n = v.article ORDER BY v.published DESC, v.article",
        (n, limit),
    )
    return total, [Named(node_of(row[:6]), row[6][:10], row[7], row[8]) for row in rows]


def months(index: Index, n: int) -> list[Month]:
    """Return the directives given and received by month; those without a month are left out."""
    all_ = index.columns
    counts: dict[str, list[int]] = {}
    for side, kind in enumerate(("who", "whom")):
        places = np.flatnonzero(all_.mask(facet(index, (kind,), (n,))))
        of_date = np.bincount(all_.date.codes[places], minlength=len(all_.date.texts))
        for code in np.flatnonzero(of_date).tolist():
            if len(month := all_.date.texts[code][:7]) == len("2000-01"):
                counts.setdefault(month, [0, 0])[side] += int(of_date[code])
    return [Month(month, *counts[month]) for month in sorted(counts)]


def numbers(index: Index, kind: str, n: int, limit: int = 20) -> tuple[int, list[int]]:
    """Return how many directives have `n` in the facet `kind`, and the latest of them."""
    places = np.flatnonzero(index.columns.mask(facet(index, (kind,), (n,))))
    return len(places), index.columns.numbers[places[:limit]].tolist()


def related(
    index: Index, n: int, *types: str, back: bool = False, label: str = "", limit: int = 60
) -> tuple[Node, ...]:
    """Return the nodes (of a `label`) at the other end of these relationships, the latest first where they have a date, then by name."""
    here, there = ("b", "a") if back else ("a", "b")
    marks = ",".join(f"?{at}" for at in range(2, len(types) + 2))
    rows = index.rows(
        f"SELECT DISTINCT {_N.format('o')} FROM edge e JOIN node o ON o.n = e.{there} "
        f"WHERE e.{here} = ?1 AND e.type IN ({marks}) AND (?{len(types) + 2} = '' OR o.label = ?{len(types) + 2}) "
        "ORDER BY coalesce(json_extract(o.data, '$.date'), '') DESC, o.name, o.id "
        f"LIMIT ?{len(types) + 3}",
        (n, *types, label, limit),
    )
    return tuple(node_of(row) for row in rows)


def alike(index: Index, fact_id: str, label: str, same_as: str | None) -> tuple[Node, ...]:
    """Return the other reports of the same directive or meeting."""
    if not same_as:
        return ()
    rows = index.rows(
        f"SELECT {_N.format('o')} FROM node o WHERE o.label = ? AND json_extract(o.data, '$.same_as') = ? AND o.id <> ? ORDER BY o.id LIMIT 20",
        (label, same_as, fact_id),
    )
    return tuple(node_of(row) for row in rows)


def _proofs(index: Index, members: list[int]) -> dict[int, tuple[Node, int, str]]:
    """One mention for each of these nodes."""
    rows = index.rows(
        f"SELECT v.b, {_N.format('a')}, json_extract(x.data, '$.start'), json_extract(x.data, '$.quote') FROM edge v JOIN node x ON x.n = v.a "
        "JOIN edge m ON m.b = v.a AND m.type = 'MENTIONS' JOIN node a ON a.n = m.a "
        "WHERE v.type = 'EVIDENCE_OF' AND v.b IN (SELECT value FROM json_each(?)) ORDER BY v.b, x.id DESC",
        [json.dumps(members)],
    )
    return {row[0]: (node_of(row[1:7]), row[7], row[8]) for row in rows}
