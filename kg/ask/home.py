"""Opens the projection of a graph home that a question needs, rebuilt first where it is missing, damaged or behind."""

from pathlib import Path

from kg.errors import StoreError
from kg.stores import open_view, refresh
from kg.stores.base import Engine, View


def open_home(home: Path, engine: Engine) -> View:
    """Return a view of the graph home. Raises StoreError where there is no graph home at `home`."""
    from kg.home import GraphHome

    if not home.is_dir():
        raise StoreError(f"{home}: không có đồ thị · no graph home here; make one with `kg build SOURCE -g {home}`")
    truth = GraphHome(home)
    refresh(home, truth.graph, truth.stamp())
    return open_view(home, engine)
