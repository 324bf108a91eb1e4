"""Measures of the network, each as a table in an order that is the same every time. Ties are settled by name and id.

Sources: PageRank, betweenness (Brandes; sampled sources in larger networks), Louvain communities as networkx has them; brokerage after Gould
and Fernandez (1989): the ordered pairs that an actor joins and that have no edge of their own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from kg.errors import UsageError
from kg.stores.base import Cell, Table

if TYPE_CHECKING:
    import networkx

    Network = networkx.DiGraph[str]

_EXACT: Final = 500
_SOURCES: Final = 256
_SEED: Final = 0
_DIGITS: Final = 6


MEASURES: Final = ("told", "was_told", "tells", "told_by", "pagerank", "betweenness", "brokerage", "community")
"""Of a node: directives issued and received, neighbours by them, and what `values` computes of the whole network."""


def values(network: "Network", names: Sequence[str] = MEASURES) -> dict[str, dict[str, Cell]]:
    """Return for each node the measures of these names, none of the others being computed."""
    columns = {name: _column(network, name) for name in names}
    return {ident: {name: column[ident] for name, column in columns.items()} for ident in network}


def _column(network: "Network", name: str) -> dict[str, Cell]:
    match name:
        case "told":
            return {ident: int(degree) for ident, degree in network.out_degree(weight="weight")}
        case "was_told":
            return {ident: int(degree) for ident, degree in network.in_degree(weight="weight")}
        case "tells":
            return {ident: int(degree) for ident, degree in network.out_degree()}
        case "told_by":
            return {ident: int(degree) for ident, degree in network.in_degree()}
        case "pagerank":
            return {ident: round(rank, _DIGITS) for ident, rank in _pagerank(network).items()}
        case "betweenness":
            return {ident: round(share, _DIGITS) for ident, share in _betweenness(network).items()}
        case "brokerage":
            return {ident: _brokerage(network, ident) for ident in network}
        case "community":
            return {ident: number for number, group in enumerate(_groups(network), 1) for ident in group}
    raise KeyError(name)


def centrality(network: "Network") -> Table:
    """One row an actor, by PageRank: who is told most, by those who are told most."""
    return _ranked(network, ("told", "was_told", "tells", "told_by", "pagerank", "betweenness"), "pagerank")


def central(network: "Network") -> Table:
    """Return the actors in the order of `centrality`, with that measure alone."""
    return _ranked(network, ("pagerank",), "pagerank")


def brokers(network: "Network") -> Table:
    """One row an actor that is told and tells others, by the number of pairs that only it joins."""
    table = _ranked(network, ("brokerage", "betweenness", "told_by", "tells"), "brokerage")
    return Table(table.columns, tuple(row for row in table.rows if row[2]))


def communities(network: "Network") -> Table:
    """One row a community, the largest first: its size, the directives within it and across its edge, the names of its most central members."""
    ranks = _pagerank(network)
    rows = []
    for number, group in enumerate(_groups(network), 1):
        inside = sum(network[a][b]["weight"] for a, b in network.subgraph(group).edges)
        degree = sum(network.degree(ident, weight="weight") for ident in group)
        members = sorted(group, key=lambda ident: (-round(ranks[ident], _DIGITS), network.nodes[ident]["name"], ident))
        names = [network.nodes[ident]["name"] for ident in members]
        rows.append((number, len(group), int(inside), int(degree - 2 * inside), names[:5]))
    return Table(("community", "members", "within", "across", "most_central"), tuple(rows))


def chains(network: "Network") -> Table:
    """The shape of the whole: size, reciprocity, how deep orders can run, as rows of `measure` and `value`.

    `depth` counts the edges of the longest chain in which nobody stands twice, each knot of mutual orders taken as one; `chain` names it.
    """
    import networkx

    numbered = _numbered(network)
    knots = networkx.condensation(numbered)
    path = networkx.dag_longest_path(knots) if len(knots) else []
    names = [network.nodes[_first(network, knots.nodes[knot]["members"])]["name"] for knot in path]
    mutual = sum(1 for a, b in network.edges if a < b and network.has_edge(b, a))
    rows: list[tuple[str, Cell]] = [
        ("actors", len(network)),
        ("pairs", network.number_of_edges()),
        ("directives", int(network.size(weight="weight"))),
        ("components", networkx.number_weakly_connected_components(network)),
        ("communities", len(_groups(network))),
        ("mutual_pairs", mutual),
        ("reciprocity", round(2 * mutual / network.number_of_edges(), _DIGITS) if network.number_of_edges() else 0.0),
        ("depth", max(0, len(path) - 1)),
        ("chain", names),
    ]
    return Table(("measure", "value"), tuple(rows))


def change(now: "Network", then: "Network") -> Table:
    """One row an actor of either period, by how much its share of what is told and was told has moved: counts now and then, and shares."""
    sums = [network.size(weight="weight") or 1 for network in (now, then)]
    rows = []
    for ident in sorted({*now, *then}):
        node = now.nodes[ident] if ident in now else then.nodes[ident]
        told, told_then = (_degree(network, ident, "out") for network in (now, then))
        was, was_then = (_degree(network, ident, "in") for network in (now, then))
        moved = (told + was) / sums[0] - (told_then + was_then) / sums[1]
        rows.append((node["name"], node["class"], told_then, told, was_then, was, round(moved, _DIGITS), ident))
    rows.sort(key=lambda row: (-abs(row[6]), row[0], row[7]))
    return Table(
        ("name", "class", "told_then", "told_now", "was_told_then", "was_told_now", "share_moved", "id"), tuple(rows)
    )


def _degree(network: "Network", ident: str, side: str) -> int:
    if ident not in network:
        return 0
    return int((network.out_degree if side == "out" else network.in_degree)(ident, weight="weight"))


def _ranked(network: "Network", names: Sequence[str], key: str) -> Table:
    found = values(network, names)
    rows = [
        (network.nodes[ident]["name"], network.nodes[ident]["class"], *(one[name] for name in names), ident)
        for ident, one in found.items()
    ]
    at = 2 + names.index(key)
    rows.sort(key=lambda row: (-row[at], row[0], row[-1]))
    return Table(("name", "class", *names, "id"), tuple(rows))


def _numbered(network: "Network") -> "networkx.DiGraph[int]":
    """Numbers for ids: sets of numbers have one order, sets of strings one for each run of Python."""
    import networkx

    place = {ident: at for at, ident in enumerate(network)}
    numbered: networkx.DiGraph[int] = networkx.DiGraph()
    numbered.add_nodes_from(place.values())
    numbered.add_weighted_edges_from((place[a], place[b], data["weight"]) for a, b, data in network.edges(data=True))
    return numbered


def _first(network: "Network", members: set[int]) -> str:
    return list(network)[min(members)]


def _groups(network: "Network") -> list[list[str]]:
    import networkx

    if not network.number_of_edges():
        return [[ident] for ident in network]
    both: networkx.Graph[int] = networkx.Graph()
    both.add_nodes_from(range(len(network)))
    for a, b, data in _numbered(network).edges(data=True):
        weight = both[a][b]["weight"] if both.has_edge(a, b) else 0
        both.add_edge(a, b, weight=weight + data["weight"])
    ids = list(network)
    found = networkx.community.louvain_communities(both, seed=_SEED)
    return sorted(([ids[at] for at in sorted(group)] for group in found), key=lambda group: (-len(group), group))


def _pagerank(network: "Network") -> dict[str, float]:
    import networkx

    try:
        return dict(networkx.pagerank(network)) if len(network) else {}
    except ModuleNotFoundError as error:
        raise UsageError(f"thiếu {error.name} · {error.name} is missing: pip install 'chidao[analyze]'") from error


def _betweenness(network: "Network") -> dict[str, float]:
    import networkx

    numbered = _numbered(network)
    sources = None if len(network) <= _EXACT else _SOURCES
    found: dict[int, Any] = networkx.betweenness_centrality(numbered, k=sources, seed=_SEED)
    return {ident: found[at] for at, ident in enumerate(network)}


def _brokerage(network: "Network", ident: str) -> int:
    told = set(network.successors(ident))
    return sum(
        len(told - network[teller].keys() - {teller, ident})
        for teller in network.predecessors(ident)
        if teller != ident
    )
