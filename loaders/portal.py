"""Portal profiles: where the pages of a content system keep title, lead, text, writer, date, captions (data in `loaders/portals`)."""

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

from cssselect import GenericTranslator, SelectorError
from lxml.etree import XPath, _Element

from kg.errors import UsageError

PortalZone = Literal["title", "lead", "body", "byline", "date", "caption", "related"]


@dataclass(frozen=True, slots=True)
class Site:
    """What a host says of its articles: outlet, publishing body, province."""

    host: str
    outlet: str | None = None
    publisher: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A content system: the hosts that are known to use it, signs that its pages show, and selectors for each zone, the best first."""

    id: str
    name: str
    about: str
    source: str
    hosts: tuple[str, ...]
    signs: tuple[XPath, ...]
    zones: Mapping[PortalZone, tuple[XPath, ...]]
    sites: tuple[Site, ...]

    def elements(self, tree: _Element, zone: PortalZone) -> list[_Element]:
        """Return the elements of the first selector for `zone` that finds any, in document order, none inside another."""
        for selector in self.zones.get(zone, ()):
            found = cast(list[_Element], selector(tree))
            if found:
                return _outermost(found)
        return []

    def site(self, host: str) -> Site | None:
        """Return what is known of `host` or of the site that it belongs to."""
        return next((site for site in self.sites if host == site.host or host.endswith(f".{site.host}")), None)


def _outermost(found: Sequence[_Element]) -> list[_Element]:
    inside = set(found)
    return [one for one in found if not any(above in inside for above in one.iterancestors())]


@cache
def _shipped() -> tuple[Profile, ...]:
    folder = files("loaders") / "portals"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(_profile(name.removesuffix(".toml"), (folder / name).read_text(encoding="utf-8")) for name in names)


def profiles() -> tuple[Profile, ...]:
    """Return the profiles: those of the folder that KG_PORTALS names before the ones that come with chidao.

    >>> "liferay" in {profile.id for profile in profiles()}
    True
    """
    folder = os.environ.get("KG_PORTALS")
    own = sorted(Path(folder).glob("*.toml")) if folder else []
    return (*(_profile(path.stem, path.read_text(encoding="utf-8")) for path in own), *_shipped())


def _profile(ident: str, text: str) -> Profile:
    try:
        table = tomllib.loads(text)
        zones = {zone: tuple(map(_xpath, table["zones"].get(zone, ()))) for zone in get_args(PortalZone)}
        return Profile(
            ident,
            table["name"],
            table["about"],
            table["source"],
            tuple(table["hosts"]),
            tuple(map(_xpath, table["signs"])),
            MappingProxyType(zones),
            tuple(Site(**site) for site in table.get("sites", ())),
        )
    except (KeyError, TypeError, tomllib.TOMLDecodeError, SelectorError) as error:
        raise UsageError(f"portal profile {ident}.toml: {error}; see docs/portals.md") from None


def _xpath(selector: str) -> XPath:
    return XPath(GenericTranslator().css_to_xpath(selector, prefix="descendant-or-self::"))


def profile_of(tree: _Element, url: str | None) -> Profile | None:
    """Return the profile of a page: one whose signs it shows, of a known host first; None where the generic way must do."""
    host = _host(url)
    shown = [profile for profile in profiles() if all(sign(tree) for sign in profile.signs)]
    return next((one for one in shown if host and _is_host(host, one.hosts)), next(iter(shown), None))


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_host(host: str, patterns: Sequence[str]) -> bool:
    return any(host == one or (one.startswith("*.") and host.endswith(one[1:])) for one in patterns)


def site_of(profile: Profile, url: str | None) -> Site | None:
    """Return what the profile knows of the site of `url`."""
    host = _host(url)
    return profile.site(host) if host else None


def texts_of(elements: Sequence[_Element]) -> Iterator[str]:
    """Yield the texts of elements with blanks folded; a `meta` element's is its content, a `time` element's its datetime."""
    for element in elements:
        said = element.get("content") or element.get("datetime")
        text = " ".join((said or "".join(cast(Iterator[str], element.itertext()))).split())
        if text:
            yield text
