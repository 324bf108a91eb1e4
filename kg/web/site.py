"""One graph home as it is served: what every route is given, and nothing that a request may change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from kg.ask.live import LiveHome
from kg.errors import UsageError
from kg.model.namespaces import BASE
from kg.web.live import LivePages

Lang = Literal["vi", "en"]

LANGUAGES: Final[tuple[Lang, ...]] = ("vi", "en")
"""Languages of the pages, the first is the default."""


LOCAL_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names of this machine, under which requests are always answered."""


LICENCE: Final = "https://www.apache.org/licenses/LICENSE-2.0"
"""Licence of the graph where none other is named; the rights in quoted articles stay with those who publish them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may use: seconds and rows of a query, bytes of a body, seconds until a request has arrived."""

    timeout: float = 10.0
    rows: int = 10_000
    body: int = 1_000_000
    arrival: float = 15.0


@dataclass(frozen=True, slots=True)
class Site:
    """A graph home to serve.

    `base_iri` ends with a slash and is that of the IRIs which linked data shows; `licence` is the IRI of the graph's licence; `hosts` are the
    names, without port, under which requests are answered; `token` opens the review pages, None where nothing can be written.
    """

    live: LiveHome
    pages: LivePages
    base_iri: str = BASE
    licence: str = LICENCE
    limits: Limits = field(default_factory=Limits)
    hosts: frozenset[str] = LOCAL_HOSTS
    token: str | None = field(default=None, repr=False)

    @property
    def home(self) -> Path:
        """Return the folder of the graph home."""
        return self.live.path

    @property
    def writable(self) -> bool:
        """Say whether the review pages can be opened with the token."""
        return self.token is not None


@contextmanager
def open_site(
    home: Path,
    *,
    base_iri: str = BASE,
    licence: str = LICENCE,
    hosts: tuple[str, ...] = (),
    limits: Limits | None = None,
    token: str | None = None,
    tell: Callable[[int], None] = lambda lines: None,
) -> Iterator[Site]:
    """Open the graph home, its projections and the index of the pages brought up to date, and close it at the end.

    `tell` is given the lines read while the index is made.

    Raises StoreError where there is none, UsageError for a `base_iri` that is not absolute http(s) or does not end with a slash.
    """
    parts = urlsplit(base_iri)
    if parts.scheme not in ("http", "https") or not parts.hostname or not base_iri.endswith("/"):
        raise UsageError(f"{base_iri}: phải là http(s)://.../ · the base IRI must be http(s) and end with a slash")
    named = {*hosts, parts.hostname} - {""}
    with LiveHome(home) as live, LivePages(home, tell) as pages:
        yield Site(
            live,
            pages,
            base_iri,
            licence,
            limits or Limits(),
            LOCAL_HOSTS | named,
            token,
        )
