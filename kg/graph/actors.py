"""The actors of one article as ids: officials, bodies, posts and groups by the names that its reading gives them."""

from collections.abc import Iterable, Sequence

from kg.graph.evidence import Mentions
from kg.graph.shared import Shared
from kg.identify.bodies import resolve_body
from kg.identify.local import Held, Local, body_in_post, names_body
from kg.identify.names import body_key, label, person_key
from kg.identify.places import province_named
from kg.identify.posts import body_of_post, is_of_many, is_post, post_at, post_digest, rank_of
from kg.model.base import Entity
from kg.model.entities import Agency, Group, Membership, Post
from kg.model.entities import Person as PersonNode
from kg.model.reading import Evidence, OfficialRead
from kg.text.fold import fold

_NO_RANK = 1000


class Actors:
    """Notes the officials and bodies of an article with their evidence, then answers for the names in its facts."""

    def __init__(self, local: Local, persons: Sequence[str], shared: Shared) -> None:
        self.mentions = Mentions(local.article)
        self._local = local
        self._shared = shared
        self._known: dict[str, tuple[str, type[Entity]]] = {}
        self._capacity: dict[str, str] = {}
        self._days = _observed(local)
        for read, body in zip(local.reading.agencies, local.listed, strict=True):
            if self.mentions.add(body.id, Agency, read.mentions):
                shared.agency(body, read.name)
        for index, read_official in enumerate(local.reading.officials):
            self._official(persons[index], read_official, local.held[index])

    def _official(self, person: str, read: OfficialRead, held: tuple[Held, ...]) -> None:
        self._known.setdefault(person_key(read.name), (person, PersonNode))
        # a person without a mention of the name is proved by the posts, if anything proves it
        if self.mentions.add(person, PersonNode, read.mentions or [post.read.evidence for post in held]):
            self._shared.person(person, read.name)
        memberships = [(post, self._membership(person, post)) for post in held]
        current = [pair for pair in memberships if pair[0].read.status != "former"]
        if current:
            self._capacity.setdefault(person, min(current, key=lambda pair: _seniority(pair[0]))[1])

    def _membership(self, person: str, held: Held) -> str:
        read, at = held.read, held.at
        self._shared.post(at, read.post, read.role)
        self.mentions.add(at.id, Post, [read.evidence])
        self._known.setdefault(person_key(read.post), (at.id, Post))
        if at.body and held.body_name:
            self._body_of_post(held, held.body_name)
        tail = person.removeprefix("person/")
        ident = f"membership/{tail}/{post_digest(at.id, read.status)}"
        self._shared.membership(ident, person, at, read.status, self._days)
        self.mentions.add(ident, Membership, [read.evidence])
        return ident

    def _body_of_post(self, held: Held, name: str) -> None:
        """A body that only a post implies ("Phó Thủ tướng": Chính phủ) has the words of the post as its evidence."""
        if held.at.body and not self.mentions.has(held.at.body.id):
            self._shared.agency(held.at.body, name)
            implied = held.read.evidence.model_copy(update={"rule": f"{held.read.evidence.rule}+implied"})
            self.mentions.add(held.at.body.id, Agency, [implied])

    def body_named(self, name: str | None) -> str | None:
        """Return the id of the body with that name, whether or not the graph has it."""
        if not name:
            return None
        body = self._local.bodies.get(body_key(name)) or resolve_body(name, None, self._local.context)
        return body.id if body.shared or body_key(name) in self._local.bodies else None

    def ids(self, names: Iterable[str], at: Evidence, *allowed: str) -> tuple[str, ...]:
        """Return the ids of the actors with these names, in order, each once; only those of the `allowed` classes, if any are given.

        `at` is where the fact stands: a name that the reading lists nowhere else gets its evidence there.
        """
        found = (self._actor(name, at, allowed) for name in names if name)
        return tuple(dict.fromkeys(ident for ident in found if ident))

    def _actor(self, name: str, at: Evidence, allowed: tuple[str, ...]) -> str | None:
        ident, cls = self._listed(name) or (None, _class_of(name))
        if allowed and cls.__name__ not in allowed:
            return None
        if ident is None or not self.mentions.has(ident):
            ident = (
                self._unlisted(name, cls, at) if ident is None or cls is Agency else self._shared.person(ident, name)
            )
            self.mentions.locate(ident, cls, name, at)
        return ident

    def _listed(self, name: str) -> tuple[str, type[Entity]] | None:
        """An official, a body or an official's post of this article."""
        body = self._local.bodies.get(body_key(name))
        return self._known.get(person_key(name)) or ((body.id, Agency) if body else None)

    def _unlisted(self, name: str, cls: type[Entity], at: Evidence) -> str:
        """A post without holder, a body or a group that only the words of a fact name."""
        if cls is Post:
            return self._post(name, at)
        if cls is Agency:
            body = self._local.bodies.get(body_key(name)) or resolve_body(name, None, self._local.context)
            return self._shared.agency(body, name)
        context = self._local.context
        own = province_named(name, context.day) or context.province
        where = own.id if own else context.article
        return self._shared.group(f"group/{label(name, fold(name))}@{where}", name)

    def _post(self, name: str, at: Evidence) -> str:
        key = body_in_post(name, self._local)
        body_name = " ".join(key) if key else body_of_post(name)
        body = self._local.bodies[key] if key else None
        if body is None and body_name:
            body = resolve_body(body_name, None, self._local.context)
        if body and body_name and not self.mentions.has(body.id):
            self._shared.agency(body, body.name or body_name)
            self.mentions.locate(body.id, Agency, name, at)
        return self._shared.post(post_at(name, body, body_name, self._local.article.id), name, None)

    def capacities(self, issuers: Iterable[str]) -> tuple[str, ...]:
        """Return the membership in which each issuer who is a person acts: the most senior post that the article gives."""
        return tuple(self._capacity[ident] for ident in issuers if ident in self._capacity)


def _class_of(name: str) -> type[Entity]:
    if is_post(name):
        return Post
    return Agency if names_body(name) else Group


def _seniority(held: Held) -> tuple[bool, int]:
    rank = rank_of(held.read.post, held.read.role)
    return is_of_many(held.read.post), _NO_RANK if rank is None else rank


def _observed(local: Local) -> list[str]:
    """The days on which an article shows its officials in office: of publication, and of the meetings before it."""
    published = (local.article.published or local.reading.published or "")[:10]
    met = [m.date for m in local.reading.meetings if m.date and (not published or m.date <= published)]
    return [day for day in (published, *met) if day]
