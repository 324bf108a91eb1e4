"""What the address of a network says, and the addresses that change it: every step is a link, so that Back and bookmarks hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from kg.web.index.network import CAP
from kg.web.index.reader import Index
from kg.web.markup import doc_url

STARTS: Final = 12
"""Entities that a network may start from."""

_MOST_OPENED: Final = 24
_MOST_PINNED: Final = 60
_FARTHEST: Final = 10_000
_DIGITS: Final = 5
_STEP: Final = 20


@dataclass(frozen=True, slots=True)
class State:
    """Ids to start from and ids opened, caps that were raised, the end of a path, and where boxes are pinned (pixels of the drawing)."""

    starts: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    caps: tuple[tuple[str, int], ...] = ()
    to: str = ""
    pins: tuple[tuple[str, int, int], ...] = ()

    @classmethod
    def of(cls, index: Index, query: QueryParams) -> "State":
        """Read `id=&open=&more=ID*CAP&pin=ID*X*Y&to=`; what names no entity or no number is passed over."""

        def known(name: str) -> tuple[str, ...]:
            given = dict.fromkeys(value for value in query.getlist(name) if value)
            return tuple(fact.node.id for value in list(given)[:_MOST_OPENED] if (fact := index.node(value)))

        caps = {ident: min(cap, 100) for ident, (cap,) in _numbered(index, query.getlist("more")[:_MOST_OPENED], 1)}
        pins = {ident: (x, y) for ident, (x, y) in _numbered(index, query.getlist("pin")[:_MOST_PINNED], 2)}
        return cls(
            known("id")[:STARTS],
            known("open"),
            tuple(sorted(caps.items())),
            next(iter(known("to")), ""),
            tuple((ident, x, y) for ident, (x, y) in sorted(pins.items())),
        )

    def url(self) -> str:
        """Return the address that says this."""
        pairs = [
            *(("id", one) for one in self.starts),
            *(("open", one) for one in self.opened),
            *(("more", f"{one}*{cap}") for one, cap in self.caps),
            *(("pin", f"{one}*{x}*{y}") for one, x, y in self.pins),
            *((("to", self.to),) if self.to else ()),
        ]
        return f"/canvas?{urlencode(pairs)}"

    def toggled(self, ident: str) -> str:
        """Return the address that opens or closes a node; one from which the network starts leads to its page."""
        if ident in self.starts:
            return doc_url(ident)
        is_open = ident in self.opened
        opened = tuple(one for one in self.opened if one != ident) if is_open else (*self.opened, ident)
        return replace(self, opened=opened).url()

    def more(self, ident: str) -> str:
        """Return the address that shows twenty more neighbours of a node."""
        caps = dict(self.caps)
        caps[ident] = caps.get(ident, CAP) + _STEP
        return replace(self, caps=tuple(sorted(caps.items()))).url()

    def fewer(self, ident: str) -> str:
        """Return the address that shows no more neighbours of a node than at first, empty where that is so already."""
        caps = tuple(one for one in self.caps if one[0] != ident)
        return replace(self, caps=caps).url() if caps != self.caps else ""

    def unpinned(self) -> str:
        """Return the address with every box where the server puts it, empty where none is pinned."""
        return replace(self, pins=()).url() if self.pins else ""


def _numbered(index: Index, values: Iterable[str], count: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The ids and numbers of values such as ID*30."""
    for value in values:
        ident, *numbers = value.rsplit("*", count)
        is_whole = len(numbers) == count and all(one.isascii() and one.isdecimal() for one in numbers)
        if is_whole and (fact := index.node(ident)):
            yield fact.node.id, tuple(min(int(one[:_DIGITS]), _FARTHEST) for one in numbers)
