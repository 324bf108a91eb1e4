"""Answers for a program that stays up: the projections of a home are opened once, and again when somebody built them anew."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from kg.errors import StoreError
from kg.stores import damage, has_engine, open_view, refresh, store_place
from kg.stores.base import Engine, View

_CURRENT: Final = Path("stores") / "current.json"
T = TypeVar("T")


class LiveHome:
    """One graph home, read-only, for many questions. Safe to share between threads; close it, or use it in a `with`.

    Opening brings the projections up to date. Raises StoreError where there is no graph home.
    """

    def __init__(self, path: Path) -> None:
        from kg.home import GraphHome

        if not path.is_dir():
            raise StoreError(f"{path}: không có đồ thị · no graph home here; make one with `kg build SOURCE -g {path}`")
        self.path = path
        self._lock = threading.Lock()
        self._views: dict[Engine, View] = {}
        with GraphHome(path) as truth:
            refresh(path, truth.graph, truth.stamp())
        self._seen = self.state()

    def state(self) -> tuple[int, int]:
        """Return a value that changes when the projections were built anew."""
        try:
            stat = (self.path / _CURRENT).stat()
        except OSError:
            return (0, 0)
        return stat.st_mtime_ns, stat.st_ino

    def answer(self, engine: Engine, ask: Callable[[View], T]) -> T:
        """Return what `ask` answers from a view of the newest projection; where that turns out damaged, it is rebuilt once.

        Raises what `View.query` raises.
        """
        try:
            return ask(self._view(engine))
        except StoreError:
            self._rebuild()
            return ask(self._view(engine))

    def place(self, engine: Engine) -> Path:
        """Return where the newest projection of `engine` lies; it is made where nobody has asked for it so far, and rebuilt where it is damaged."""
        with self._lock:
            self._add(engine)
        try:
            return store_place(self.path, engine)
        except StoreError:
            self._rebuild()
            return store_place(self.path, engine)

    def close(self) -> None:
        """End the child processes; a second call does nothing, a later question opens the views again."""
        with self._lock:
            self._drop()

    def __enter__(self) -> "LiveHome":
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def _view(self, engine: Engine) -> View:
        with self._lock:
            now = self.state()
            if now != self._seen:
                self._drop()
                self._seen = now
            if engine not in self._views:
                self._add(engine)
                self._views[engine] = open_view(self.path, engine)
            return self._views[engine]

    def _add(self, engine: Engine) -> None:
        """Make the projection of an engine that nobody has asked for so far."""
        from kg.home import GraphHome

        if not has_engine(self.path, engine):
            with GraphHome(self.path) as truth:
                refresh(self.path, truth.graph, truth.stamp(), engines=(engine,))
            self._seen = self.state()

    def _rebuild(self) -> None:
        from kg.home import GraphHome

        with self._lock, GraphHome(self.path) as truth:
            self._drop()
            refresh(self.path, truth.graph, truth.stamp(), fault=damage(self.path))
            self._seen = self.state()

    def _drop(self) -> None:
        # a question that still runs on a dropped view ends with it
        for view in self._views.values():
            view.close()
        self._views.clear()
