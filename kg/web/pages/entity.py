"""Pages of one entity: official, body, document, meeting, place, topic, post, group, directive; an article has a page of its own."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.export.sankey import WIDTH
from kg.web.index.directives import directive_rows
from kg.web.index.filters import Filters
from kg.web.index.flows import picture
from kg.web.index.profile import alike, held, months, named_in, numbers, related
from kg.web.index.reader import Fact, Index, Node
from kg.web.markup import doc_url
from kg.web.pages.article import article_page
from kg.web.pages.timeline import WIDTH as MONTHS
from kg.web.pages.timeline import timeline
from kg.web.render import index_of, rendered

_PARTIES: Final = ("Person", "Agency", "Post", "Group")
_PICTURED: Final = {"Document": "cites", "Topic": "topic", "Place": "place", "Meeting": "meeting"}


def entity_page(request: Request) -> Response:
    """Answer `/doc/ID` in HTML; a route for machines that has the same path calls it where HTML is asked for. 404 for an unknown id.

    An id of before leads to the one that the entity has now; a mention, a statement or a membership to what it is part of.
    """
    ident = request.path_params["id"]
    index = index_of(request)
    fact = index.node(ident)
    if fact is None:
        raise HTTPException(404, f"{ident}: không có mã này · no such id")
    if fact.node.id != ident:
        return RedirectResponse(doc_url(fact.node.id), 301)
    if fact.node.label == "ArticleNode":
        return article_page(request, fact)
    if whole := _whole(index, fact):
        return RedirectResponse(whole, 303)
    return rendered(request, "entity.html", index.cached(profile, fact.node.id))


def profile(index: Index, ident: str) -> dict[str, Any]:
    """Return what the page of an entity shows."""
    fact = index.node(ident)
    assert fact
    n, label = fact.node.n, fact.node.label
    given, received = (numbers(index, kind, n) if label in _PARTIES else (0, []) for kind in ("who", "whom"))
    context: dict[str, Any] = {
        "fact": fact,
        "held": held(index, n, label) if label in ("Person", "Agency", "Post") else [],
        "given": (given[0], directive_rows(index, given[1])),
        "received": (received[0], directive_rows(index, received[1])),
        "timeline": timeline(months(index, n)) if label in _PARTIES else None,
        "groups": _groups(index, fact),
        "named": named_in(index, n),
        "one": directive_rows(index, [n]) if label == "Directive" else (),
        "alike": alike(index, fact.node.id, label, fact.data.get("same_as")),
        "filter": {"who": f"/?who={quote(ident)}", "whom": f"/?whom={quote(ident)}"},
        "rows": (),
        "picture": None,
        "width": WIDTH,
        "months_width": MONTHS,
    }
    if name := _PICTURED.get(label):
        filters = Filters.of({name: ident})
        total, found = numbers(index, name, n, 50)
        context |= {
            "rows": directive_rows(index, found),
            "total": total,
            "picture": picture(index, filters),
            "filters": filters,
        }
    return context


def _whole(index: Index, fact: Fact) -> str | None:
    """Where the page is of what is no page by itself."""
    n, label = fact.node.n, fact.node.label
    near = {
        "Membership": lambda: index.into(n, "HAS_MEMBERSHIP"),
        "Mention": lambda: index.into(n, "MENTIONS"),
        "Statement": lambda: index.out(n, "STATED_IN"),
        "Instruction": lambda: index.into(n, "INSTRUCTS"),
    }.get(label)
    if near is None:
        return None
    whole = index.nodes(near())
    anchor = {"Mention": "m", "Statement": "f"}.get(label)
    for node in whole.values():
        return doc_url(node.id) + (f"#{anchor}-{fact.data['start']}" if anchor else "")
    return None


Group = tuple[str, tuple[Node, ...]]


def _groups(index: Index, fact: Fact) -> list[Group]:
    """What stands in relation to the entity, by kind of relation; the key of its heading first."""
    found = [
        (key, related(index, fact.node.n, *types, back=back, label=_LABELS.get(key, "")))
        for key, types, back in _RELATIONS.get(fact.node.label, ())
    ]
    return [(key, nodes) for key, nodes in found if nodes]


_DOCUMENTS: Final = ("REPLACES", "AMENDS", "CONTINUES", "IMPLEMENTS", "REVIEWS")
_RELATIONS: Final[Mapping[str, tuple[tuple[str, tuple[str, ...], bool], ...]]] = {
    "Person": (("chaired", ("CHAIRED",), False), ("attended", ("ATTENDED",), False), ("stated", ("STATED",), False)),
    "Agency": (
        ("successors", ("SUCCEEDED_BY",), False), ("predecessors", ("SUCCEEDED_BY",), True), ("place", ("LOCATED_IN",), False),
        ("parent", ("PART_OF",), False), ("parts", ("PART_OF",), True), ("posts", ("POST_IN",), True), ("issued", ("ISSUED",), False),
        ("hosted", ("HOSTED",), False), ("attended", ("ATTENDED", "CHAIRED"), False),
    ),
    "Post": (("body", ("POST_IN",), False), ("attended", ("ATTENDED", "CHAIRED"), False)),
    "Document": (
        ("text", ("EMBODIES",), True), ("issuer", ("ISSUED",), True), ("based_on", ("BASED_ON",), False), ("basis_of", ("BASED_ON",), True),
        ("leads_to", _DOCUMENTS, False), ("led_from", _DOCUMENTS, True),
    ),
    "Meeting": (("chairs", ("CHAIRED",), True), ("host", ("HOSTED",), True), ("participants", ("ATTENDED",), True)),
    "Place": (("successors", ("SUCCEEDED_BY",), False), ("predecessors", ("SUCCEEDED_BY",), True),
              ("bodies", ("LOCATED_IN",), True), ("articles", ("FROM_PLACE",), True)),
    "Group": (("attended", ("ATTENDED",), False), ("hosted", ("HOSTED",), False)),
}  # fmt: skip
_LABELS: Final = {"issued": "Document", "articles": "ArticleNode", "bodies": "Agency"}
