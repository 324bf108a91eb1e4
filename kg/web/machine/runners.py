"""The processes that run SPARQL for the endpoint: a few, each for one query at a time, killed at the limit or when the client has gone."""

import asyncio
from collections.abc import Callable
from typing import Final

import anyio
import anyio.to_thread
from starlette.requests import Request

from kg.stores import damage
from kg.stores.sparql import SparqlAnswer, SparqlQuery, SparqlRunner
from kg.web.site import Site

PROCESSES: Final = 2
"""Queries that run at once; more wait for as long as a query may take, then are told to come back."""

_LOOK: Final = 0.2  # seconds between two looks whether the client is still there


class Busy(Exception):
    """No process came free in time."""


class ClientGone(Exception):
    """Nobody waits for the answer any more."""


class Runners:
    """Runs queries on the newest projection of one site. `close` ends the processes."""

    def __init__(self, site: Site, processes: int = PROCESSES) -> None:
        self._site = site
        self._gate = asyncio.Semaphore(processes)
        self._threads = anyio.CapacityLimiter(processes)
        self._idle: list[tuple[tuple[int, int], SparqlRunner]] = []

    async def run(self, query: SparqlQuery, request: Request | None = None, limit: int | None = None) -> SparqlAnswer:
        """Run one query. Raises Busy, ClientGone, and what `SparqlRunner.run` raises."""
        limits = self._site.limits
        try:
            await asyncio.wait_for(self._gate.acquire(), limits.timeout)
        except TimeoutError as error:
            raise Busy from error
        try:
            state, runner = await anyio.to_thread.run_sync(self._free, limiter=self._threads)
            try:
                return await self._watched(
                    lambda: runner.run(query, timeout=limits.timeout, limit=limit or limits.rows), runner, request
                )
            finally:
                self._idle.append((state, runner))
        finally:
            self._gate.release()

    def close(self) -> None:
        """End the processes."""
        while self._idle:
            self._idle.pop()[1].close()

    async def _watched(
        self, run: Callable[[], SparqlAnswer], runner: SparqlRunner, request: Request | None
    ) -> SparqlAnswer:
        # in a thread that outlives a cancelled request: the runner must be free before anyone else has it
        task = asyncio.ensure_future(anyio.to_thread.run_sync(run, limiter=self._threads))
        gone = False
        try:
            while not (await asyncio.wait({task}, timeout=_LOOK))[0]:
                if request is not None and not gone and await request.is_disconnected():
                    gone = True
                    await anyio.to_thread.run_sync(runner.cancel)
        except asyncio.CancelledError:
            runner.cancel()
            await asyncio.wait({task})
            raise
        if gone:
            task.exception()
            raise ClientGone
        return task.result()

    def _free(self) -> tuple[tuple[int, int], SparqlRunner]:
        """An idle process on the newest projection, or a new one; the state of the projections beside it."""
        state = self._site.live.state()
        while self._idle:
            seen, runner = self._idle.pop()
            if seen == state:
                return state, runner
            runner.close()
        home, live = self._site.home, self._site.live
        place = live.place("oxigraph")
        return live.state(), SparqlRunner(place, self._site.base_iri, lambda: damage(home))
