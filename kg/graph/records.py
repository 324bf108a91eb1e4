"""The resolved graph: every entity once, in a fixed order, and the named graph that each belongs to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg.model.base import Entity
from kg.model.entities import (
    ENTITY_CLASSES,
    ArticleNode,
    Directive,
    Instruction,
    Mention,
    Place,
    Redirect,
    Statement,
    Topic,
)

_ORDER = {cls: number for number, cls in enumerate(ENTITY_CLASSES)}


@dataclass(frozen=True, slots=True)
class Graph:
    """All entities, sorted by class and id; ids are unique over all classes. They may lie on disk, and be read anew each time."""

    entities: Collection[Entity]

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> "Graph":
        """Return the graph of `entities`, put in order. Raises ValueError where two entities share an id and differ."""
        by_id: dict[str, Entity] = {}
        for entity in entities:
            if by_id.setdefault(entity.id, entity) != entity:
                raise ValueError(f"two entities have the id {entity.id}")
        return cls(tuple(sorted(by_id.values(), key=lambda e: (_ORDER[type(e)], e.id))))


def named_graph(entity: Entity) -> str:
    """Return the name of the graph that holds `entity`.

    An article's own facts are in `article/ID`, so that dropping one graph drops one article; `reference` holds places and topics,
    `derived` what is rebuilt from the facts, `entities` what many articles share.
    """
    match entity:
        case ArticleNode():
            return f"article/{entity.id}"
        case Directive() | Statement() | Mention():
            return f"article/{entity.article}"
        case Place() | Topic():
            return "reference"
        case Instruction() | Redirect():
            return "derived"
        case _:
            return "entities"
