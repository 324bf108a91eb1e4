"""What came after a body: its rows in the register (reorganisations of 2025), and its province's (63 to 34). Rules: DOMAIN.md 1.2, 1.3, 2."""

from collections.abc import Callable, Iterator
from functools import cache

from kg.identify.places import Province, provinces
from kg.identify.register import Row, rows


def successor_ids(row: Row, place: Province | None) -> tuple[str, ...]:
    """Return the ids of the bodies that follow the body of `row` at `place` directly, sorted; they need not be in a graph.

    Where the row ends before the province does, its successors there; where the province ends first, the same row in the province after.
    """
    if place is None:
        return tuple(sorted(f"agency/{ident}" for ident in row.successors))
    local = tuple(sorted(_at(ident, place) for ident in row.successors))
    if local and row.days.last < place.days.last:
        return local
    after = provinces().get(place.row["successor_id"])
    if after is None:
        return local
    # a row that ended with the province or before has moved into its successor there
    if not local or row.days.last >= after.days.first:
        return (f"agency/{row.id}@{after.id}",)
    return tuple(sorted(_at(ident, after) for ident in row.successors))


def _at(row_id: str, place: Province) -> str:
    row = rows().get(row_id)
    return f"agency/{row_id}@{place.id}" if row and row.level == "province" else f"agency/{row_id}"


def parse_id(agency: str) -> tuple[Row, Province | None] | None:
    """Return the row and the province in the id of a body of the register, None for any other id.

    >>> row, place = parse_id("agency/so-y-te@binh-thuan")
    >>> row.name, place.name
    ('Sở Y tế', 'Bình Thuận')
    """
    head, at, tail = agency.removeprefix("agency/").partition("@")
    row = rows().get(head)
    if row is None or (at and tail not in provinces()):
        return None
    return row, provinces()[tail] if at else None


@cache
def _next(agency: str) -> tuple[str, ...]:
    parsed = parse_id(agency)
    return successor_ids(*parsed) if parsed else ()


def nearest_known(agency: str, first: tuple[str, ...], known: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the nearest bodies after `agency` that are `known`, through any that are not; `first` are its own successors."""
    return tuple(sorted(set(_walk(first, known, {agency}))))


def _walk(wanted: tuple[str, ...], known: Callable[[str], bool], seen: set[str]) -> Iterator[str]:
    for ident in wanted:
        if ident in seen:
            continue
        seen.add(ident)
        if known(ident):
            yield ident
        else:
            yield from _walk(_next(ident), known, seen)


def lineage(agency: str) -> frozenset[str]:
    """Return a body and all that follow it: two bodies of one line share an id of it.

    >>> sorted(lineage("agency/bo-gtvt"))
    ['agency/bo-gtvt', 'agency/bo-xay-dung-2025']
    """
    return _lineage(agency)


@cache
def _lineage(agency: str) -> frozenset[str]:
    found, wanted = {agency}, [agency]
    while wanted:
        for ident in _next(wanted.pop()):
            if ident not in found:
                found.add(ident)
                wanted.append(ident)
    return frozenset(found)
