"""One decision of a person about one fact that an article states."""

from typing import Literal

from pydantic import Field

from kg.model.base import Frozen
from kg.model.dates import IsoDate

Kind = Literal["directive", "statement", "post", "meeting"]
"""What can be reviewed."""

Key = tuple[str, str, str]
"""What a decision is about, within its article: kind, quote, `of`."""


class Review(Frozen):
    """One decision about a fact that `article` states: by whom, when (ISO 8601) and why.

    `quote` are the words of the sentence of a directive or statement, the title of a post as it was read, the first words that name a
    meeting. `of` tells apart what these leave open: the holder of the post, as read; the words behind those of the meeting (`words_behind`).

    `correct` replaces what is given; None leaves as it was read. A name, date or deadline that is empty says that there is none. `deadline`
    is as written; `span` are the words of a directive from where it starts, where it ends elsewhere than was read.
    """

    article: str
    quote: str
    verdict: Literal["accept", "reject", "correct", "undo"]
    kind: Kind = "directive"
    of: str = ""
    issuers: tuple[str, ...] | None = None
    addressees: tuple[str, ...] | None = None
    verb: str | None = Field(default=None, min_length=1)
    act: str | None = Field(default=None, min_length=1)
    strength: int | None = Field(default=None, ge=1, le=5)
    deadline: str | None = None
    deadline_iso: str | None = None
    span: str | None = Field(default=None, min_length=1)
    said: Literal["praise", "criticism", "petition"] | None = None
    speakers: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None
    title: str | None = Field(default=None, min_length=1)
    holder: str | None = Field(default=None, min_length=1)
    body: str | None = None
    status: Literal["current", "former", "acting"] | None = None
    name: str | None = Field(default=None, min_length=1)
    date: IsoDate | Literal[""] | None = None
    host: str | None = None
    chairs: tuple[str, ...] | None = None
    participants: tuple[str, ...] | None = None
    who: str = ""
    when: str = ""
    note: str = ""

    @property
    def key(self) -> Key:
        """Return what the decision is about."""
        return self.kind, self.quote, self.of

    @property
    def shown(self) -> Key:
        """Return the key that what it is about seems to have once the decision is applied."""
        return self.kind, self.span or self.title or self.quote, self.holder or self.of
