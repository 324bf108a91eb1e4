"""The schema text that tells a language model what the graph holds: written once by hand, its classes read off the model."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from kg.ask.registry import themes
from kg.graph.terms import fields_of
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES, Redirect

_ANYBODY: Final = frozenset({"Person", "Agency", "Post", "Group"})


@cache
def schema_text() -> str:
    """Return the schema text; under 1,500 tokens by `kg.mcp.budget.count_tokens`, as a test holds it to."""
    said = (files("kg.mcp") / "schema.txt").read_text(encoding="utf-8")
    lines = [*(_class_line(cls) for cls in ENTITY_CLASSES if cls is not Redirect), "", *_questions()]
    return said + "\n".join(lines) + "\n"


def _class_line(cls: type[Entity]) -> str:
    own = [field.name for field in fields_of(cls) if not field.term.ref and field.name not in ("folded", "same_as")]
    links = [
        f"<-{field.term.edge}- {_ends(field.term.ref)}"
        if field.term.reverse
        else f"-{field.term.edge}-> {_ends(field.term.ref)}"
        for field in fields_of(cls)
        if field.term.edge
    ]
    return f"{cls.__name__}({', '.join(own)}) {'; '.join(links)}".rstrip()


def _ends(classes: tuple[str, ...]) -> str:
    return "anybody" if set(classes) >= _ANYBODY and len(classes) == len(_ANYBODY) else "|".join(classes)


def _questions() -> Iterator[str]:
    yield "anybody: Person|Agency|Post|Group. Named questions (query NAME without params tells what it takes):"
    for theme in themes():
        yield f"{theme.title['en']}: {', '.join(asked.name for asked in theme.questions)}"
