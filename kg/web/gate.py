"""Lets heavy work through, a little at a time, in threads of its own, so that pages are answered whatever queries do."""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

import anyio
import anyio.to_thread

from kg.ask.live import LiveHome
from kg.errors import ChidaoError
from kg.web.site import Site

T = TypeVar("T")

AT_ONCE: Final = 2
"""Heavy requests that run at the same time; each has an engine process of its own."""


class Busy(ChidaoError):
    """No place came free in time."""

    http_status = 503


class Gate:
    """Runs functions that are given a graph home to ask, `AT_ONCE` at a time; others wait for as long as a query may take."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._free = asyncio.Semaphore(AT_ONCE)
        self._threads = anyio.CapacityLimiter(AT_ONCE)
        self._homes: list[LiveHome] = [site.live]
        self._made = 1

    async def run(self, work: Callable[[LiveHome], T]) -> T:
        """Return what `work` returns. Raises Busy, and what `work` raises."""
        try:
            await asyncio.wait_for(self._free.acquire(), self._site.limits.timeout + 1)
        except TimeoutError as error:
            raise Busy("đang bận · busy with other queries; try again in a moment") from error
        try:
            return await anyio.to_thread.run_sync(self._with_home, work, limiter=self._threads)
        finally:
            self._free.release()

    def close(self) -> None:
        """End the engine processes of this gate."""
        for home in self._homes:
            if home is not self._site.live:
                home.close()

    def _with_home(self, work: Callable[[LiveHome], T]) -> T:
        home = self._homes.pop() if self._homes else LiveHome(self._site.home)
        try:
            return work(home)
        finally:
            self._homes.append(home)
