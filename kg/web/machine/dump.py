"""All statements as one file, made when somebody first asks for it and again after a build; ranges and conditions as RFC 9110 has them."""

import asyncio
import tempfile
from pathlib import Path
from typing import Final

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from kg.errors import StoreError
from kg.model.ids import digest
from kg.stores.dump import write_dump
from kg.web.machine.dataset import DUMP
from kg.web.machine.open_access import machine_route, refused
from kg.web.site import Site

_PATIENCE: Final = 20.0
_NAME: Final = "dump-"


class Dump:
    """The handler of one site. The file lies in HOME/stores, or in a temporary folder where that can't be written."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._making: asyncio.Task[Path] | None = None
        self._spare: tempfile.TemporaryDirectory[str] | None = None

    def routes(self) -> list[Route]:
        """Return the route."""
        return [machine_route(f"/dump/{DUMP}", self.file)]

    async def file(self, request: Request) -> Response:
        """Answer with the file, or 503 while it is still being made."""
        if self._making is None or (self._making.done() and self._making.exception()):
            self._making = asyncio.create_task(anyio.to_thread.run_sync(self._made))
        try:
            file = await asyncio.wait_for(asyncio.shield(self._making), _PATIENCE)
        except TimeoutError:
            return refused(503, "the file is being made; come back", {"retry-after": "30"})
        self._making = None
        return FileResponse(file, media_type="application/gzip", filename=DUMP, headers={"cache-control": "no-cache"})

    def _made(self) -> Path:
        folder = self._site.live.place("oxigraph")
        name = f"{_NAME}{digest(str(folder), str(self._site.live.state()), self._site.base_iri)}.nq.gz"
        for place in (self._site.home / "stores", None):
            where = place or self._temporary()
            if (where / name).is_file():
                return where / name
            if write_dump(folder, where / name, self._site.base_iri):
                for old in where.glob(f"{_NAME}*"):
                    if old.name != name:
                        old.unlink(missing_ok=True)
                return where / name
        raise StoreError(f"{self._site.home}: the dump can't be written")

    def _temporary(self) -> Path:
        self._spare = self._spare or tempfile.TemporaryDirectory(prefix="kg-dump-")
        return Path(self._spare.name)
