"""A small page that shows who or what a candidate is, for the frame of a client; without scripts, and without anything fetched."""

from typing import Any, Final

from kg.export.labels import shortened
from kg.export.safe import xml_text
from kg.web.index.reader import Fact, Index, Node
from kg.web.machine.reconcile.answers import described
from kg.web.machine.reconcile.properties import Span, Value, properties, values
from kg.web.render import environment

HEADERS: Final = {"content-security-policy": "default-src 'none'; frame-ancestors *; sandbox"}
"""A preview may be framed by any client, and can do nothing there."""

_SHOWN: Final = ("place", "post", "body", "date", "number", "given", "received", "cited", "successor", "predecessor")
_FEW: Final = 3
_QUOTE: Final = 240


def preview(index: Index, fact: Fact) -> str:
    """Return the page of an entity."""
    context: dict[str, Any] = {
        "fact": fact,
        "described": described(fact.node),
        "facts": [(properties()[pid].name, text) for pid in _SHOWN if (text := _text(index, fact, pid))],
        "quote": _quote(index, fact.node.n),
    }
    return environment().get_template("preview.html").render(context)


def _text(index: Index, fact: Fact, pid: str) -> str:
    found = values(index, [fact], properties()[pid]).get(fact.node.n, [])
    more = f" … (+{len(found) - _FEW})" if len(found) > _FEW else ""
    return xml_text("; ".join(_shown(one) for one in found[:_FEW]) + more)


def _shown(value: Value | Span) -> str:
    return value.name if isinstance(value, Node) else value.text() if isinstance(value, Span) else str(value)


def _quote(index: Index, n: int) -> str:
    rows = index.rows(
        "SELECT json_extract(m.data, '$.quote') FROM edge e JOIN node m ON m.n = e.a WHERE e.b = ? AND e.type IN ('EVIDENCE_OF', 'CITES', 'ADDRESSED_TO') "
        "ORDER BY e.type, m.id LIMIT 1",
        (n,),
    )
    return shortened(xml_text(rows[0][0]), _QUOTE) if rows else ""
