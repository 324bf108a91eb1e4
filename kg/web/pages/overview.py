"""The graph as a whole: counts, coverage, what is unresolved, how sure the reading is."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.home import GraphHome
from kg.web.index.coverage import coverage
from kg.web.render import index_of, rendered, site_of

_SHOWN: Final = 50


def overview_page(request: Request) -> Response:
    """Answer `/overview`."""
    with GraphHome(site_of(request).home) as truth:
        readers, retracted = truth.readers(), len(truth.retracted())
        failed = [source for source in truth.sources() if source.outcome == "failed"]
    context = {
        "all": index_of(request).cached(coverage),
        "readers": readers,
        "retracted": retracted,
        "failed": failed[:_SHOWN],
        "failed_count": len(failed),
    }
    return rendered(request, "overview.html", context)
