"""Templates: our own files, filled with what articles say, which is escaped without exception."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

from kg import __version__
from kg.export.safe import xml_text
from kg.web.gate import Gate
from kg.web.index.reader import Index
from kg.web.language import language_of, texts
from kg.web.markup import doc_url, is_web, link, links, quote
from kg.web.ribbons import bars, ribbons
from kg.web.rows import directive_rows
from kg.web.schema_org import schema_org
from kg.web.site import Site
from kg.web.terms import terms

if TYPE_CHECKING:
    import jinja2

STATIC: Final = Path(__file__).parent / "static"
"""Folder of the style sheets and scripts."""

_TEMPLATES: Final = Path(__file__).parent / "templates"
_YEAR: Final = 31_536_000
_REVIEW: Final = (("/review", "nav.review"),)
_NAV: Final = (("/", "nav.flow"), ("/overview", "nav.overview"), ("/canvas", "nav.canvas"), ("/console", "nav.console"))


def index_of(request: Request) -> Index:
    """Return the index of the newest state of the graph."""
    return site_of(request).pages.index()


def gate_of(request: Request) -> Gate:
    """Return what heavy work goes through."""
    gate: Gate = request.app.state.gate
    return gate


def site_of(request: Request) -> Site:
    """Return what is served."""
    site: Site = request.app.state.site
    return site


def rendered(request: Request, template: str, context: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """Return the page of `template` in the language of the request; `?lang=` is remembered in a cookie."""
    lang = language_of(request)
    other = "en" if lang == "vi" else "vi"
    page = environment().get_template(template)
    html = page.render(
        {
            "lang": lang,
            "t": texts(lang),
            "terms": terms(lang),
            "request": request,
            "pages": (*_NAV, *(_REVIEW if site_of(request).writable else ())),
            "version": __version__,
            "other": other,
            "other_url": _with_lang(request, other),
            **context,
        }
    )
    response = HTMLResponse(html, status, {"vary": "Accept-Language, Cookie", "content-language": lang})
    if request.query_params.get("lang") == lang:
        response.set_cookie("lang", lang, max_age=_YEAR, samesite="lax")
    return response


def compile_templates() -> None:
    """Compile every template, so that no request waits for it."""
    made = environment()
    for name in made.list_templates():
        made.get_template(name)


def _with_lang(request: Request, lang: str) -> str:
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"{url_quote(request.url.path)}?{urlencode([*query, ('lang', lang)])}"


@cache
def environment() -> "jinja2.Environment":
    """Return the environment of the templates: autoescape always on, an unknown name is an error."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters["doc_url"] = doc_url
    made.globals["schema_org"] = lambda request, fact: schema_org(site_of(request), index_of(request), fact)
    made.filters["ribbons"] = ribbons
    made.filters["xml"] = xml_text
    made.filters["is_web"] = is_web
    made.globals |= {"link": link, "links": links, "quote": quote, "bars": bars, "directive_rows": directive_rows}
    return made
