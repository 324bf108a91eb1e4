"""Templates: our own files, filled with what articles say, which is escaped without exception."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse

from kg.web.language import language_of, texts

if TYPE_CHECKING:
    import jinja2

_TEMPLATES: Final = Path(__file__).parent / "templates"
_YEAR: Final = 31_536_000


def rendered(request: Request, template: str, context: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """Return the page of `template` in the language of the request; `?lang=` is remembered in a cookie."""
    lang = language_of(request)
    words = texts(lang)
    page = environment().get_template(template)
    html = page.render({"lang": lang, "t": words, "request": request, "site": request.app.state.site, **context})
    response = HTMLResponse(html, status, {"vary": "Accept-Language, Cookie", "content-language": lang})
    if request.query_params.get("lang") == lang:
        response.set_cookie("lang", lang, max_age=_YEAR, samesite="lax")
    return response


@cache
def environment() -> "jinja2.Environment":
    """Return the environment of the templates: autoescape always on, an unknown name is an error."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
