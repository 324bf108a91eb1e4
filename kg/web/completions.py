"""What the editor of the console offers while typing: keywords, and the classes, properties and relations of the graph, read off the model."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from kg.graph.terms import fields_of
from kg.model.entities import ENTITY_CLASSES
from kg.model.namespaces import PREFIXES

_KEYWORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sparql": "ASK BASE BIND BY CONSTRUCT COUNT DESC DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP GROUP_CONCAT HAVING LIMIT MINUS NOT "
        "OFFSET OPTIONAL ORDER PREFIX REGEX SELECT STR UNION VALUES WHERE CONTAINS LCASE SAMPLE COALESCE BOUND",
        "cypher": "AND AS ASC BY CASE COLLECT CONTAINS COUNT DESC DISTINCT ELSE END ENDS EXISTS IN IS LIMIT MATCH NOT NULL OPTIONAL OR ORDER "
        "RETURN SKIP STARTS THEN UNION UNWIND WHEN WHERE WITH toLower coalesce size",
    }
)


@cache
def completions() -> Mapping[str, tuple[Mapping[str, str], ...]]:
    """Return the completions of each language: `label` is what is written, `type` what it is (CodeMirror's `Completion`); a `namespace` follows PREFIX."""
    fields = [field for cls in ENTITY_CLASSES for field in fields_of(cls)]
    curies = {cls.__name__: cls.rdf_types[0] for cls in ENTITY_CLASSES}
    return MappingProxyType(
        {
            "sparql": (
                *_of("keyword", _KEYWORDS["sparql"].split()),
                *_of("namespace", (f"{prefix}: <{iri}>" for prefix, iri in PREFIXES.items())),
                *_of("class", curies.values()),
                *_of("property", (field.term.curie for field in fields)),
            ),
            "cypher": (
                *_of("keyword", _KEYWORDS["cypher"].split()),
                *_of("class", curies),
                *_of("type", (field.term.edge for field in fields if field.term.edge)),
                *_of("property", (field.name for field in fields if not field.term.ref)),
            ),
        }
    )


def _of(kind: str, labels: Iterable[str]) -> list[Mapping[str, str]]:
    return [{"label": label, "type": kind} for label in dict.fromkeys(labels)]
