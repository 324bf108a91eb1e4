"""Reviewed articles as gold readings: what a person has accepted and corrected, in the form that scores are computed from."""

from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.home import GraphHome
from kg.model.reading import Reading
from kg.web.pages.forms import sessions_of
from kg.web.render import site_of


def export(request: Request) -> Response:
    """Answer `/review/gold.jsonl`: the articles whose directives were reviewed, in the form of gold readings; `complete` says that all were."""
    if sessions_of(request).of(request) is None:
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
                "cites": [list(cited) for cited in one.cites], "deadline": one.deadline, "deadline_iso": one.deadline_iso,
                "act": one.act, "strength": one.strength,
            }
            for one in reading.directives
        ],
        "reviewed": reviewed,
        "complete": all(one.rule.endswith(rule) for one in reading.directives),
    }  # fmt: skip
