"""Why each sentence of an article was read so: the reader runs again and tells what spoke for and against (`kg read --explain`)."""

from functools import lru_cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.model.article import Article
from kg.read.explain.records import Explained
from kg.web.pages.article import stored
from kg.web.render import gate_of, index_of, rendered


async def why_page(request: Request) -> Response:
    """Answer `/why?article=ID&at=OFFSET`: the sentence there, or all sentences."""
    ident = request.query_params.get("article", "")
    fact = index_of(request).node(ident)
    if fact is None or fact.node.label != "ArticleNode":
        raise HTTPException(404, f"{ident}: không có bài này · no such article")
    article = stored(request, fact.node.id)
    explained = await gate_of(request).run(lambda home: _explained(article))
    at = request.query_params.get("at", "")
    offset = int(at) if at.isascii() and at.isdecimal() and len(at) < 10 else None
    chosen = [one for one in explained.sentences if offset is None or one.start <= offset < one.end] or list(
        explained.sentences
    )
    return rendered(
        request, "why.html", {"fact": fact, "sentences": chosen, "reader": explained.reader, "all": len(chosen) > 1}
    )


@lru_cache(maxsize=64)
def _explained(article: Article) -> Explained:
    from kg.read.explain import explain

    return explain(article)
