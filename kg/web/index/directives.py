"""The list of directives and its picture, as `kg ask` would answer: narrowed, put in order, one page of rows, the flows of all."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.export.html_rows import Piece, marked
from kg.export.safe import xml_text
from kg.web.index.columns import Columns
from kg.web.index.filters import Filters, fitting
from kg.web.index.reader import Index, Node

ROWS: Final = 30
"""Rows of a page."""

_LINKS: Final = {
    "OF_POST": "post", "CITES": "cites", "GIVEN_AT": "meeting", "COORDINATED_WITH": "coordinate", "LED_BY": "lead", "RELAYED_BY": "relayed",
}  # fmt: skip


class Cited(NamedTuple):
    """A document by name and number, empty where it has none."""

    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Row:
    """A directive as a page shows it; `about` is the topic, else the content cut short, `data` its properties."""

    node: Node
    data: dict[str, Any]
    record: str
    about: str
    topic: Node | None
    article: Node
    url: str
    published: str
    who: tuple[Node, ...]
    whom: tuple[Node, ...]
    post: tuple[Node, ...]
    cites: tuple[Node, ...]
    cited: tuple[Cited, ...]
    coordinate: tuple[Node, ...]
    meeting: Node | None
    quote: tuple[Piece, ...]

    @property
    def date(self) -> str:
        """Return the date, cut to the day."""
        return str(self.data.get("date") or "")[:10]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of rows, how many directives there are in all, and the first and last date of them."""

    rows: tuple[Row, ...]
    total: int
    first: str
    last: str


def listing(index: Index, filters: Filters, *, limit: int = ROWS) -> Listing:
    """Return a page of the directives that fit: exact names first, then the latest, then by article and offset, as `kg ask` has them."""
    all_ = index.columns
    mask = fitting(index, filters)
    places = np.flatnonzero(mask)
    dates = all_.date.codes[places]
    known = dates[dates > 0] if all_.date.texts[:1] == ("",) else dates
    first, last = (all_.date.texts[end()][:10] for end in (known.min, known.max)) if len(known) else ("", "")
    if filters.who or filters.whom:
        places = places[np.argsort(-_exactness(all_, filters)[places], kind="stable")]
    begin = (filters.page - 1) * limit
    shown = all_.numbers[places[begin : begin + limit]].tolist()
    return Listing(directive_rows(index, shown), len(places), first, last)


def directive_rows(index: Index, numbers: Sequence[int]) -> tuple[Row, ...]:
    """Return the directives with these numbers, in this order."""
    links = _links(index, numbers)
    extra = dict(_heads(index, numbers))
    wanted = {n for of in links.values() for ns in of.values() for n in ns}
    wanted |= {n for about, topic, article in extra.values() for n in (topic, article) if n}
    nodes = index.nodes(wanted)
    cited = index.facts({n for of in links.values() for n in of.get("cites", ())})
    articles = index.facts({article for _, _, article in extra.values() if article})
    facts = index.facts(numbers)
    rows = []
    for number in numbers:
        about, topic, article = extra[number]
        of = {name: tuple(nodes[n] for n in others) for name, others in links[number].items()}
        data = facts[number].data
        source = articles[article].data
        whom = of.get("whom", ())
        rows.append(
            Row(
                facts[number].node,
                data,
                str(source.get("record_id") or nodes[article].id),
                about,
                nodes.get(topic or 0),
                nodes[article],
                str(source.get("url") or ""),
                str(source.get("published") or "")[:10],
                of.get("who", ()),
                whom,
                of.get("post", ()),
                of.get("cites", ()),
                tuple(
                    Cited(cited[n].node.name, str(cited[n].data.get("number") or ""))
                    for n in links[number].get("cites", ())
                ),
                of.get("coordinate", ()),
                next(iter(of.get("meeting", ())), None),
                marked_quote(data, [node.name for node in whom]),
            )
        )
    return tuple(rows)


def marked_quote(data: dict[str, Any], whom: Sequence[str]) -> tuple[Piece, ...]:
    """Return the quote cut where the verb, an addressee or the deadline stands."""
    words = {
        "verb": [xml_text(data["verb"])],
        "whom": [xml_text(name) for name in whom],
        "deadline": [xml_text(data.get("deadline") or "")],
    }
    return marked(xml_text(data["quote"]), words)


def _exactness(all_: Columns, filters: Filters) -> NDArray[np.int8]:
    """Names that are written so come before those that only hold the words (2, 1, 0 for issuer and addressee each)."""
    score = np.zeros(len(all_.numbers), np.int8)
    for value, side in ((filters.who, all_.who), (filters.whom, all_.whom)):
        if value:
            holding = all_.names.holding(value)
            of_party = np.zeros(len(all_.parties), np.int8)
            of_party[holding] = 1
            of_party[[at for at in holding.tolist() if all_.names.at(at) == value]] = 2
            best = np.zeros(len(all_.numbers), np.int8)
            np.maximum.at(best, all_.flow, of_party[side])
            score += best
    return score


def _heads(index: Index, numbers: Sequence[int]) -> list[tuple[int, tuple[str, int | None, int]]]:
    rows = index.rows(
        "SELECT n, about, topic, article FROM directive WHERE n IN (SELECT value FROM json_each(?))",
        [json.dumps(list(numbers))],
    )
    return [(n, (about, topic, article)) for n, about, topic, article in rows]


def _links(index: Index, numbers: Sequence[int]) -> dict[int, dict[str, list[int]]]:
    """The other ends of each directive, by role."""
    found: dict[int, dict[str, list[int]]] = {n: defaultdict(list) for n in numbers}
    given = [json.dumps(list(numbers))]
    some = "IN (SELECT value FROM json_each(?))"
    for n, who, whom in index.rows(
        f"SELECT directive, who, whom FROM flow WHERE directive {some} ORDER BY directive, who, whom", given
    ):
        for name, other in (("who", who), ("whom", whom)):
            if other and other not in found[n][name]:
                found[n][name].append(other)
    types = ",".join(f"'{kind}'" for kind in _LINKS)
    for n, kind, other in index.rows(
        f"SELECT a, type, b FROM edge WHERE a {some} AND type IN ({types}) ORDER BY a, type, b", given
    ):
        found[n][_LINKS[kind]].append(other)
    posts = f"SELECT c.a, p.b FROM edge c JOIN edge p ON p.a = c.b AND p.type = 'OF_POST' WHERE c.a {some} AND c.type = 'IN_CAPACITY' ORDER BY 1, 2"
    for n, post in index.rows(posts, given):
        found[n]["post"].append(post)
    return found
