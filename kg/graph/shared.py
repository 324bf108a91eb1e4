"""Gathers what many articles say of one entity, and makes the entity of it: names by frequency, observations as intervals."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from kg.graph.search import search_form
from kg.identify.bodies import Body
from kg.identify.documents import id_of_key, register, relations_of
from kg.identify.names import best
from kg.identify.places import Province, with_successors
from kg.identify.posts import PostAt, rank_of
from kg.identify.succession import nearest_known
from kg.lexicon.tables import read_table, split_list
from kg.model.base import Entity
from kg.model.entities import Agency, Document, Group, Membership, Person, Place, Post, Topic
from kg.model.reading import DocumentRead


@dataclass(slots=True)
class Forms:
    """The names under which one entity was met."""

    names: list[str] = field(default_factory=list)

    def title(self) -> str:
        """Return the name that stands for all."""
        return best(self.names)

    def others(self, title: str) -> tuple[str, ...]:
        """Return the other names, sorted."""
        return tuple(sorted(set(self.names) - {title}))


@dataclass(slots=True)
class _Held:
    person: str
    post: str
    agency: str | None
    status: str
    days: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Cited:
    reads: list[DocumentRead] = field(default_factory=list)
    issuers: set[str] = field(default_factory=set)


class Shared:
    """The entities that no single article owns. `name_*` note a name met in an article; `entities` makes everything, in no fixed order."""

    def __init__(self) -> None:
        self._persons: dict[str, Forms] = defaultdict(Forms)
        self._groups: dict[str, Forms] = defaultdict(Forms)
        self._agencies: dict[str, Forms] = defaultdict(Forms)
        self._bodies: dict[str, Body] = {}
        self._posts: dict[str, Forms] = defaultdict(Forms)
        self._places_of_posts: dict[str, PostAt] = {}
        self._roles: dict[str, list[str]] = defaultdict(list)
        self._held: dict[str, _Held] = {}
        self._cited: dict[str, _Cited] = defaultdict(_Cited)
        self._topics: set[str] = set()
        self._stated: dict[str, Province] = {}

    def person(self, ident: str, name: str) -> str:
        """Note a name of a person; return the id, as the other methods do."""
        self._persons[ident].names.append(name)
        return ident

    def group(self, ident: str, name: str) -> str:
        """Note a name of a group."""
        self._groups[ident].names.append(name)
        return ident

    def agency(self, body: Body, name: str) -> str:
        """Note a name of a body."""
        self._bodies[body.id] = body
        self._agencies[body.id].names.append(name)
        return body.id

    def post(self, at: PostAt, name: str, role: str | None) -> str:
        """Note the words of a post, and the role that the reader gave it."""
        self._places_of_posts[at.id] = at
        self._posts[at.id].names.append(name)
        if role:
            self._roles[at.id].append(role)
        return at.id

    def membership(self, ident: str, person: str, at: PostAt, status: str, days: list[str]) -> str:
        """Note that a person was seen in a post on these days."""
        agency = at.body.id if at.body else None
        self._held.setdefault(ident, _Held(person, at.id, agency, status)).days.extend(days)
        return ident

    def document(self, ident: str, read: DocumentRead, issuer: str | None) -> str:
        """Note a citation of a document, and the id of the body that the article gives as its issuer."""
        self._cited[ident].reads.append(read)
        if issuer:
            self._cited[ident].issuers.add(issuer)
        return ident

    def place(self, province: Province) -> str:
        """Note a province that an article is from."""
        self._stated[province.id] = province
        return f"place/{province.id}"

    def topic(self, topic: str | None) -> str | None:
        """Note the use of a topic; None where the scheme does not have it."""
        if topic is None or topic not in topics():
            return None
        self._topics.add(topic)
        return f"topic/{topic}"

    def entities(self) -> Iterator[Entity]:
        """Yield the entities."""
        for ident, forms in self._persons.items():
            title = forms.title()
            yield Person(id=ident, name=title, folded=search_form(title), aliases=forms.others(title))
        for ident, forms in self._groups.items():
            title = forms.title()
            yield Group(id=ident, name=title, folded=search_form(title))
        yield from (self._agency(ident, forms) for ident, forms in self._agencies.items())
        yield from (self._post(ident, forms) for ident, forms in self._posts.items())
        yield from (_membership(ident, held) for ident, held in self._held.items())
        yield from (self._document(ident, cited) for ident, cited in self._cited.items())
        of_bodies = {body.place.id: body.place for body in self._bodies.values() if body.place}
        yield from _places(of_bodies | self._stated)
        yield from (topics()[topic] for topic in self._topics)

    def _agency(self, ident: str, forms: Forms) -> Agency:
        body = self._bodies[ident]
        title = body.name or forms.title()
        return Agency(
            id=ident,
            name=title,
            folded=search_form(title),
            aliases=forms.others(title),
            kind=body.kind,
            register_id=body.row,
            place=f"place/{body.place.id}" if body.place else None,
            parent=self._if_known(body.parent),
            successors=nearest_known(ident, body.successors, self._bodies.__contains__),
        )

    def _if_known(self, agency: str | None) -> str | None:
        """A body that no article names is not in the graph, and nothing may point at it."""
        return agency if agency in self._bodies else None

    def _post(self, ident: str, forms: Forms) -> Post:
        title, at = forms.title(), self._places_of_posts[ident]
        roles = self._roles[ident]
        role = best(roles) if roles else None
        ranks = [rank for name in forms.names if (rank := rank_of(name, role)) is not None]
        return Post(
            id=ident,
            name=title,
            folded=search_form(title),
            role=role,
            rank=min(ranks, default=None),
            agency=at.body.id if at.body else None,
        )

    def _document(self, ident: str, cited: _Cited) -> Document:
        reads = cited.reads
        key = next((read.key for read in reads if read.key), None)
        row = register().get(key or "", {})
        number = row.get("number") or _most(read.number for read in reads)
        kind = row.get("doc_type") or _most(read.type for read in reads)
        names = [name for read in reads for name in (read.name, *read.accept) if name]
        title = f"{kind} {number}" if kind and number else number or (best(names) if names else ident)
        known = split_list(row.get("aliases", ""))
        issuers = sorted(issuer for issuer in cited.issuers if issuer in self._bodies)
        return Document(
            id=ident,
            name=title,
            folded=search_form(title),
            aliases=tuple(sorted({*names, *known} - {title})),
            number=number,
            key=key,
            kind=kind,
            title=row.get("title_vi") or None,
            term=row.get("term") or None,
            date=row.get("date") or _most(read.date for read in reads),
            issuer=issuers[0] if len(issuers) == 1 else None,
            **self._relations(key),
        )

    def _relations(self, key: str | None) -> dict[str, tuple[str, ...]]:
        """What a document of the register does to others that the graph has."""
        found: dict[str, tuple[str, ...]] = {}
        for relation, keys in relations_of(key).items():
            known = tuple(sorted(ident for ident in map(id_of_key, keys) if ident in self._cited))
            if known:
                found[relation] = known
        return found


def _most(values: "Iterator[str | None]") -> str | None:
    known = [value for value in values if value]
    return best(known) if known else None


def _membership(ident: str, held: _Held) -> Membership:
    return Membership(
        id=ident,
        person=held.person,
        post=held.post,
        agency=held.agency,
        status=held.status,
        observed_from=min(held.days, default=None),
        observed_to=max(held.days, default=None),
    )


def _places(used: dict[str, Province]) -> Iterator[Place]:
    for province in with_successors(used.values()):
        row = province.row
        yield Place(
            id=f"place/{province.id}",
            name=province.full,
            folded=search_form(province.full),
            kind=row["type"] or province.level,
            code=row["gso_code"] or None,
            valid_from=row["valid_from"] or None,
            valid_to=row["valid_to"] or None,
            successor=f"place/{row['successor_id']}" if row["successor_id"] else None,
        )


@cache
def topics() -> dict[str, Topic]:
    """Return the scheme of topics by its ids."""
    return {
        row["topic_id"]: Topic(
            id=f"topic/{row['topic_id']}",
            name=row["name_vi"],
            folded=search_form(row["name_vi"]),
            name_en=row["name_en"] or None,
        )
        for row in read_table("topics")
    }
