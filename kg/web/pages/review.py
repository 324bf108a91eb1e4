"""Review, with a token: accept, reject, correct a directive, take a decision back; what was decided survives rebuilds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.ask.live import LiveHome
from kg.home import GraphHome
from kg.home.reviews import Review, Reviews, read_reviews
from kg.stores import refresh
from kg.web.corrections import review_of
from kg.web.index.directives import Row, directive_rows
from kg.web.index.doubtful import queue
from kg.web.index.reader import Index
from kg.web.pages.forms import form_of, sessions_of
from kg.web.render import gate_of, index_of, rendered, site_of
from kg.web.sessions import COOKIE, LASTS, same_origin
from kg.web.terms import speech_acts

_SHOWN: Final = 12
_AHEAD: Final = 240


def review_page(request: Request) -> Response:
    """Answer `/review`: the form for the token, or the queue."""
    session = sessions_of(request).of(request)
    if session is None:
        return rendered(request, "login.html", {"wrong": False}, status=200)
    with GraphHome(site_of(request).home) as truth:
        given, made, behind = truth.reviews(), read_reviews(truth.path), _behind(request, truth)
    index = index_of(request)
    waiting: tuple[int, ...] = index.cached(queue)
    rows: list[Row] = []
    for start in range(0, len(waiting), _SHOWN):
        rows += [
            row
            for row in directive_rows(index, waiting[start : start + _SHOWN])
            if not given.get(row.article.id, row.data["quote"])
        ]
        if len(rows) >= _SHOWN:
            break
    context = {
        "session": session,
        "rows": rows[:_SHOWN],
        "ahead": _ahead(site_of(request).home, rows[:_SHOWN]),
        "acts": speech_acts(),
        "left": len(waiting),
        "last": _undoable(made, given),
        "decided": list(reversed(made))[:20],
        "behind": behind,
    }
    return rendered(request, "review.html", context)


async def login(request: Request) -> Response:
    """Answer `POST /review/login`."""
    if not same_origin(request):
        raise HTTPException(403, "biểu mẫu không phải của trang này · the form is not from this site")
    form = await form_of(request)
    session = sessions_of(request).begin(form.get("token", ""), form.get("who", "").strip()[:100])
    if session is None:
        return rendered(request, "login.html", {"wrong": True}, status=403)
    answer = RedirectResponse("/review", 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        COOKIE, session.key, max_age=LASTS, path="/review", httponly=True, samesite="strict", secure=secure
    )
    return answer


async def logout(request: Request) -> Response:
    """Answer `POST /review/logout`."""
    form = await form_of(request)
    sessions = sessions_of(request)
    sessions.end(sessions.allow(request, form.get("csrf", "")))
    answer = RedirectResponse("/review", 303)
    answer.delete_cookie(COOKIE, path="/review")
    return answer


async def decide(request: Request) -> Response:
    """Answer `POST /review/decide`: keeps one decision about a directive; the graph shows it after the next `apply`."""
    form = await form_of(request)
    session = sessions_of(request).allow(request, form.get("csrf", ""))
    index, home = index_of(request), site_of(request).home
    await gate_of(request).run(lambda live: _keep(index, home, form, session.who))
    return RedirectResponse("/review", 303)


async def apply(request: Request) -> Response:
    """Answer `POST /review/apply`: brings the graph up to date with the decisions."""
    form = await form_of(request)
    sessions_of(request).allow(request, form.get("csrf", ""))
    await gate_of(request).run(_apply)
    return RedirectResponse("/review", 303)


def _keep(index: Index, home: Path, form: Mapping[str, str], who: str) -> None:
    with GraphHome(home) as truth:
        truth.review(review_of(index, truth, form, who))


def _ahead(home: Path, rows: list[Row]) -> dict[str, str]:
    """What the article says after each sentence, by the directive's id."""
    with GraphHome(home) as truth:
        texts = {
            article: next((one.text for one in truth.articles(article)), "")
            for article in {row.article.id for row in rows}
        }
    return {row.node.id: texts[row.article.id][row.data["end"] :][:_AHEAD] for row in rows}


def _apply(live: LiveHome) -> None:
    with GraphHome(live.path) as truth:
        refresh(live.path, truth.graph, truth.stamp())


def _behind(request: Request, truth: GraphHome) -> bool:
    """Say whether decisions wait to be applied."""
    return index_of(request).stamp() != truth.stamp()


def _undoable(made: tuple[Review, ...], given: Reviews) -> Review | None:
    return next(
        (one for one in reversed(made) if one.verdict != "undo" and given.get(one.article, one.quote) == one), None
    )
