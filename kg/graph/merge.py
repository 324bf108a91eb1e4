"""Notes of all articles -> the entities that articles share: names by frequency, observations as intervals."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import orjson

from kg.graph.search import search_form
from kg.graph.shared import Notes
from kg.graph.topics import topics
from kg.identify.documents import id_of_key, register, relations_of
from kg.identify.names import best
from kg.identify.places import provinces, with_successors
from kg.identify.posts import rank_of
from kg.identify.succession import lineage, nearest_known
from kg.lexicon.tables import split_list
from kg.model.base import Entity
from kg.model.entities import Agency, Document, Group, Instruction, Membership, Person, Place, Post

Noted = Mapping[str, Counter[str]]
"""The values of each attribute of one entity, with how often they were noted."""

Known = Callable[[str], bool]
"""Whether a body or a document is in the graph: nothing may point at one that no article names."""

_NOTHING: Final[Counter[str]] = Counter()


def merged(ident: str, noted: Noted, known: Known) -> Entity:
    """Return the entity with these notes; its class follows from its id. Places are made by `merged_places`."""
    return _MAKERS[ident.partition("/")[0]](ident, noted, known)


def gathered(notes: Notes) -> dict[str, dict[str, Counter[str]]]:
    """Return the notes by entity and attribute."""
    found: dict[str, dict[str, Counter[str]]] = {}
    for (ident, attribute, value), count in notes.items():
        found.setdefault(ident, {}).setdefault(attribute, Counter())[value] += count
    return found


def merged_places(noted: Mapping[str, Iterable[str]]) -> Iterator[Place]:
    """Yield the places with these ids and what was noted as their `province`, and what succeeds them."""
    registered = (provinces().get(ident.removeprefix("place/")) for ident in noted)
    for province in with_successors(province for province in registered if province):
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
    for ident, told in noted.items():
        if stated := min(filter(None, told), default=""):
            full, level = orjson.loads(stated)
            yield Place(id=ident, name=full, folded=search_form(full), kind=level)


def depends_on(ident: str, noted: Noted) -> frozenset[str]:
    """Return the ids of the bodies and documents whose being in the graph changes what `merged` makes of `ident`."""
    if ident.startswith("agency/"):
        *_, parent, successors = _body(noted)
        after = {later for first in (ident, *successors) for later in lineage(first)} | set(successors)
        return frozenset(after | ({parent} if parent else set())) - {ident}
    if ident.startswith("doc/"):
        related = relations_of(_most(noted, "key"))
        others = frozenset(id_of_key(key) for keys in related.values() for key in keys)
        return others | frozenset(_of(noted, "issuer")) | frozenset(_of(noted, "based_on"))
    return frozenset()


def _of(noted: Noted, attribute: str) -> Counter[str]:
    return noted.get(attribute, _NOTHING)


def _most(noted: Noted, attribute: str) -> str | None:
    values = _of(noted, attribute)
    return best(values) if values else None


def _only(noted: Noted, attribute: str) -> str | None:
    """The value of an attribute that the id determines."""
    return min(_of(noted, attribute), default=None)


def _person(ident: str, noted: Noted, known: Known) -> Person:
    names = _of(noted, "name")
    title = best(names)
    return Person(id=ident, name=title, folded=search_form(title), aliases=tuple(sorted(names.keys() - {title})))


def _group(ident: str, noted: Noted, known: Known) -> Group:
    title = best(_of(noted, "name"))
    return Group(id=ident, name=title, folded=search_form(title))


def _body(noted: Noted) -> tuple[str | None, str | None, str | None, str | None, str | None, tuple[str, ...]]:
    """What is known of a body; where articles know more and less of it, what most is known of."""
    told = [orjson.loads(value) for value in sorted(_of(noted, "body"))]
    name, kind, row, place, parent, successors = max(
        told, key=lambda one: sum(value not in (None, []) for value in one)
    )
    return name, kind, row, place, parent, tuple(successors)


def _agency(ident: str, noted: Noted, known: Known) -> Agency:
    name, kind, row, place, parent, successors = _body(noted)
    names = _of(noted, "name")
    title = name or best(names)
    return Agency(
        id=ident,
        name=title,
        folded=search_form(title),
        aliases=tuple(sorted(names.keys() - {title})),
        kind=kind,
        register_id=row,
        place=place,
        parent=parent if parent and known(parent) else None,
        successors=nearest_known(ident, successors, known),
    )


def _post(ident: str, noted: Noted, known: Known) -> Post:
    names = _of(noted, "name")
    title, role = best(names), _most(noted, "role")
    ranks = [rank for name in names if (rank := rank_of(name, role)) is not None]
    return Post(
        id=ident,
        name=title,
        folded=search_form(title),
        role=role,
        rank=min(ranks, default=None),
        agency=_only(noted, "agency"),
    )


def _membership(ident: str, noted: Noted, known: Known) -> Membership:
    days = _of(noted, "day")
    return Membership(
        id=ident,
        person=min(_of(noted, "person")),
        post=min(_of(noted, "post")),
        agency=_only(noted, "agency"),
        status=min(_of(noted, "status")),
        observed_from=min(days, default=None),
        observed_to=max(days, default=None),
    )


def _document(ident: str, noted: Noted, known: Known) -> Document:
    key, names = _most(noted, "key"), _of(noted, "name")
    row = register().get(key or "", {})
    number = row.get("number") or _most(noted, "number")
    kind = row.get("doc_type") or _most(noted, "kind")
    title = f"{kind} {number}" if kind and number else number or (best(names) if names else ident)
    issuers = sorted(issuer for issuer in _of(noted, "issuer") if known(issuer))
    return Document(
        id=ident,
        name=title,
        folded=search_form(title),
        aliases=tuple(sorted({*names, *split_list(row.get("aliases", ""))} - {title})),
        number=number,
        key=key,
        kind=kind,
        title=row.get("title_vi") or _most(noted, "title"),
        term=row.get("term") or None,
        date=row.get("date") or _most(noted, "date"),
        issuer=issuers[0] if len(issuers) == 1 else None,
        based_on=tuple(sorted(base for base in _of(noted, "based_on") if known(base) and base != ident)),
        **_relations(key, known),
    )


def _relations(key: str | None, known: Known) -> dict[str, tuple[str, ...]]:
    """What a document of the register does to others that the graph has."""
    found: dict[str, tuple[str, ...]] = {}
    for relation, keys in relations_of(key).items():
        if there := tuple(sorted(ident for ident in map(id_of_key, keys) if known(ident))):
            found[relation] = there
    return found


def _topic(ident: str, noted: Noted, known: Known) -> Entity:
    return topics()[ident.removeprefix("topic/")]


def _instruction(ident: str, noted: Noted, known: Known) -> Instruction:
    days = _of(noted, "day")
    dated = [day for day in days if day]
    return Instruction(
        id=ident,
        issuer=min(_of(noted, "issuer")),
        addressee=min(_of(noted, "addressee")),
        count=days.total(),
        first=min(dated, default=None),
        last=max(dated, default=None),
    )


_MAKERS: Final[Mapping[str, Callable[[str, Noted, Known], Entity]]] = MappingProxyType(
    {
        "person": _person,
        "group": _group,
        "agency": _agency,
        "post": _post,
        "membership": _membership,
        "doc": _document,
        "topic": _topic,
        "instruction": _instruction,
    }
)
