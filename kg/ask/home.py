"""What the commands that read a graph home need of it: its graph, and answers from its projections."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.graph.records import Graph
from kg.stores import damage, open_view, refresh
from kg.stores.base import Engine, Table, View

if TYPE_CHECKING:
    from kg.stores.neo4j_access import Neo4jAccess


def answer_from(home: Path, engine: Engine, ask: Callable[[View], Table], access: "Neo4jAccess | None" = None) -> Table:
    """Return what `ask` answers from a view of the home, its projection rebuilt first where it is missing, damaged or behind.

    The engine neo4j answers from the server of `access`, whatever the home holds.
    Damage that shows only when the query runs leads to one rebuild and a second try. Raises StoreError where there is no graph home.
    """
    from kg.home import GraphHome

    if engine == "neo4j":
        return _asked_of_server(access, ask)
    _exists(home)
    with GraphHome(home) as truth:
        refresh(home, truth.graph, truth.stamp(), engines=(engine,))
        try:
            return _asked(home, engine, ask)
        except StoreError as error:
            refresh(
                home,
                truth.graph,
                truth.stamp(),
                fault=damage(home) or f"damaged projection ({error})",
                engines=(engine,),
            )
    return _asked(home, engine, ask)


def graph_of(home: Path) -> Graph:
    """Return the graph of the home. Raises StoreError where there is none."""
    from kg.home import GraphHome

    _exists(home)
    with GraphHome(home) as truth:
        return truth.graph()


def _asked(home: Path, engine: Engine, ask: Callable[[View], Table]) -> Table:
    with open_view(home, engine) as view:
        return ask(view)


def _asked_of_server(access: "Neo4jAccess | None", ask: Callable[[View], Table]) -> Table:
    from kg.stores.neo4j import Neo4jView

    assert access
    with Neo4jView(access) as view:
        return ask(view)


def _exists(home: Path) -> None:
    if not home.is_dir():
        raise StoreError(f"{home}: không có đồ thị · no graph home here; make one with `kg build SOURCE -g {home}`")
