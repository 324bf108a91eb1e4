"""The fields of a fact that a form can correct, and what they hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from kg.home.review import Kind


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of the form: its name in `Review`, its label (a key of the texts), what it is, and how it is read off the fact.

    `names` are several, parted by semicolons; a `choice` is one of `choices`; `needed` may not be empty.
    """

    name: str
    label: str
    form: Literal["text", "names", "choice", "date"]
    of: Callable[[Any], object]
    needed: bool = False
    choices: tuple[str, ...] = ()

    def shown(self, read: object) -> str:
        """Return the value as the form shows it."""
        value = self.of(read)
        return "; ".join(value) if isinstance(value, tuple) else str(value or "")


SLOTS: Final[Mapping[Kind, tuple[Slot, ...]]] = MappingProxyType(
    {
        "statement": (
            Slot("said", "review.said", "choice", lambda read: read.kind, choices=("praise", "criticism", "petition")),
            Slot("speakers", "col.who", "names", lambda read: read.speakers),
            Slot("targets", "review.targets", "names", lambda read: read.targets),
            Slot("verb", "why.verbs", "text", lambda read: read.verb, needed=True),
        ),
        "post": (
            Slot("title", "held.post", "text", lambda read: read.post.post, needed=True),
            Slot("holder", "held.person", "text", lambda read: read.holder, needed=True),
            Slot("body", "held.body", "text", lambda read: read.post.agency),
            Slot("status", "review.status", "choice", lambda read: read.post.status, choices=("current", "former", "acting")),
        ),
        "meeting": (
            Slot("name", "review.meeting", "text", lambda read: read.kind, needed=True),
            Slot("date", "col.date", "date", lambda read: read.date),
            Slot("host", "review.host", "text", lambda read: read.host),
            Slot("chairs", "review.chairs", "names", lambda read: read.chairs),
            Slot("participants", "review.participants", "names", lambda read: read.participants),
        ),
    }
)  # fmt: skip
"""What can be corrected, by kind; directives have fields of their own (`kg.web.review.corrections`)."""
