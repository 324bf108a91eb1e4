"""JSON-LD context: a JSON entity (`{"type": "Directive", "id": ..., field: ...}`) becomes the RDF that the graph has.

Rules: W3C JSON-LD 1.1, 4.1.5 (type-scoped contexts: `name` is foaf:name of a Person and skos:prefLabel of an Agency). Two things a context
can't say: `id` must be an IRI or, below `@base`, percent-encoded; and a date's datatype follows from its precision (write a value object).
"""

import json
from typing import Any

from kg.graph.terms import FieldTerm, fields_of
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES
from kg.model.namespaces import BASE, PREFIXES
from kg.schema_gen.fields import NOTICE, value_type


def context_jsonld() -> str:
    """Return `context.jsonld`."""
    context: dict[str, Any] = {"@version": 1.1, "@base": f"{BASE}id/"}
    context |= dict(sorted(PREFIXES.items()))
    context |= {"id": "@id", "type": "@type"}
    context |= {cls.__name__: _class_context(cls) for cls in ENTITY_CLASSES}
    return json.dumps({"$comment": NOTICE, "@context": context}, ensure_ascii=False, indent=2) + "\n"


def _class_context(cls: type[Entity]) -> dict[str, Any]:
    return {"@id": cls.rdf_types[0], "@context": {field.name: _definition(field) for field in fields_of(cls)}}


def _definition(field: FieldTerm) -> dict[str, str]:
    definition = {"@id": field.term.curie}
    if field.term.ref:
        definition["@type"] = "@id"
    elif field.term.lang:
        definition["@language"] = field.term.lang
    elif not field.is_date and value_type(field) != "xsd:string":
        definition["@type"] = value_type(field)
    if field.is_many:
        definition["@container"] = "@set"
    return definition
