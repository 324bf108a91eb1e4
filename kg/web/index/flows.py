"""The picture of who -> whom -> about what: the largest names of each column and the flows between them, for all directives that fit."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.export.sankey import MORE, UNKNOWN, Drawing, Unit, lay_out_units
from kg.web.index.filters import Filters, condition
from kg.web.index.reader import Index, Node

CAPS: Final = (14, 16, 14)
"""Names shown in each column."""

_RARE: Final = 50
_HIT: Final = "SELECT d.n FROM directive d WHERE "


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing, and for each column the id of what a bar of that name stands for (none for "+N more" and what is not known)."""

    drawing: Drawing
    ids: tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]


def picture(index: Index, filters: Filters) -> Picture:
    """Return the picture of all directives that fit, whatever the page."""
    clause, values = condition(index, filters)
    index.rows("CREATE TEMP TABLE IF NOT EXISTS hit (n INTEGER PRIMARY KEY)")
    index.rows("DELETE FROM temp.hit")
    index.rows(f"INSERT INTO temp.hit {_HIT}{clause}", values)
    who, hidden_who = _largest(index, "who", CAPS[0])
    whom, hidden_whom = _largest(index, "whom", CAPS[1])
    about, hidden_about = _matters(index, CAPS[2])
    hidden = (hidden_who, hidden_whom, hidden_about)
    nodes = index.nodes([*who, *whom])
    names = (_names(who, nodes, UNKNOWN[0]), _names(whom, nodes, UNKNOWN[1]))
    units = [
        Unit(
            names[0].get(a, MORE.format(hidden[0])),
            names[1].get(b, MORE.format(hidden[1])),
            matter if matter is not None else MORE.format(hidden[2]),
            verb,
            strength,
            is_topic=bool(is_topic),
            value=count,
        )
        for a, b, matter, is_topic, verb, strength, count in _flows(index, who, whom, list(about))
    ]
    ids = ({names[0][n]: nodes[n].id for n in who if n}, {names[1][n]: nodes[n].id for n in whom if n})
    return Picture(lay_out_units(units, hidden), (*ids, {name: ident for name, ident in about.items() if ident}))


def _largest(index: Index, side: str, cap: int) -> tuple[list[int], int]:
    """The names of a column with the most directives, and how many others there are."""
    rows = index.rows(
        f"SELECT {side}, count(*) FROM flow JOIN temp.hit ON hit.n = directive GROUP BY {side} ORDER BY 2 DESC, 1 LIMIT ?",
        [cap + 1],
    )
    [(total,)] = index.rows(f"SELECT count(DISTINCT {side}) FROM flow JOIN temp.hit ON hit.n = directive")
    shown = [row[0] for row in rows[: cap + 1 if total <= cap + 1 else cap]]
    return shown, total - len(shown)


def _matters(index: Index, cap: int) -> tuple[dict[str, str], int]:
    """Topics first; the words of one directive only where many say the same or few are left."""
    rows = index.rows(
        "SELECT d.about, d.topic IS NOT NULL, coalesce((SELECT id FROM node WHERE n = d.topic), ''), count(*) AS size "
        "FROM flow JOIN temp.hit ON hit.n = directive JOIN directive d ON d.n = directive GROUP BY d.about "
        "ORDER BY 2 DESC, size DESC, 1"
    )
    total = sum(row[3] for row in rows)
    frequent = [row for row in rows if row[1] or row[3] * _RARE >= total]
    kept = rows if len(rows) <= cap + 1 else frequent[:cap] or rows[:cap]
    return {row[0]: row[2] for row in kept}, len(rows) - len(kept)


def _flows(
    index: Index, who: Sequence[int], whom: Sequence[int], about: Sequence[str]
) -> list[tuple[int, int, str | None, int, str, int, int]]:
    return index.rows(
        "SELECT CASE WHEN f.who IN (SELECT value FROM json_each(?1)) THEN f.who ELSE -1 END,"
        " CASE WHEN f.whom IN (SELECT value FROM json_each(?2)) THEN f.whom ELSE -1 END,"
        " CASE WHEN d.about IN (SELECT value FROM json_each(?3)) THEN d.about END,"
        " d.topic IS NOT NULL, d.verb, d.strength, count(*)"
        " FROM flow f JOIN temp.hit ON hit.n = f.directive JOIN directive d ON d.n = f.directive"
        " GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6",
        [json.dumps(list(who)), json.dumps(list(whom)), json.dumps(list(about), ensure_ascii=False)],
    )


def _names(numbers: Sequence[int], nodes: Mapping[int, Node], unknown: str) -> dict[int, str]:
    """A name for each number, no two alike."""
    seen: Counter[str] = Counter()
    names = {}
    for n in numbers:
        name = nodes[n].title if n else unknown
        seen[name] += 1
        names[n] = name if seen[name] == 1 else f"{name} (#{seen[name]})"
    return names
