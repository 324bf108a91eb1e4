"""The pages for people, one file each; every one works without JavaScript."""

from pathlib import Path
from typing import Final

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.web.pages.canvas import canvas_page
from kg.web.pages.checks import checks_page
from kg.web.pages.console import console_page
from kg.web.pages.downloads import TYPES, download
from kg.web.pages.entity import entity_page
from kg.web.pages.flow import flow_page
from kg.web.pages.gold import export
from kg.web.pages.identity_review import decide_identity, identity_page
from kg.web.pages.overview import overview_page
from kg.web.pages.review import apply, decide, login, logout, review_page
from kg.web.pages.search import search_page, suggestions
from kg.web.pages.why import why_page
from kg.web.site import Site

_STATIC: Final = Path(__file__).parents[1] / "static"


def page_routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the pages."""
    return [
        Route("/", flow_page),
        *(Route(f"/directives.{form}", download, name=form) for form in TYPES),
        Route("/search", search_page),
        Route("/suggest", suggestions),
        Route("/why", why_page),
        Route("/overview", overview_page),
        Route("/checks", checks_page),
        Route("/canvas", canvas_page),
        Route("/console", console_page),
        *_review_routes(),
        Route("/doc/{id:path}", entity_page),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]


def _review_routes() -> list[BaseRoute]:
    return [
        Route("/review", review_page),
        Route("/review/login", login, methods=["POST"]),
        Route("/review/logout", logout, methods=["POST"]),
        Route("/review/decide", decide, methods=["POST"]),
        Route("/review/apply", apply, methods=["POST"]),
        Route("/review/identity", identity_page),
        Route("/review/identity/decide", decide_identity, methods=["POST"]),
        Route("/review/gold.jsonl", export),
    ]
