"""JSON Schema (2020-12) of the article, the reading and the entities of the graph."""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from kg.model.article import Article
from kg.model.entities import ENTITY_CLASSES
from kg.model.namespaces import BASE
from kg.model.reading import Reading
from kg.schema_gen.fields import NOTICE


def schema_json() -> str:
    """Return `schema.json`: one schema that takes an article, a reading or an entity; each class is a definition of its own."""
    models: tuple[type[BaseModel], ...] = (Article, Reading, *ENTITY_CLASSES)
    definitions = models_json_schema([(model, "validation") for model in models])[1]["$defs"]
    for cls in ENTITY_CLASSES:
        _add_type(definitions[cls.__name__], cls.__name__)
    definitions["Entity"] = {"oneOf": [{"$ref": f"#/$defs/{cls.__name__}"} for cls in ENTITY_CLASSES]}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{BASE}schema.json",
        "$comment": NOTICE,
        "title": "chidao",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in ("Article", "Reading", "Entity")],
        "$defs": {name: _without_titles(definitions[name]) for name in sorted(definitions)},
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _add_type(definition: dict[str, Any], name: str) -> None:
    definition["properties"] = {"type": {"const": name}, **definition["properties"]}
    definition["required"] = ["type", *definition["required"]]


def _without_titles(definition: dict[str, Any]) -> dict[str, Any]:
    """Drop pydantic's titles, which only repeat the names of fields; a field that is itself called `title` stays."""
    properties = {
        name: {key: value for key, value in stated.items() if key != "title"}
        for name, stated in definition.get("properties", {}).items()
    }
    rest = {key: value for key, value in definition.items() if key != "title"}
    return rest | ({"properties": properties} if properties else {})
