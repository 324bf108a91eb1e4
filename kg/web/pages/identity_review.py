"""Who is who, for a person to decide: persons in doubt, bodies and documents that may be one, any two ids; decisions can be taken back."""

from pathlib import Path
from typing import Final, Literal, cast, get_args

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import UsageError
from kg.home import GraphHome
from kg.identify.decisions import Decision, latest, shown
from kg.identify.reasons import reason_text
from kg.identify.resolve import identify
from kg.identify.why import Doubt, doubts
from kg.web.index.lookalikes import lookalikes
from kg.web.index.reader import Index
from kg.web.pages.forms import LONGEST, form_of, now, sessions_of
from kg.web.render import gate_of, index_of, rendered, site_of

_SHOWN: Final = 12
_DECIDED: Final = 20
_KINDS: Final = {"person": "", "body": "Agency", "document": "Document"}
Verdict = Literal["same", "different", "undo"]


async def identity_page(request: Request) -> Response:
    """Answer `/review/identity?kind=`: pairs in doubt (persons), or of one name (body, document), the most doubtful or most connected first."""
    session = sessions_of(request).of(request)
    if session is None:
        return RedirectResponse("/review", 303)
    kind = request.query_params.get("kind", "person")
    if kind not in _KINDS:
        raise UsageError(f"kind: {', '.join(_KINDS)}")
    index = index_of(request)
    with GraphHome(site_of(request).home) as truth:
        made = truth.decisions()
    decided = latest(made)
    pairs, alike = [], []
    if kind == "person":
        found: tuple[Doubt, ...] = await gate_of(request).run(lambda live: index.cached(_doubts, live.path))
        pairs = [
            (doubt, index.node(doubt.a), index.node(doubt.b))
            for doubt in found
            if frozenset((doubt.a, doubt.b)) not in decided
        ]
    else:
        alike = [
            pair
            for pair in index.cached(lookalikes, _KINDS[kind])
            if frozenset((pair.one.node.id, pair.other.node.id)) not in decided
        ]
    context = {
        "session": session,
        "kind": kind,
        "kinds": tuple(_KINDS),
        "pairs": pairs[:_SHOWN],
        "alike": alike[:_SHOWN],
        "left": len(pairs) + len(alike),
        "decided": list(reversed(decided.values()))[:_DECIDED],
        "reason_text": reason_text,
    }
    return rendered(request, "identity.html", context)


async def decide_identity(request: Request) -> Response:
    """Answer `POST /review/identity/decide`: keeps one decision about two ids, as `kg decide` does."""
    form = await form_of(request)
    session = sessions_of(request).allow(request, form.get("csrf", ""))
    verdict, a, b = form.get("verdict", ""), form.get("a", "").strip(), form.get("b", "").strip()
    if verdict not in get_args(Verdict) or a == b:
        raise UsageError(f"verdict, a, b: {' | '.join(get_args(Verdict))}; hai mã khác nhau · two different ids")
    index = index_of(request)
    kinds = {_kind(index, ref) for ref in (a, b)} if verdict != "undo" else set()
    if len(kinds) > 1:
        raise UsageError(f"{a}, {b}: khác loại · of different kinds are never one")
    told = "; ".join(filter(None, (form.get("note", "")[:LONGEST], session.who, now())))
    decision = Decision(verdict=cast(Verdict, verdict), a=a, b=b, note=told)
    home = site_of(request).home
    await gate_of(request).run(lambda live: _keep(home, decision))
    kind = form.get("kind", "")
    return RedirectResponse(f"/review/identity?kind={kind}" if kind in _KINDS else "/review/identity", 303)


def _kind(index: Index, ref: str) -> str:
    """The class of an id, or of what an article shows by ID@ARTICLE. Raises UsageError for what the graph has not."""
    ident, article = shown(ref)
    fact = index.node(ident)
    if fact is None or (article and index.node(article) is None):
        raise UsageError(f"{ref}: không có mã này · no such id in the graph")
    return fact.node.label


def _keep(home: Path, decision: Decision) -> None:
    with GraphHome(home) as truth:
        truth.decide(decision)


def _doubts(index: Index, home: Path) -> tuple[Doubt, ...]:
    with GraphHome(home) as truth:
        return tuple(doubts(identify(truth.pairs(), truth.decisions()))[:200])
