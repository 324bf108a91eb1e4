"""One address of each page, over whatever graph a home holds: the richest entity of each kind."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

KINDS = {
    "official": "Person", "body": "Agency", "post": "Post", "document": "Document", "meeting": "Meeting", "place": "Place", "topic": "Topic",
    "directive": "Directive",
}  # fmt: skip


def pages(home: Path) -> dict[str, str]:
    """Return the address of each page by name; `kg serve` must have made the index of the pages."""
    file = max((home / "stores").glob("pages-*.sqlite"), key=lambda path: path.stat().st_mtime_ns)
    with closing(sqlite3.connect(file)) as db:
        richest = {
            name: db.execute(
                "SELECT id FROM node WHERE label = ? ORDER BY degree DESC, id LIMIT 1", (label,)
            ).fetchone()
            for name, label in KINDS.items()
        }
        [article] = db.execute(
            "SELECT a.id FROM directive d JOIN node a ON a.n = d.article GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        ).fetchone()
        [start] = db.execute(
            "SELECT start FROM directive d JOIN node a ON a.n = d.article WHERE a.id = ? ORDER BY start LIMIT 1",
            (article,),
        ).fetchone()
    found = {"flow": "/", "article": f"/doc/{quote(article)}", "why": f"/why?article={quote(article)}&at={start}"}
    found |= {name: f"/doc/{quote(row[0], safe='/:@~')}" for name, row in richest.items() if row}
    found["canvas"] = f"/canvas?id={quote(richest['official'][0])}"
    return found | {
        "search": "/search?q=so",
        "overview": "/overview",
        "checks": "/checks",
        "console": "/console?language=cypher&run=1",
        "question": "/console?name=topics&run=1",
    }
