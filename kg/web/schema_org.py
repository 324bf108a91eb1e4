"""schema.org in the head of a page, for search engines. Source: schema.org; HTML Living Standard, section 4.12.1.3 (what a script can hold)."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from markupsafe import Markup

from kg.graph.statements import entity_iri
from kg.model.namespaces import BASE
from kg.web.index.reader import Fact, Index
from kg.web.site import Site

_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Person": "Person",
        "Agency": "GovernmentOrganization",
        "Place": "AdministrativeArea",
        "Document": "Legislation",
        "Meeting": "Event",
        "Topic": "DefinedTerm",
        "ArticleNode": "NewsArticle",
        "Post": "Role",
    }
)
_ESCAPES: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&'\u2028\u2029"}


def schema_org(site: Site, index: Index, fact: Fact) -> Markup:
    """Return a `<script type="application/ld+json">` about an entity, empty for a class that schema.org has no word for.

    Its content is data, which no policy for scripts concerns; nothing in it can end the element or open a comment.
    """
    kind = _TYPES.get(fact.node.label)
    if kind is None:
        return Markup("")
    said = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": _iri(site, fact.node.id),
        **_told(site, index, fact),
    }
    text = json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False)
    # every character that is replaced stands inside a JSON string, where the escape means the same
    return Markup(f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>')


def _told(site: Site, index: Index, fact: Fact) -> dict[str, Any]:
    data, node = fact.data, fact.node
    near = {kind: index.nodes(index.out(node.n, kind)) for kind in ("LOCATED_IN", "PART_OF", "FROM_PLACE")}

    def first(kind: str) -> dict[str, str] | None:
        return next(({"@id": _iri(site, one.id), "name": one.name} for one in near[kind].values()), None)

    match node.label:
        case "ArticleNode":
            return {
                "headline": data.get("title"),
                "datePublished": data.get("published"),
                "publisher": {"@type": "Organization", "name": data["outlet"]} if data.get("outlet") else None,
                "sameAs": _web(data.get("url")),
                "spatialCoverage": first("FROM_PLACE"),
                "inLanguage": "vi",
            }
        case "Document":
            return {
                "name": node.name,
                "legislationIdentifier": data.get("number"),
                "legislationDate": (data.get("date") or "")[:10],
                "legislationType": data.get("kind"),
            }
        case "Meeting":
            return {"name": node.name, "startDate": data.get("date")}
        case _:
            return {
                "name": node.name,
                "alternateName": data.get("aliases"),
                "areaServed": first("LOCATED_IN"),
                "parentOrganization": first("PART_OF"),
            }


def _web(address: object) -> str | None:
    return address if isinstance(address, str) and address.startswith(("https://", "http://")) else None


def _iri(site: Site, ident: str) -> str:
    return entity_iri(ident).replace(BASE, site.base_iri, 1)
