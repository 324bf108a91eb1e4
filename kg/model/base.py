"""The frozen base of every model, and the mark that says which RDF term and which property-graph edge a field is."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True, slots=True)
class Term:
    """What a field of an entity means outside Python: `Annotated[str, Term("foaf:name")]`.

    `curie` is the RDF property (prefixes: `kg.model.namespaces`). A field that holds ids of other entities names in `ref` the
    classes it may point at, and in `edge` its relationship in the property graph; `reverse` says that the
    relationship runs from the other entity to this one (`ISSUED`: official -> directive, while the directive has `cd:issuedBy`).
    `lang` marks a literal in Vietnamese; `datatype` any other XSD type than that of the Python type.
    """

    curie: str
    ref: tuple[str, ...] = ()
    edge: str | None = None
    reverse: bool = False
    role: str | None = None
    lang: str | None = None
    datatype: str | None = None


class Frozen(BaseModel):
    """Immutable record: no field can be set after it was made, and an unknown field is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Entity(Frozen):
    """A node of the graph. `rdf_types` are its classes in RDF, first its own; the Python class name is its property-graph label."""

    rdf_types: ClassVar[tuple[str, ...]] = ()

    id: str
