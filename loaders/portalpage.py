"""An HTML page of a known content system: its zones by the profile's selectors."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml.etree import _Element

from kg.model.article import ZoneKind
from loaders.build import Facts
from loaders.bylines import whole_line
from loaders.dates import parse_date
from loaders.htmlblocks import Block, blocks_of
from loaders.pagedates import page_dates, published_of
from loaders.portal import Profile, profile_of, site_of, texts_of

_CLASSES: dict[ZoneKind, str] = {"caption": "caption", "related": "related"}
_DROPPED = ("navigation", "related", "date", "title")
_LOOSE = 0.5
_BYLINE_MAX = 80


def portal_page(tree: _Element, facts: Facts) -> tuple[Facts, list[Block]] | None:
    """Return facts and blocks of a page by its profile, None where no profile fits or its text is empty: then the generic way reads it."""
    profile = profile_of(tree, facts.get("url"))
    if profile is None:
        return None
    for kind, name in _CLASSES.items():
        for element in profile.elements(tree, "caption" if kind == "caption" else "related"):
            element.set("class", f"{element.get('class', '')} {name}".strip())
    body = profile.elements(tree, "body")
    blocks = [*_lead(profile, tree, body), *_body(body), *_byline(profile, tree, body)]
    if not any(block.kind is None for block in blocks):
        return None
    return _facts(profile, tree, facts), blocks


def _facts(profile: Profile, tree: _Element, facts: Facts) -> Facts:
    title = next(texts_of(profile.elements(tree, "title")), None)
    dates = (parse_date(text) for text in texts_of(profile.elements(tree, "date")))
    shown = next((date for date in dates if date), None)
    site = site_of(profile, facts.get("url"))
    found = Facts(**facts)
    found["title"] = title or facts.get("title")
    found["dates"] = page_dates(tree, shown, facts.get("url"))
    found["published"] = published_of(found["dates"])
    if site:
        found["outlet"] = site.outlet or facts.get("outlet")
        found["publisher"] = site.publisher or facts.get("publisher")
        found["place"] = site.place
    return found


def _inside(element: _Element, others: Sequence[_Element]) -> bool:
    return any(above in others for above in element.iterancestors())


def _lead(profile: Profile, tree: _Element, body: Sequence[_Element]) -> Iterator[Block]:
    for element in profile.elements(tree, "lead"):
        if not _inside(element, body) and element not in body:
            yield from (replace(block, kind="lead") for block in blocks_of(element))


def _body(body: Sequence[_Element]) -> Iterator[Block]:
    for element in body:
        for block in blocks_of(element):
            if block.kind in _DROPPED or (block.links > _LOOSE and block.kind is None):
                continue
            kept = block.kind in ("caption", "lead") or (block.kind == "byline" and len(block.text) <= _BYLINE_MAX)
            yield block if kept else replace(block, kind=None)


def _byline(profile: Profile, tree: _Element, body: Sequence[_Element]) -> Iterator[Block]:
    """The writer, where it stands outside the text; the text's own last lines are the generic way's."""
    furniture = profile.elements(tree, "related")
    for element in profile.elements(tree, "byline")[:1]:
        if _inside(element, body) and not _inside(element, furniture):
            continue
        text = next(texts_of([element]), "")
        if text and len(text) <= _BYLINE_MAX:
            yield Block(text, "p", "byline" if whole_line(text) or len(text.split()) < 6 else None, 0.0, ())
