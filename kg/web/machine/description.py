"""What linked data says of one entity: its own statements, what points at it, the evidence for it, and the names of what stands beside it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from kg.graph.statements import Literal, Quad, entity_iri, quads
from kg.graph.terms import fields_of
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES
from kg.model.namespaces import BASE, expand
from kg.web.index.entities import entities
from kg.web.index.reader import Fact, Index

LINKS: Final = 1_000
"""Statements of others about an entity that are shown."""

EVIDENCE: Final = 200
"""Mentions that are shown in full."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of another entity to the one described, or of this one to another (`is_own`)."""

    subject: str
    predicate: str
    object: str
    other: str
    name: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Description:
    """One entity with its surroundings; `total` links there are, of which `links` holds the first."""

    fact: Fact
    entity: Entity
    links: tuple[Link, ...]
    evidence: tuple[Entity, ...]
    total: int

    def statements(self) -> list[Quad]:
        """Return all of it as statements about chidao's own IRIs, each once, by subject."""
        own = list(quads(self.entity))
        told = [quad for mention in self.evidence for quad in quads(mention)]
        linked = [Quad(link.subject, link.predicate, link.object, "") for link in self.links]
        names = [
            Quad(entity_iri(link.other), expand("rdfs:label"), Literal(link.name, lang="vi"), "")
            for link in self.links
            if link.name
        ]
        plain = {quad._replace(graph="") for quad in (*own, *told, *linked, *names)}
        main = entity_iri(self.entity.id)
        return sorted(plain, key=lambda quad: (quad.subject != main, quad.subject, quad.predicate, str(quad.object)))


def describe(index: Index, ident: str) -> Description | None:
    """Return the description of the entity with that id, or of the one that it leads to; None where there is none."""
    fact = index.node(ident)
    if fact is None:
        return None
    n = fact.node.n
    (entity,) = entities(index, [n])
    total = index.rows(
        "SELECT (SELECT count(*) FROM edge WHERE a = ?1) + (SELECT count(*) FROM edge WHERE b = ?1)", (n,)
    )
    evidence = index.rows("SELECT a FROM edge WHERE b = ? AND type = 'EVIDENCE_OF' ORDER BY a LIMIT ?", (n, EVIDENCE))
    mentions = entities(index, [row[0] for row in evidence])
    return Description(fact, entity, tuple(_links(index, fact)), tuple(mentions), total[0][0])


def _links(index: Index, fact: Fact) -> Iterator[Link]:
    me = entity_iri(fact.node.id)
    for here, there in (("a", "b"), ("b", "a")):
        rows = index.rows(
            f"SELECT edge.type, o.id, o.label, o.name FROM edge JOIN node o ON o.n = edge.{there} WHERE edge.{here} = ? "
            "AND NOT (edge.type = 'MENTIONS' AND o.label = 'Mention') ORDER BY edge.type, o.id LIMIT ?",
            (fact.node.n, LINKS // 2),
        )
        for kind, ident, label, name in rows:
            labels = (fact.node.label, label) if here == "a" else (label, fact.node.label)
            field = owners().get((labels[0], kind, labels[1]))
            if field is None:
                continue
            owner_is_source, predicate = field
            is_own = owner_is_source == (here == "a")
            other = entity_iri(ident)
            subject, target = (me, other) if is_own else (other, me)
            yield Link(subject, predicate, target, ident, name, is_own)


@cache
def owners() -> Mapping[tuple[str, str, str], tuple[bool, str]]:
    """Return for each relationship (class, type, class) whether its source states it, and with which predicate."""
    found: dict[tuple[str, str, str], tuple[bool, str]] = {}
    for cls in ENTITY_CLASSES:
        for field in fields_of(cls):
            for other in field.term.ref if field.term.edge else ():
                ends = (other, cls.__name__) if field.term.reverse else (cls.__name__, other)
                found[ends[0], str(field.term.edge), ends[1]] = (not field.term.reverse, expand(field.term.curie))
    return MappingProxyType(found)


def moved(statements: list[Quad], base: str) -> list[Quad]:
    """Return the statements with the entities under another base; what is only written in a literal stays."""
    if base == BASE:
        return statements
    own, shown = f"{BASE}id/", f"{base}id/"

    def iri(value: Any) -> Any:  # noqa: ANN401 (an IRI or a literal, as it came)
        return shown + value[len(own) :] if isinstance(value, str) and value.startswith(own) else value

    return [quad._replace(subject=iri(quad.subject), object=iri(quad.object)) for quad in statements]


def plain_json(said: Description, base: str) -> bytes:
    """Return the description as JSON for programs that know no RDF."""
    links = [
        {
            "relation": link.predicate.replace("#", "/").rsplit("/", 1)[-1],
            "direction": "out" if link.is_own else "in",
            "id": link.other,
            "name": link.name or None,
        }
        for link in said.links
    ]
    proofs = [mention.model_dump(mode="json", exclude={"id", "body"}) for mention in said.evidence]
    value = {
        "iri": moved([Quad(entity_iri(said.entity.id), "", "", "")], base)[0].subject,
        "class": said.fact.node.label,
        **{name: one for name, one in said.fact.data.items() if name != "folded"},
        "links": links,
        "evidence": proofs,
        "links_total": said.total,
    }
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
