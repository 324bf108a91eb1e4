"""One HTML file that opens without a network: who -> whom -> about what, drawn as SVG, and the same rows as a table with each sentence.

Style and script stand inline, allowed by their hash alone (Content Security Policy Level 3, section 2.3.1); the page works without the script.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Final

from kg.export.html_rows import page_rows
from kg.export.sankey import WIDTH, lay_out
from kg.graph.records import Graph

if TYPE_CHECKING:
    import jinja2

MAX_ROWS: Final = 5000
"""Rows in the table; more are counted, not shown."""


def write(graph: Graph, out: IO[bytes]) -> None:
    """Write the page in UTF-8. Every text is escaped; only http and https links become links."""
    out.write(page(graph).encode())


def page(graph: Graph) -> str:
    """Return the page."""
    rows = page_rows(graph)
    css, script = _file("page.css"), _file("page.js")
    dates = sorted(row.date for row in rows if row.date)
    return _environment().get_template("page.html").render(
        rows=rows[:MAX_ROWS],
        hidden_rows=max(0, len(rows) - MAX_ROWS),
        drawing=lay_out(rows),
        width=WIDTH,
        counts={
            "directives": len(rows),
            "articles": len({row.place.rpartition(" : ")[0] for row in rows}),
            "issuers": len({name for row in rows for name in row.who}),
            "addressees": len({name for row in rows for name in row.whom}),
        },
        first=dates[0] if dates else "",
        last=dates[-1] if dates else "",
        css=css,
        css_hash=_hash(css),
        script=script,
        script_hash=_hash(script),
    )  # fmt: skip


@cache
def _environment() -> "jinja2.Environment":
    import jinja2

    # templates are our own files; what is filled in comes from articles and is escaped without exception
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_file),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def _file(name: str) -> str:
    return (files("kg.export") / "templates" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
