"""The reading: what one article states, with evidence. The JSON form of `kg read` and what `gold/score.py` scores."""

from typing import Literal

from kg.model.base import Frozen
from kg.model.dates import IsoDate
from kg.model.letter import Letter


class Evidence(Frozen):
    """Where in the article's text a fact stands (code points, end exclusive), its quote, the rule or model that read it, and how sure it is (0 to 1)."""

    start: int
    end: int
    quote: str
    rule: str
    confidence: float = 1.0


class PostRead(Frozen):
    """A post that the article gives an official: as written, its body by full name, its kind in the register of positions (`role`)."""

    post: str
    agency: str | None = None
    role: str | None = None
    status: Literal["current", "former", "acting"] = "current"
    evidence: Evidence


class OfficialRead(Frozen):
    """A person named in office. `posts` repeats the text of `memberships`, for the scored form."""

    name: str
    posts: tuple[str, ...] = ()
    memberships: tuple[PostRead, ...] = ()
    mentions: tuple[Evidence, ...] = ()


class AgencyRead(Frozen):
    """A body by its full name; `register_id` is its id in the register of agencies; `place` the place that its own name or the text states."""

    name: str
    register_id: str | None = None
    place: str | None = None
    mentions: tuple[Evidence, ...] = ()


class DocumentRead(Frozen):
    """A cited document. `key` names it uniquely where the reader can (`04-NQ/TW@XII`, `30/2020/NĐ-CP`, `749/QĐ-TTg@2020`), else is None."""

    number: str | None = None
    name: str | None = None
    accept: tuple[str, ...] = ()
    issuer: str | None = None
    date: IsoDate | None = None
    key: str | None = None
    type: str | None = None
    mentions: tuple[Evidence, ...] = ()


class MeetingRead(Frozen):
    """An event that the article reports. `host` is the body visited or worked with; `event` the kind in the register of meetings."""

    kind: str
    date: IsoDate | None = None
    chairs: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    host: str | None = None
    event: str | None = None
    mentions: tuple[Evidence, ...] = ()


AddresseeResolution = Literal[
    "explicit",
    "leadership_of_body",
    "group",
    "post_holder",
    "carried_over",
    "implicit_host",
    "attendees",
    "topic",
    "unresolved",
]
IssuerResolution = Literal["named", "post", "given_name", "pronoun", "carried_over", "body", "document", "unresolved"]


class DirectiveRead(Frozen):
    """One instruction: the sentence `start` to `end`, who gave it, to whom, with which verb (GUIDELINES.md, Directives).

    `act` and `strength` (1 to 5) are the verb's in the lexicon; `lead` and `coordinate` the roles of addressees in "giao A chủ trì,
    phối hợp với B"; `meeting` is an index into `Reading.meetings`; `deadline` as written, `deadline_iso` in the encoding of DOMAIN.md 5.
    """

    start: int
    end: int
    quote: str
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    verb: str
    cites: tuple[tuple[str, ...], ...] = ()
    deadline: str | None = None
    act: str = "instruct"
    strength: int = 3
    issuer_resolution: IssuerResolution = "unresolved"
    addressee_resolution: AddresseeResolution = "unresolved"
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    on_behalf_of: str | None = None
    relayed_by: str | None = None
    content: str = ""
    topic: str | None = None
    deadline_iso: str | None = None
    meeting: int | None = None
    rule: str
    confidence: float = 1.0


class StatementRead(Frozen):
    """What is said but orders nobody: praise, criticism, a petition upward. Never a directive."""

    kind: Literal["praise", "criticism", "petition"]
    start: int
    end: int
    quote: str
    speakers: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    verb: str
    rule: str
    confidence: float = 1.0


class Reading(Frozen):
    """What one article states. `id` is the record's own id where the source gave one, else the article's; `reader` names the version;
    `reviewed` says that a person decided about some of it."""

    id: str
    article: str
    reader: str
    published: IsoDate | None = None
    place: str | None = None
    letter: Letter | None = None
    officials: tuple[OfficialRead, ...] = ()
    agencies: tuple[AgencyRead, ...] = ()
    documents: tuple[DocumentRead, ...] = ()
    meetings: tuple[MeetingRead, ...] = ()
    directives: tuple[DirectiveRead, ...] = ()
    statements: tuple[StatementRead, ...] = ()
    reviewed: bool = False
