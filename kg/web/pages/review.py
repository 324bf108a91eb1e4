"""Review, with a token: accept, reject, correct a directive, decide who is who, take a decision back; what was decided survives rebuilds."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.ask.live import LiveHome
from kg.errors import UsageError
from kg.home import GraphHome
from kg.home.reviews import Review, Reviews, read_reviews
from kg.identify.decisions import Decision
from kg.identify.reasons import reason_text
from kg.identify.resolve import identify
from kg.identify.why import Doubt, doubts
from kg.model.reading import Reading
from kg.stores import refresh
from kg.web.index.directives import Row, directive_rows
from kg.web.index.doubtful import queue
from kg.web.index.reader import Index
from kg.web.render import gate_of, index_of, rendered, site_of
from kg.web.sessions import COOKIE, LASTS, Session, Sessions, same_origin

_SHOWN: Final = 12
_LONGEST: Final = 2_000
_VERDICTS: Final = ("accept", "reject", "correct", "undo")


def review_page(request: Request) -> Response:
    """Answer `/review`: the form for the token, or the queue."""
    session = _sessions(request).of(request)
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
    form = await _form(request)
    session = _sessions(request).begin(form.get("token", ""), form.get("who", "").strip()[:100])
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
    form = await _form(request)
    sessions = _sessions(request)
    sessions.end(sessions.allow(request, form.get("csrf", "")))
    answer = RedirectResponse("/review", 303)
    answer.delete_cookie(COOKIE, path="/review")
    return answer


async def decide(request: Request) -> Response:
    """Answer `POST /review/decide`: keeps one decision about a directive; the graph shows it after the next `apply`."""
    form = await _form(request)
    session = _sessions(request).allow(request, form.get("csrf", ""))
    review = _review(index_of(request), form, session)
    home = site_of(request).home
    await gate_of(request).run(lambda live: _keep(home, review))
    return RedirectResponse("/review", 303)


async def apply(request: Request) -> Response:
    """Answer `POST /review/apply`: brings the graph up to date with the decisions."""
    form = await _form(request)
    _sessions(request).allow(request, form.get("csrf", ""))
    await gate_of(request).run(_apply)
    return RedirectResponse("/review", 303)


async def identity_page(request: Request) -> Response:
    """Answer `/review/identity`: pairs of persons in doubt, the most doubtful first."""
    session = _sessions(request).of(request)
    if session is None:
        return RedirectResponse("/review", 303)
    index = index_of(request)
    found: tuple[Doubt, ...] = await gate_of(request).run(lambda live: index.cached(_doubts, live.path))
    with GraphHome(site_of(request).home) as truth:
        decided = {frozenset((one.a, one.b)) for one in truth.decisions()}
    pairs = [
        (doubt, index.node(doubt.a), index.node(doubt.b))
        for doubt in found
        if frozenset((doubt.a, doubt.b)) not in decided
    ]
    return rendered(
        request,
        "identity.html",
        {"session": session, "pairs": pairs[:_SHOWN], "left": len(pairs), "reason_text": reason_text},
    )


async def decide_identity(request: Request) -> Response:
    """Answer `POST /review/identity`: keeps one decision that two ids are the same or different, as `kg decide` does."""
    form = await _form(request)
    session = _sessions(request).allow(request, form.get("csrf", ""))
    verdict, a, b = form.get("verdict", ""), form.get("a", ""), form.get("b", "")
    if verdict not in ("same", "different") or a == b or not all(index_of(request).node(one) for one in (a, b)):
        raise UsageError("verdict, a, b: same | different; two ids of the graph")
    told = "; ".join(filter(None, (form.get("note", "")[:_LONGEST], session.who, _now())))
    decision = Decision(verdict="same" if verdict == "same" else "different", a=a, b=b, note=told)
    home = site_of(request).home

    def keep(live: LiveHome) -> None:
        with GraphHome(home) as truth:
            truth.decide(decision)

    await gate_of(request).run(keep)
    return RedirectResponse("/review/identity", 303)


def export(request: Request) -> Response:
    """Answer `/review/gold.jsonl`: the articles whose directives were reviewed, in the form of gold readings; `complete` says that all were."""
    if _sessions(request).of(request) is None:
        raise HTTPException(401, "cần mã · log in with the token first")
    with GraphHome(site_of(request).home) as truth:
        reviews = truth.reviews()
        found = [reading for article, reading in truth.pairs() if article.id in reviews.by_article]
    body = b"".join(
        orjson.dumps(_gold(reading, len(reviews.by_article[reading.article])), option=orjson.OPT_APPEND_NEWLINE)
        for reading in found
    )
    headers = {"content-disposition": 'attachment; filename="gold.jsonl"'}
    return Response(body, media_type="application/jsonl", headers=headers)


def _sessions(request: Request) -> Sessions:
    sessions: Sessions | None = request.app.state.sessions
    if sessions is None:
        raise HTTPException(403, "chỉ đọc · read-only: start with kg serve --writable")
    return sessions


async def _form(request: Request) -> Mapping[str, str]:
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        raise HTTPException(415, "application/x-www-form-urlencoded")
    try:
        return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=40))
    except ValueError as error:
        raise UsageError(f"biểu mẫu hỏng · a broken form: {error}") from error


def _review(index: Index, form: Mapping[str, str], session: Session) -> Review:
    verdict = form.get("verdict", "")
    if verdict not in _VERDICTS:
        raise UsageError(f"verdict: {', '.join(_VERDICTS)}")
    if verdict == "undo":
        article, quote = form.get("article", ""), form.get("quote", "").replace("\r\n", "\n")
        return Review(article=article, quote=quote, verdict="undo", who=session.who, when=_now())
    fact = index.node(form.get("id", ""))
    if fact is None or fact.node.label != "Directive":
        raise UsageError("id: không có chỉ đạo này · no such directive")
    [source] = index.nodes(index.out(fact.node.n, "STATED_IN")).values()
    corrected = {name: _names(form.get(name, "")) for name in ("issuers", "addressees")} if verdict == "correct" else {}
    verb = form.get("verb", "").strip()[:100] if verdict == "correct" else ""
    return Review(
        article=source.id,
        quote=fact.data["quote"],
        verdict="correct" if verdict == "correct" else "accept" if verdict == "accept" else "reject",
        issuers=corrected.get("issuers"),
        addressees=corrected.get("addressees"),
        verb=verb or None,
        who=session.who,
        when=_now(),
        note=form.get("note", "")[:_LONGEST],
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in text[:_LONGEST].split(";") if (name := " ".join(part.split()))))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _keep(home: Path, review: Review) -> None:
    with GraphHome(home) as truth:
        truth.review(review)


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


def _doubts(index: Index, home: Path) -> tuple[Doubt, ...]:
    with GraphHome(home) as truth:
        return tuple(doubts(identify(truth.pairs(), truth.decisions()))[:200])


def _gold(reading: Reading, reviewed: int) -> dict[str, Any]:
    rule = "+reviewed"
    return {
        "id": reading.id,
        "officials": [{"name": one.name, "posts": list(one.posts)} for one in reading.officials],
        "agencies": [{"name": one.name} for one in reading.agencies],
        "documents": [
            {"number": one.number, "name": one.name, "accept": list(one.accept), "issuer": one.issuer, "date": one.date} for one in reading.documents
        ],
        "meetings": [
            {"kind": one.kind, "date": one.date, "chairs": list(one.chairs), "participants": list(one.participants)} for one in reading.meetings
        ],
        "directives": [
            {
                "start": one.start, "end": one.end, "issuers": list(one.issuers), "addressees": list(one.addressees), "verb": one.verb,
                "cites": [list(cited) for cited in one.cites], "deadline": one.deadline,
            }
            for one in reading.directives
        ],
        "reviewed": reviewed,
        "complete": all(one.rule.endswith(rule) for one in reading.directives),
    }  # fmt: skip
