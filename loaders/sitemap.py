"""Sitemaps (https://www.sitemaps.org/protocol.html) beside saved pages: which address and day a page has, and which pages are missing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from lxml import etree

from kg.errors import InputError
from loaders.dates import parse_date
from loaders.folder import shown_name

MAX_BYTES: Final = 50 * 2**20
"""The protocol's own limit."""

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)[\s>]")
_HEAD: Final = 4_096
_PAGES: Final = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".txt")


class Listed(NamedTuple):
    """What a sitemap says of a page: its address, and its day of publication (news sitemaps alone have one)."""

    url: str
    published: str | None


class Sitemap(NamedTuple):
    """The pages of a sitemap that are saved beside it, in its order, and the addresses of those that are not."""

    pages: tuple[tuple[Path, Listed], ...]
    missing: tuple[str, ...]


def is_sitemap(path: Path) -> bool:
    """Say whether a file is a sitemap by its first bytes."""
    if path.suffix.lower() != ".xml":
        return False
    try:
        with path.open("rb") as stream:
            return is_sitemap_head(path.name, stream.read(_HEAD))
    except OSError:
        return False


def is_sitemap_head(name: str, head: bytes) -> bool:
    """Say whether a file of that name that opens with `head` is a sitemap."""
    return name.lower().endswith(".xml") and bool(_ROOT.search(head[:_HEAD]))


def read_sitemap(path: Path) -> Sitemap:
    """Return what a sitemap lists. Raises InputError where it is no XML, too large, or declares entities."""
    found, missing = list[tuple[Path, Listed]](), list[str]()
    for entry in _entries(path):
        page = _saved(path.parent, entry.url)
        if page:
            found.append((page, entry))
        else:
            missing.append(entry.url)
    if not found and not missing:
        raise InputError(shown_name(str(path)), None, "a sitemap, but it lists no page")
    return Sitemap(tuple(found), tuple(missing))


def listed(maps: Iterable[Path]) -> Mapping[Path, Listed]:
    """Return what all sitemaps of a folder say of its pages; one that can't be read says nothing here."""
    pages: dict[Path, Listed] = {}
    for path in maps:
        try:
            pages.update(read_sitemap(path).pages)
        except InputError:
            continue
    return pages


def _entries(path: Path) -> Iterator[Listed]:
    data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    if not data:
        raise InputError(shown_name(str(path)), None, f"empty, or larger than {MAX_BYTES >> 20} MB, so no sitemap")
    if b"<!ENTITY" in data.upper():
        raise InputError(
            shown_name(str(path)), None, "the sitemap declares XML entities, which is unsafe; take its DOCTYPE out"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        place = f"line {error.lineno}"
        raise InputError(shown_name(str(path)), place, f"the sitemap is not well-formed ({error.msg})") from None
    for url in root.iter("{*}url"):
        address = (url.findtext("{*}loc") or "").strip()
        if address:
            date = url.findtext(".//{*}publication_date")
            yield Listed(address, parse_date(date))


def _saved(folder: Path, url: str) -> Path | None:
    """Where wget, HTTrack and browsers put a page: below its host's name, below its path, or by its last part alone."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = unquote(parts.path).strip("/")
    names = [path, path.rsplit("/", 1)[-1]] if path else ["index"]
    for name in (f"{parts.hostname}/{names[0]}", *names, quote(url, safe="")):
        for form in (name, *(name + suffix for suffix in _PAGES), f"{name}/index.html"):
            page = _inside(folder, form)
            if page:
                return page
    return None


def _inside(folder: Path, name: str) -> Path | None:
    page = folder / name
    try:
        is_there = page.suffix.lower() in _PAGES and page.is_file() and page.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return None
    return page if is_there else None
