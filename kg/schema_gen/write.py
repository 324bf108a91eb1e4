"""Writes the generated files, or says which are not what the model says."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kg.schema_gen.constraints import constraints_cypher
from kg.schema_gen.context import context_jsonld
from kg.schema_gen.json_schema import schema_json
from kg.schema_gen.shapes import shapes_ttl

OUTPUTS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "constraints.cypher": constraints_cypher,
        "context.jsonld": context_jsonld,
        "schema.json": schema_json,
        "shapes.ttl": shapes_ttl,
    }
)
"""Each generated file and the function that makes its text."""


def write_all(folder: Path) -> tuple[Path, ...]:
    """Write every generated file into `folder` and return the ones whose text changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = stale(folder)
    for path in changed:
        path.write_text(OUTPUTS[path.name](), encoding="utf-8", newline="\n")
    return changed


def stale(folder: Path) -> tuple[Path, ...]:
    """Return the files of `folder` that are missing or are not, byte for byte, what the model says."""
    paths = {folder / name: make().encode() for name, make in OUTPUTS.items()}
    return tuple(path for path, text in paths.items() if not path.is_file() or path.read_bytes() != text)
