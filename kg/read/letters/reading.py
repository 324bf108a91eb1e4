"""What a letter adds to a reading: its directives, its signatories, and itself as a document."""

from collections.abc import Sequence

from kg.model.letter import Letter
from kg.model.reading import (
    AddresseeResolution,
    AgencyRead,
    DirectiveRead,
    DocumentRead,
    Evidence,
    IssuerResolution,
    MeetingRead,
    OfficialRead,
    PostRead,
    StatementRead,
)
from kg.read.actors import Actors
from kg.read.deadlines import read_deadline
from kg.read.directives.details import act_of, strength_of, topic_of
from kg.read.letters.tasks import Order, Orders
from kg.read.letters.told import Hearers, Told
from kg.read.page import Page
from kg.text.fold import fold

_CONFIDENCE = {"letters.execution": 0.97, "letters.verb": 0.95, "letters.subject": 0.93, "letters.item": 0.88}
_ENDS = " .;:,/"
_COORDINATES = ("phối hợp chặt chẽ với", "phối hợp với", "phối hợp cùng", "phối hợp")


def letter_directives(
    page: Page,
    letter: Letter,
    actors: Actors,
    documents: Sequence[DocumentRead],
    citations: Sequence[tuple[int, int, int]],
    meetings: Sequence[MeetingRead],
) -> tuple[tuple[DirectiveRead, ...], tuple[StatementRead, ...]]:
    """Return the directives of a letter, and its requests to higher bodies as petitions. Arguments as `read_directives` has them."""
    hearers = Hearers(page, actors.mentions)
    directives: list[DirectiveRead] = []
    statements: list[StatementRead] = []
    for order in Orders(page, letter, hearers).all():
        if order.upward:
            statements.append(_petition(page, letter, order))
        else:
            cited = dict.fromkeys(
                i for start, end, i in citations if order.unit.start <= start and end <= order.unit.end
            )
            cites = tuple(documents[i].accept for i in cited)
            meeting = 0 if len(meetings) == 1 and order.by is not None else None
            directives.append(_directive(hearers, letter, order, cites, meeting))
    return tuple(directives), tuple(statements)


def _end(page: Page, order: Order) -> int:
    """A letter closes with "./.", which is no part of its last sentence."""
    text = page.text[order.unit.start : order.unit.end]
    return order.unit.start + len(text.removesuffix("/.").rstrip()) if text.endswith("./.") else order.unit.end


def _directive(
    hearers: Hearers, letter: Letter, order: Order, cites: tuple[tuple[str, ...], ...], meeting: int | None
) -> DirectiveRead:
    page, start, end = hearers.page, order.unit.start, _end(hearers.page, order)
    told = order.told or _addressed(hearers, letter)
    names = told.names if told else ()
    deadline = read_deadline(page, start, end)
    content = page.text[order.content : end].strip(_ENDS) or page.text[start:end]
    own = letter.issuer
    issuers = (order.by.name,) if order.by else (own,) if own else ()
    leads = told is not None and page.folded[told.end : end].lstrip().startswith("chủ trì")
    return DirectiveRead(
        start=start,
        end=end,
        quote=page.text[start:end],
        issuers=issuers,
        addressees=names,
        verb=order.verb,
        cites=cites,
        deadline=deadline[0] if deadline else None,
        act=act_of(order.verb).name,
        strength=strength_of(order.verb, page.folded[start:end], deadline is not None),
        issuer_resolution=_issuer_how(order),
        addressee_resolution=_told_how(order, told),
        lead=names[:1] if leads and len(names) == 1 else (),
        coordinate=_coordinate(hearers, order, end),
        relayed_by=own if order.by is not None and own and fold(own).startswith("văn phòng") else None,
        content=content,
        topic=topic_of(content, names),
        deadline_iso=deadline[1] if deadline else None,
        meeting=meeting,
        rule=order.rule,
        confidence=_CONFIDENCE[order.rule],
    )


def _addressed(hearers: Hearers, letter: Letter) -> Told | None:
    """Who the letter is for, where neither the sentence nor what it stands under names anybody."""
    found = [hearers.at(span.start, span.end) for span in letter.spans if span.field == "addressed_to"]
    names = tuple(dict.fromkeys(name for told in found if told for name in told.names))
    return Told(names, (), 0) if names else None


def _issuer_how(order: Order) -> IssuerResolution:
    if order.by is None or order.by.kind == "agency":
        return "body"
    return "named" if order.by.kind == "person" else "post"


def _told_how(order: Order, told: Told | None) -> AddresseeResolution:
    if told is None:
        return "unresolved"
    if order.told is None or not order.unit.start <= told.end <= order.unit.end:
        return "carried_over"
    kind = told.kinds[0] if told.kinds else "group"
    return "explicit" if kind == "agency" else "group" if kind == "group" else "post_holder"


