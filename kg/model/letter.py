"""The header and the end of an official letter: what the layout rules of Nghị định 30/2020/NĐ-CP and Hướng dẫn 36-HD/VPTW give each document."""

from typing import Literal

from kg.model.base import Frozen
from kg.model.dates import IsoDate

LetterForm = Literal["state", "party"]

CapacityMark = Literal["TM", "KT", "TL", "TUQ", "Q"]
"""For the collective, for the head, by order, by delegation, acting (Nghị định 30/2020/NĐ-CP, annex I, part II, 7)."""

LetterField = Literal[
    "parent",
    "issuer",
    "motto",
    "number",
    "place",
    "date",
    "kind",
    "subject",
    "urgency",
    "secrecy",
    "addressed_to",
    "basis",
    "recipients",
    "capacity",
    "post",
    "name",
]


class LetterSpan(Frozen):
    """Where a field stands in the article's text: code points `start` to `end` (exclusive). A field may have several."""

    field: LetterField
    start: int
    end: int


class Capacity(Frozen):
    """In whose place a letter is signed: `TM. ỦY BAN NHÂN DÂN` is the mark `TM` and `Ủy ban nhân dân`."""

    mark: CapacityMark
    of: str


class Signatory(Frozen):
    """Who signed: the name, the post under which it stands, and the capacities above it in their order."""

    name: str | None = None
    post: str | None = None
    capacities: tuple[Capacity, ...] = ()


class Letter(Frozen):
    """An official letter's own statements about itself; what it does not have is None or empty.

    `issuer` is the body that issues it, `parent` the one above it in the header; `key` names it uniquely where the reader can
    (`845/QĐ-UBND@2021`; a Party number needs a term that only the register of documents knows). `subject` is the abstract without "V/v";
    `bases` are the documents after "Căn cứ"; `addressed_to` follows "Kính gửi", `recipients` "Nơi nhận" without the archive.
    """

    form: LetterForm
    kind: str
    issuer: str | None = None
    parent: str | None = None
    number: str | None = None
    key: str | None = None
    place: str | None = None
    date: IsoDate | None = None
    subject: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    addressed_to: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    spans: tuple[LetterSpan, ...] = ()
    body: tuple[int, int] = (0, 0)
    """What is neither header nor end, code points of the article's text."""
