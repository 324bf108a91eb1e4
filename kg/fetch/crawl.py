"""What to fetch and when: robots.txt, the pace for each host, redirects, the pages of feeds and sitemaps."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from kg.errors import InputError
from kg.fetch.addresses import split_url
from kg.fetch.archive import Archive, Kept, unpacked
from kg.fetch.client import Client, Response
from kg.fetch.links import is_list, listed_in

if TYPE_CHECKING:
    from protego import Protego

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REDIRECTS_MAX = 5
_DELAY_MAX = 60.0
_ROBOTS_MAX = 512 * 1024  # RFC 9309, 2.5: at least 500 KiB are read


class Fetched(NamedTuple):
    """What became of one address."""

    url: str
    state: Literal["fetched", "unchanged", "kept", "listed"]


@dataclass(slots=True)
class Crawl:
    """Fetches into an archive. `delay` is the least number of seconds between two requests to one host, `limit` of pages in all."""

    client: Client
    archive: Archive
    delay: float = 1.0
    limit: int = 1000
    refresh: bool = False
    _robots: "dict[str, Protego]" = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def run(self, urls: Iterable[str]) -> Iterator[Fetched | InputError]:
        """Yield what became of each address, in order; those that feeds and sitemaps list come behind the ones given."""
        queue = deque(urldefrag(url)[0] for url in urls)
        seen, pages = set[str](), 0
        while queue:
            url = queue.popleft()
            if url in seen:
                continue
            seen.add(url)
            if pages >= self.limit:
                yield InputError(
                    url, None, f"more than {self.limit} pages; {len(queue)} more were left out, see --limit"
                )
                return
            try:
                state, links = self._page(url)
            except InputError as error:
                yield error
                continue
            pages += state != "kept"
            queue += [link for link in links if link not in seen]
            yield Fetched(url, state)

    def _page(self, url: str) -> tuple[Literal["fetched", "unchanged", "kept", "listed"], list[str]]:
        kept = self.archive.kept.get(url)
        is_list_kept = kept is not None and is_list(kept.body)
        if kept and kept.status < 400 and not (self.refresh or is_list_kept):
            return "kept", [urljoin(url, kept.location)] if kept.location else []
        response = self._followed(url, _conditions(kept))
        if response.status == 304:
            links = list(listed_in(kept.body, url)) if kept and is_list_kept else []
            return "unchanged", links
        if response.status >= 400:
            raise InputError(url, None, f"the server says {response.status} {response.reason}".strip())
        body = unpacked(response)
        return ("listed", list(listed_in(body, response.url))) if is_list(body) else ("fetched", [])

    def _followed(self, url: str, headers: dict[str, str]) -> Response:
        """The answer behind the redirects; each step is checked like a first request, and kept."""
        at = url
        for _ in range(_REDIRECTS_MAX + 1):
            split_url(at)
            if not self._rules(at).can_fetch(at, self.client.agent):
                raise InputError(url, None, f"robots.txt of {urlsplit(at).hostname} forbids it")
            self._pause(at)
            response = self.client.get(at, headers)
            self.archive.add(response)
            location = response.header("location")
            if response.status not in _REDIRECTS or not location:
                return response
            at, headers = urldefrag(urljoin(at, location))[0], {}
        raise InputError(url, None, f"more than {_REDIRECTS_MAX} redirects")

    def _rules(self, url: str) -> "Protego":
        from protego import Protego

        root = urljoin(url, "/")
        if root not in self._robots:
            self._pause(url)
            self._robots[root] = Protego.parse(self._robots_text(urljoin(root, "robots.txt")))
        return self._robots[root]

    def _robots_text(self, url: str) -> str:
        """RFC 9309, 2.3.1: no such file allows all; a server that can't answer forbids all."""
        at = url
        for _ in range(_REDIRECTS_MAX + 1):
            response = self.client.get(at)
            location = response.header("location")
            if response.status in _REDIRECTS and location:
                at = urljoin(at, location)
            elif response.status >= 500:
                return "User-agent: *\nDisallow: /"
            elif response.status >= 400:
                return ""
            else:
                return unpacked(response)[:_ROBOTS_MAX].decode("utf-8", "replace")
        return ""

    def _pause(self, url: str) -> None:
        host = urlsplit(url).netloc.lower()
        rules = self._robots.get(urljoin(url, "/"))
        asked = rules.crawl_delay(self.client.agent) if rules else None
        delay = max(self.delay, min(asked or 0.0, _DELAY_MAX))
        last = self._last.get(host)
        if last is not None:
            self.client.sleep(max(0.0, last + delay - self.client.clock()))
        self._last[host] = self.client.clock()


def _conditions(kept: Kept | None) -> dict[str, str]:
    tags = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified} if kept else {}
    return {name: value for name, value in tags.items() if value}