def _coordinate(hearers: Hearers, order: Order, end: int) -> tuple[str, ...]:
    folded = hearers.page.folded
    for words in _COORDINATES:
        at = folded.find(words, order.unit.start, end)
        if at >= 0:
            told = hearers.at(at + len(words), end)
            return told.names if told else ()
    return ()


def _petition(page: Page, letter: Letter, order: Order) -> StatementRead:
    end = _end(page, order)
    return StatementRead(
        kind="petition",
        start=order.unit.start,
        end=end,
        quote=page.text[order.unit.start : end],
        speakers=(letter.issuer,) if letter.issuer else (),
        targets=order.told.names if order.told else (),
        verb=order.verb,
        rule="letters.petition",
        confidence=0.9,
    )


def letter_officials(text: str, letter: Letter, officials: Sequence[OfficialRead]) -> tuple[OfficialRead, ...]:
    """Return the officials with those who signed: the name under the signature holds the post above it."""
    found = {fold(one.name): one for one in officials}
    names = [span for span in letter.spans if span.field == "name"]
    signed = [one for one in letter.signatories if one.name]
    for span, signatory in zip(names, signed, strict=False):
        key = fold(signatory.name or "")
        posts = [one for one in letter.spans if one.field == "post" and one.end <= span.start]
        held = found.get(key)
        if (held and held.memberships) or not signatory.post or not posts:
            continue
        at = Evidence(start=span.start, end=span.end, quote=text[span.start : span.end], rule="letters.signature")
        of = posts[-1]
        proof = Evidence(start=of.start, end=of.end, quote=text[of.start : of.end], rule="letters.signature")
        post = PostRead(post=signatory.post, agency=letter.issuer, evidence=proof)
        mentions = held.mentions if held else (at,)
        found[key] = OfficialRead(
            name=signatory.name or "", posts=(signatory.post,), memberships=(post,), mentions=mentions
        )
    return tuple(found.values())


def letter_agencies(
    text: str, letter: Letter, agencies: Sequence[AgencyRead]
) -> tuple[tuple[AgencyRead, ...], dict[str, str]]:
    """Return the agencies with the letter's own bodies by their full names, and the names that these replace."""
    found, renamed = list(agencies), dict[str, str]()
    for name, of in ((letter.parent, "parent"), (letter.issuer, "issuer")):
        spans = [span for span in letter.spans if span.field == of]
        if not name or not spans or any(fold(one.name) == fold(name) for one in found):
            continue
        place = letter.place or ""
        known = next(
            (n for n, one in enumerate(found) if _is_short(one, name, place, spans[0].start, spans[-1].end)), None
        )
        if known is not None:
            renamed[found[known].name] = name
            found[known] = found[known].model_copy(update={"name": name})
        else:
            quote = text[spans[0].start : spans[-1].end]
            at = Evidence(start=spans[0].start, end=spans[-1].end, quote=quote, rule="letters.header")
            found.append(AgencyRead(name=name, mentions=(at,)))
    return tuple(found), renamed


def _is_short(agency: AgencyRead, name: str, place: str, start: int, end: int) -> bool:
    """Whether an agency is the header's, cut short or without its place."""
    short, full = fold(agency.name), fold(name)
    if not full.startswith(f"{short} "):
        return False
    inside = any(start <= m.start and m.end <= end for m in agency.mentions)
    return inside or full == f"{short} {fold(place)}"


def letter_documents(text: str, letter: Letter, documents: Sequence[DocumentRead]) -> tuple[DocumentRead, ...]:
    """Return the documents with the letter itself: its number, kind, subject, issuer and date as its header gives them."""
    span = next((one for one in letter.spans if one.field == "number"), None)
    if letter.number is None or span is None:
        return tuple(documents)
    at = Evidence(start=span.start, end=span.end, quote=text[span.start : span.end], rule="letters.header")
    known = next((one for one in documents if one.number and fold(one.number) == fold(letter.number)), None)
    mentions = tuple(m for m in (known.mentions if known else ()) if m.start >= span.end or m.end <= span.start)
    own = DocumentRead(
        number=letter.number,
        name=f"{letter.kind} {letter.number}",
        accept=tuple(
            dict.fromkeys((*(known.accept if known else ()), letter.number, f"{letter.kind} {letter.number}"))
        ),
        issuer=letter.issuer,
        date=letter.date,
        key=letter.key or (known.key if known else None),
        type=letter.kind,
        mentions=(at, *mentions),
    )
    return (own, *(one for one in documents if one is not known))
