"""Review, with a token: accept, reject, correct a fact, take a decision back; what was decided survives rebuilds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, get_args
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.ask.live import LiveHome
from kg.errors import UsageError
from kg.home import GraphHome
from kg.home.review import Kind, Review
from kg.home.reviews import Reviews, read_reviews
from kg.stores import refresh
from kg.web.index.doubtful import Waiting, facts_of, queue
from kg.web.index.reader import Index
from kg.web.pages.forms import LONGEST, form_of, sessions_of
from kg.web.render import gate_of, index_of, rendered, site_of
from kg.web.review.corrections import review_of
from kg.web.review.items import items
from kg.web.sessions import COOKIE, LASTS, same_origin
from kg.web.terms import speech_acts

_SHOWN: Final = 12


def review_page(request: Request) -> Response:
    """Answer `/review`: the form for the token, or the queue, of all kinds or of one (`kind`), of all articles or of one (`article`)."""
    session = sessions_of(request).of(request)
    if session is None:
        return rendered(request, "login.html", {"wrong": False}, status=200)
    index = index_of(request)
    kind, article = _narrowed(request.query_params)
    waiting: tuple[Waiting, ...] = index.cached(queue)
    if kind or article:
        inside = facts_of(index, article) if article else None
        waiting = tuple(one for one in waiting if kind in ("", one.kind) and (inside is None or one.n in inside))
    with GraphHome(site_of(request).home) as truth:
        given, made, behind = truth.reviews(), read_reviews(truth.path), _behind(request, truth)
        shown = items(index, truth, waiting, speech_acts(), _SHOWN)
    context = {
        "session": session,
        "kind": kind,
        "kinds": ("", *get_args(Kind)),
        "article": article,
        "url": _url,
        "items": shown,
        "left": len(waiting),
        "last": _undoable(made, given),
        "decided": list(reversed(made))[:20],
        "behind": behind,
    }
    return rendered(request, "review.html", context)


def _narrowed(given: Mapping[str, str]) -> tuple[str, str]:
    """The kind and article that the page is narrowed to."""
    kind, article = given.get("kind", ""), given.get("article", "")
    if kind and kind not in get_args(Kind):
        raise UsageError(f"kind: {', '.join(get_args(Kind))}")
    return kind, article[:LONGEST]


def _url(kind: str = "", article: str = "") -> str:
    given = {name: value for name, value in (("kind", kind), ("article", article)) if value}
    return f"/review?{urlencode(given)}" if given else "/review"


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
    """Answer `POST /review/decide`: keeps one decision about a fact; the graph shows it after the next `apply`."""
    form = await form_of(request)
    session = sessions_of(request).allow(request, form.get("csrf", ""))
    index, home = index_of(request), site_of(request).home
    await gate_of(request).run(lambda live: _keep(index, home, form, session.who))
    return RedirectResponse(_back(form), 303)


async def apply(request: Request) -> Response:
    """Answer `POST /review/apply`: brings the graph up to date with the decisions."""
    form = await form_of(request)
    sessions_of(request).allow(request, form.get("csrf", ""))
    await gate_of(request).run(_apply)
    return RedirectResponse(_back(form), 303)


def _back(form: Mapping[str, str]) -> str:
    """The page that a form was sent from."""
    kind, article = form.get("only", ""), form.get("within", "")[:LONGEST]
    return _url(kind if kind in get_args(Kind) else "", article)


def _keep(index: Index, home: Path, form: Mapping[str, str], who: str) -> None:
    with GraphHome(home) as truth:
        truth.review(review_of(index, truth, form, who))


def _apply(live: LiveHome) -> None:
    with GraphHome(live.path) as truth:
        refresh(live.path, truth.graph, truth.stamp())


def _behind(request: Request, truth: GraphHome) -> bool:
    """Say whether decisions wait to be applied."""
    return index_of(request).stamp() != truth.stamp()


def _undoable(made: tuple[Review, ...], given: Reviews) -> Review | None:
    return next(
        (one for one in reversed(made) if one.verdict != "undo" and given.get(one.article, one.key) == one), None
    )
