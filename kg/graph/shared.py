"""What one article adds to the entities that articles share: notes (entity, attribute, value), counted.

Counts add up over articles in any order and are taken off again with an article, so that an entity follows from its notes alone:
`kg.graph.merge` makes it.
"""

from collections import Counter
from collections.abc import Iterable

import orjson

from kg.graph.topics import topics
from kg.identify.bodies import Body
from kg.identify.places import Province, provinces
from kg.identify.posts import PostAt
from kg.model.entities import Directive
from kg.model.ids import digest
from kg.model.reading import DocumentRead

Note = tuple[str, str, str]
"""An entity's id, an attribute, and a value that an article gives it."""

Notes = Counter[Note]


class Shared:
    """Takes notes; each method returns the id of the entity that it notes something of."""

    def __init__(self) -> None:
        self.notes: Notes = Counter()

    def person(self, ident: str, name: str) -> str:
        """Note a name of a person."""
        return self._note(ident, name=name)

    def group(self, ident: str, name: str) -> str:
        """Note a name of a group."""
        return self._note(ident, name=name)

    def agency(self, body: Body, name: str) -> str:
        """Note a name of a body."""
        place = self.place(body.place) if body.place else None
        known = orjson.dumps([body.name, body.kind, body.row, place, body.parent, body.successors]).decode()
        return self._note(body.id, name=name, body=known)

    def post(self, at: PostAt, name: str, role: str | None) -> str:
        """Note the words of a post, and the role that the reader gave it."""
        return self._note(at.id, name=name, role=role, agency=at.body.id if at.body else None)

    def membership(self, ident: str, person: str, at: PostAt, status: str, days: list[str]) -> str:
        """Note that a person was seen in a post on these days."""
        for day in days:
            self._note(ident, day=day)
        return self._note(ident, person=person, post=at.id, agency=at.body.id if at.body else None, status=status)

    def document(self, ident: str, read: DocumentRead, issuer: str | None) -> str:
        """Note a citation of a document, and the id of the body that the article gives as its issuer."""
        for name in (read.name, *read.accept):
            self._note(ident, name=name)
        return self._note(
            ident, key=read.key, number=read.number, kind=read.type, date=read.date, issuer=issuer, cited="1"
        )

    def letter(self, ident: str, subject: str | None, bases: Iterable[str]) -> str:
        """Note what an official letter says of itself as a document: its subject, and the ids of the documents that it rests on."""
        for base in bases:
            self._note(ident, based_on=base)
        return self._note(ident, title=subject)

    def place(self, province: Province) -> str:
        """Note a province."""
        ident = f"place/{province.id}"
        told = "" if province.id in provinces() else orjson.dumps([province.full, province.level]).decode()
        self.notes[ident, "province", told] += 1
        return ident

    def topic(self, topic: str | None) -> str | None:
        """Note the use of a topic; None where the scheme does not have it."""
        if topic is None or topic not in topics():
            return None
        return self._note(f"topic/{topic}", used="1")

    def _note(self, ident: str, **values: str | None) -> str:
        for attribute, value in values.items():
            if value:
                self.notes[ident, attribute, value] += 1
        return ident


def instructions_of(directive: Directive) -> Notes:
    """Return what a directive notes of who instructs whom: each issuer and each addressee, with its day."""
    notes = Notes()
    for issuer in directive.issuers:
        for addressee in directive.addressees:
            ident = f"instruction/{digest(issuer, addressee)}"
            notes.update(
                [(ident, "issuer", issuer), (ident, "addressee", addressee), (ident, "day", directive.date or "")]
            )
    return notes
