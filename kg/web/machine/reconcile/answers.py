"""Answers of the Reconciliation API 0.2 in JSON: manifest, results, suggestions, data extension. Source: the API's specification and schemas."""

import re
from collections.abc import Sequence
from typing import Any, Final

from kg import __version__
from kg.graph.search import search_form
from kg.model.namespaces import PREFIXES
from kg.web.index.reader import Index, Node
from kg.web.machine.reconcile.candidates import Candidate
from kg.web.machine.reconcile.parse import Extension
from kg.web.machine.reconcile.properties import CLASSES, Property, Span, Value, properties, values
from kg.web.site import Site

PREVIEW: Final = (420, 260)
"""Width and height of a preview."""

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def manifest(site: Site, address: str) -> dict[str, Any]:
    """Return the manifest of the service at `address` (without a slash at the end)."""
    root = address.removesuffix("/reconcile")
    suggest = {
        kind: {"service_url": address, "service_path": f"/suggest/{kind}"} for kind in ("entity", "type", "property")
    }
    suggest["entity"]["flyout_service_url"] = address
    suggest["entity"]["flyout_service_path"] = "/flyout/entity?id=${id}"
    return {
        "versions": ["0.2"],
        "name": "chidao",
        "identifierSpace": site.base_iri + "id/",
        "schemaSpace": PREFIXES["cd"],
        "serviceVersion": __version__,
        "defaultTypes": [type_of(name) for name in CLASSES],
        "view": {"url": root + "/doc/{{id}}"},
        "suggest": suggest,
        "preview": {"url": address + "/preview?id={{id}}", "width": PREVIEW[0], "height": PREVIEW[1]},
        "extend": {
            "propose_properties": {"service_url": address, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Số giá trị · values",
                    "type": "number",
                    "default": 0,
                    "help_text": "Nhiều nhất mỗi mục, 0 là tất cả · at most for each entity, 0 for all",
                }
            ],
        },
    }


def type_of(label: str) -> dict[str, str]:
    """Return a class as the API shows a type."""
    return {"id": label, "name": " · ".join(CLASSES[label])}


def result(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate as the API shows it."""
    node = candidate.fact.node
    was = f"kế tục · succeeds {candidate.was}" if candidate.was else ""
    return {
        "id": node.id,
        "name": node.name,
        "description": described(node, was),
        "score": candidate.score,
        "features": [{"id": name, "value": value} for name, value in candidate.features],
        "match": candidate.is_match,
        "type": [type_of(node.label)],
    }


def described(node: Node, more: str = "") -> str:
    """Return what tells an entity from those of its name."""
    return "; ".join(filter(None, (" · ".join(CLASSES.get(node.label, (node.label,))), node.hint, more)))


def suggested(nodes: Sequence[Node]) -> dict[str, Any]:
    """Return suggested entities."""
    return {
        "result": [
            {"id": node.id, "name": node.name, "description": described(node), "notable": [type_of(node.label)]}
            for node in nodes
        ]
    }


def suggested_types(prefix: str) -> dict[str, Any]:
    """Return the types whose id or name has `prefix`, with or without accents."""
    wanted = search_form(prefix)
    named = [type_of(label) for label in CLASSES]
    return {"result": [one for one in named if wanted in search_form(f"{one['id']} {one['name']}")]}


def suggested_properties(prefix: str) -> dict[str, Any]:
    """Return the properties whose id or name has `prefix`, with or without accents."""
    wanted = search_form(prefix)
    found = [one for one in properties().values() if wanted in search_form(f"{one.id} {one.name}")]
    return {"result": [{"id": one.id, "name": one.name, "description": ", ".join(one.sources)} for one in found]}


def proposed(label: str, limit: int) -> dict[str, Any]:
    """Return the properties that a class has, all of them for a class that is not known."""
    found = [one for one in properties().values() if label in one.sources or label not in CLASSES]
    shown = found[:limit] if limit > 0 else found
    said: dict[str, Any] = {"properties": [{"id": one.id, "name": one.name} for one in shown], "limit": limit}
    return said | ({"type": label} if label else {})


def extended(index: Index, asked: Extension) -> dict[str, Any]:
    """Return the values of properties; an id that is not known has none."""
    facts = {ident: fact for ident in asked.ids if (fact := index.node(ident))}
    known = {pid: values(index, facts.values(), properties()[pid]) for pid, _ in asked.props}
    rows = {
        ident: {
            pid: [_cell(one) for one in _some(known[pid].get(facts[ident].node.n, []) if ident in facts else [], limit)]
            for pid, limit in asked.props
        }
        for ident in asked.ids
    }
    return {"meta": [_meta(properties()[pid]) for pid, _ in asked.props], "rows": rows}


def _some(found: list[Value | Span], limit: int) -> list[Value | Span]:
    return found[:limit] if limit else found


def _meta(prop: Property) -> dict[str, Any]:
    said: dict[str, Any] = {"id": prop.id, "name": prop.name}
    ends = {"place": "Place", "post": "Post", "body": "Agency", "holder": "Person", "parent": "Agency"}
    return said | ({"type": type_of(ends[prop.id])} if prop.id in ends else {})


def _cell(value: Value | Span) -> dict[str, Any]:
    match value:
        case Node():
            return {"id": value.id, "name": value.name}
        case int():
            return {"int": value}
        case Span():
            return {"str": value.text()}
        case _ if _DAY.fullmatch(value):
            return {"date": f"{value}T00:00:00"}
        case _:
            return {"str": value}
