"""Entities as N-Quads text, without an object for each statement: the quickest way to fill a large SPARQL store.

Says what `kg.graph.statements.quads` says, in its order (W3C RDF 1.1 N-Quads); a test compares them for every class.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple, Protocol, runtime_checkable

from kg.graph.records import named_graph
from kg.graph.statements import (
    Literal,
    Scalar,
    entity_iri,
    graph_iri,
    literal_of,
    predicates_of,
    search_text,
    selectors,
)
from kg.graph.terms import FieldTerm
from kg.model.base import Entity
from kg.model.entities import Directive, Mention, Statement
from kg.model.namespaces import expand

_ESCAPED = re.compile(r'["\\\n\r]')
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"})
_FORMS = 1 << 12
"""Numbers and dates of a field whose literals are kept at hand."""
_FOLDED = f"<{expand('cd:foldedText')}>"


class _Plan(NamedTuple):
    name: str
    is_many: bool
    predicate: str
    object: Callable[[Any], str]


def nquads(entity: Entity) -> str:
    """Return the statements of one entity as N-Quads lines.

    >>> from kg.model.entities import Topic
    >>> print(nquads(Topic(id="t", name="Y tế", folded="y te")).splitlines()[0][:95])
    <https://chidao.example/id/t> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.
    """
    subject, end = f"<{entity_iri(entity.id)}>", f" <{graph_iri(named_graph(entity))}> .\n"
    types, plans = _plans(type(entity))
    lines = [f"{subject}{rdf_type}{end}" for rdf_type in types]
    for name, is_many, predicate, form in plans:
        value = getattr(entity, name)
        if value is None:
            continue
        if not is_many:
            lines.append(f"{subject}{predicate}{form(value)}{end}")
        elif value:
            lines += [f"{subject}{predicate}{form(one)}{end}" for one in dict.fromkeys(value)]
    if isinstance(entity, Directive | Statement):
        lines.append(f"{subject} {_FOLDED} {_literal(Literal(search_text(entity)))}{end}")
    if isinstance(entity, Mention):
        lines.append(_selectors(subject[1:-1], entity, end))
    return "".join(lines)


def _selectors(subject: str, mention: Mention, end: str) -> str:
    """What `kg.graph.statements.selectors` says, filled into a text that is made of it once."""
    quote = _escaped(mention.quote)
    return _template().format(subject, entity_iri(mention.article), mention.start, mention.end, quote, end)


@cache
def _template() -> str:
    """The selectors of any mention, as a format of its IRI, that of its article, start, end, quote and the end of the line."""
    marks = Mention(id="0", article="1", start=2, end=3, quote="4", body="0", rule="0", confidence=1.0)
    places = {entity_iri("0"): "{0}", entity_iri("1"): "{1}"}
    parts = []
    for quad in selectors(marks):
        base, hash_sign, part = quad.subject.partition("#")
        line = f"<{places[base]}{hash_sign}{part}> <{quad.predicate}> "
        if isinstance(quad.object, Literal):
            line += _literal(quad.object._replace(lexical=f"{{{quad.object.lexical}}}"))
        else:
            base, hash_sign, part = quad.object.partition("#")
            line += f"<{places.get(base, base)}{hash_sign}{part}>"
        parts.append(line + "{5}")
    return "".join(parts)


@runtime_checkable
class Writes(Protocol):
    """Entities that know a quicker way to their N-Quads than one after the other."""

    def nquads(self) -> Iterator[bytes]:
        """Yield the N-Quads of all, in parts."""


def nquads_parts(entities: Iterable[Entity], size: int) -> Iterator[bytes]:
    """Yield the N-Quads of `entities` in parts of about `size` bytes, each whole."""
    parts = entities.nquads() if isinstance(entities, Writes) else (nquads(entity).encode() for entity in entities)
    gathered: list[bytes] = []
    length = 0
    for part in parts:
        gathered.append(part)
        length += len(part)
        if length >= size:
            yield b"".join(gathered)
            gathered, length = [], 0
    if gathered:
        yield b"".join(gathered)


@cache
def _plans(cls: type[Entity]) -> tuple[tuple[str, ...], tuple[_Plan, ...]]:
    types = tuple(f" <{expand('rdf:type')}> <{expand(rdf_type)}>" for rdf_type in cls.rdf_types)
    plans = []
    for field, predicate in predicates_of(cls):
        form: Callable[[Any], str]
        if field.term.ref:
            form = _reference
        elif field.python is str and not field.is_date and not field.term.datatype:
            form = _in_language(field.term.lang)
        else:
            form = lru_cache(maxsize=_FORMS)(partial(_typed, field))
        plans.append(_Plan(field.name, field.is_many, f" <{predicate}> ", form))
    return types, tuple(plans)


def _reference(entity_id: str) -> str:
    return f"<{entity_iri(entity_id)}>"


def _typed(field: FieldTerm, value: Scalar) -> str:
    return _literal(literal_of(value, field))


def _in_language(lang: str | None) -> Callable[[str], str]:
    mark = f"@{lang}" if lang else ""
    return lambda value: f'"{_escaped(value)}"{mark}'


def _literal(value: Literal) -> str:
    if value.datatype:
        return f'"{_escaped(value.lexical)}"^^<{value.datatype}>'
    return f'"{_escaped(value.lexical)}"@{value.lang}' if value.lang else f'"{_escaped(value.lexical)}"'


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES) if _ESCAPED.search(text) else text
