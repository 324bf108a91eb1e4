"""Directives: who instructed whom about what, one for each sentence that says so."""

from collections.abc import Mapping, Sequence

from kg.model.reading import (
    AddresseeResolution,
    DirectiveRead,
    DocumentRead,
    IssuerResolution,
    MeetingRead,
    StatementRead,
)
from kg.read.actors import Actors
from kg.read.deadlines import read_deadline
from kg.read.directives.confidence import calibrated
from kg.read.directives.details import (
    act_of,
    content_of,
    lead_and_coordinate,
    on_behalf_of,
    relayed_by,
    strength_of,
    to_follow,
    topic_of,
)
from kg.read.directives.issuers import written_out
from kg.read.directives.ranker import load_ranker
from kg.read.directives.resolve import Rankers, Resolved, resolve
from kg.read.directives.statements import read_statements
from kg.read.directives.survey import survey
from kg.read.page import Page

_ISSUER_HOW: Mapping[str, IssuerResolution] = {
    "named": "named",
    "post": "post",
    "given_name": "given_name",
    "pronoun": "pronoun",
    "short": "body",
    "written": "body",
}
_ADDRESSEE_HOW: Mapping[str, AddresseeResolution] = {
    "prev": "carried_over",
    "host": "implicit_host",
    "ahead": "topic",
    "topic": "topic",
    "none": "unresolved",
}


def read_directives(
    page: Page,
    actors: Actors,
    documents: Sequence[DocumentRead],
    citations: Sequence[tuple[int, int, int]],
    meetings: Sequence[MeetingRead],
) -> tuple[tuple[DirectiveRead, ...], tuple[StatementRead, ...]]:
    """Return the directives of `page` and its statements; `citations` are (start, end, index into `documents`)."""
    found = survey(page, actors)
    context = found.context
    directives = tuple(
        _directive(page, resolved, found.probabilities[resolved.view.index], documents, citations, meetings)
        for resolved in resolve(context, found.chosen, load_rankers())
    )
    return directives, read_statements(page, context.views, context.speakers, frozenset(found.chosen))


def load_rankers() -> Rankers:
    """Return the rankers of verb, issuer and addressees."""
    return Rankers(load_ranker("directive-verb"), load_ranker("directive-issuer"), load_ranker("directive-addressees"))


def _directive(
    page: Page,
    resolved: Resolved,
    probability: float,
    documents: Sequence[DocumentRead],
    citations: Sequence[tuple[int, int, int]],
    meetings: Sequence[MeetingRead],
) -> DirectiveRead:
    view = resolved.view
    deadline = read_deadline(page, view.start, view.end)
    lead, coordinate = lead_and_coordinate(page, resolved)
    act = act_of(resolved.verb)
    content = content_of(page, resolved)
    cited = dict.fromkeys(
        i
        for start, end, i in citations
        if view.start <= start and end <= view.end and to_follow(page, view.start, start)
    )
    return DirectiveRead(
        start=view.start,
        end=view.end,
        quote=page.text[view.start : view.end],
        issuers=_issuers(resolved),
        addressees=resolved.addressees.value,
        verb=resolved.verb,
        cites=tuple(documents[i].accept for i in cited),
        deadline=deadline[0] if deadline else None,
        act=act.name,
        strength=strength_of(resolved.verb, view.folded, deadline is not None),
        issuer_resolution=_issuer_how(resolved),
        addressee_resolution=_addressee_how(resolved),
        lead=lead,
        coordinate=coordinate,
        on_behalf_of=on_behalf_of(page, resolved),
        relayed_by=relayed_by(page, resolved),
        content=content,
        topic=topic_of(content, resolved.addressees.value),
        deadline_iso=deadline[1] if deadline else None,
        meeting=0 if len(meetings) == 1 else None,
        rule=f"directives.{resolved.addressees.how}",
        confidence=round(calibrated(probability * resolved.certainty), 3),
    )


def _issuers(resolved: Resolved) -> tuple[str, ...]:
    if resolved.issuer is None:
        return ()
    mention = resolved.issuer_mention
    names = resolved.issuer.value
    return tuple(map(written_out, names)) if mention is not None and mention.kind == "post" else names


def _issuer_how(resolved: Resolved) -> IssuerResolution:
    mention = resolved.issuer_mention
    if mention is None:
        return "unresolved"
    return _ISSUER_HOW[mention.how] if mention.start >= resolved.view.start else "carried_over"


def _addressee_how(resolved: Resolved) -> AddresseeResolution:
    how = resolved.addressees.how
    for start, name in _ADDRESSEE_HOW.items():
        if how.startswith(start):
            return name
    mentions = resolved.addressees.mentions
    if mentions and mentions[0].leadership:
        return "leadership_of_body"
    kind = mentions[0].kind if mentions else "group"
    return "explicit" if kind == "agency" else "group" if kind == "group" else "post_holder"
