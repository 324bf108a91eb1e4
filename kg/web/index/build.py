"""Makes the file that the pages read, from the projection `property.jsonl` (nodes, then relationships, as JSON lines)."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from kg.errors import StoreError
from kg.export.labels import shortened
from kg.export.safe import xml_text
from kg.graph.search import search_form
from kg.text.fold import fold

VERSION: Final = "6"
"""Changes when the tables do."""

_HERE: Final = Path(__file__).parent
_NAME: Final = 400
_BATCH: Final = 5_000


def build_index(source: Path, target: Path, stamp: str, tell: Callable[[int], None] = lambda lines: None) -> None:
    """Write `target` from `source`; it appears whole or not at all. `stamp` names the state of the graph, `tell` is given lines read.

    Raises StoreError where the projection can't be read or the file can't be written.
    """
    temporary = target.with_name(f"{target.name}.{os.getpid()}.part")
    temporary.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(temporary, isolation_level=None)) as db:
            db.executescript(
                "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
            )
            db.executescript((_HERE / "tables.sql").read_text(encoding="utf-8"))
            db.execute("BEGIN")
            _fill(db, source, tell)
            db.execute("COMMIT")
            db.executescript((_HERE / "derive.sql").read_text(encoding="utf-8"))
            db.executemany("INSERT INTO meta VALUES (?, ?)", [("stamp", stamp), ("version", VERSION)])
        temporary.replace(target)
    except (sqlite3.Error, OSError, ValueError, KeyError) as error:
        raise StoreError(f"{target}: không lập được chỉ mục · the index of the pages can't be made: {error}") from error
    finally:
        temporary.unlink(missing_ok=True)


def is_current(target: Path, stamp: str) -> bool:
    """Say whether `target` was made by this version for that state of the graph."""
    if not target.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro", uri=True)) as db:
            found = dict(db.execute("SELECT key, value FROM meta"))
    except sqlite3.Error:
        return False
    return found.get("stamp") == stamp and found.get("version") == VERSION


def _fill(db: sqlite3.Connection, source: Path, tell: Callable[[int], None]) -> None:
    numbers: dict[str, int] = {}
    edges: list[tuple[int, str, int]] = []
    for line, record in enumerate(_records(source), 1):
        if line % _BATCH == 0:
            tell(line)
        if len(record) == 3:
            edges.append((numbers[record[0]], record[1], numbers[record[2]]))
            if len(edges) >= _BATCH:
                db.executemany("INSERT OR IGNORE INTO edge VALUES (?, ?, ?)", edges)
                edges.clear()
        else:
            n = numbers[record[1]["id"]] = len(numbers) + 1
            _add_node(db, n, record[0], record[1])
    db.executemany("INSERT OR IGNORE INTO edge VALUES (?, ?, ?)", edges)


def _records(source: Path) -> Iterator[list[Any]]:
    with source.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _add_node(db: sqlite3.Connection, n: int, label: str, data: Mapping[str, Any]) -> None:
    name = shortened(xml_text(_name(label, data)), _NAME)
    folded = str(data.get("folded") or search_form(name)) if name else ""
    is_quote = label in ("Directive", "Statement")
    db.execute(
        "INSERT INTO node (n, id, label, name, folded, data) VALUES (?, ?, ?, ?, ?, ?)",
        (n, data["id"], label, name, "" if is_quote else folded, json.dumps(data, ensure_ascii=False)),
    )
    if is_quote:
        db.execute("INSERT INTO quotes (rowid, exact, folded) VALUES (?, ?, ?)", (n, fold(str(data["quote"])), folded))
    elif name and label not in ("Mention", "Membership", "Instruction", "Redirect"):
        aliases = [str(alias) for alias in data.get("aliases", ())]
        also = [*aliases, *(str(data[key]) for key in ("number", "key", "name_en") if data.get(key))]
        told = "\n".join((name, *also))
        db.execute("INSERT INTO names (rowid, exact, folded) VALUES (?, ?, ?)", (n, fold(told), search_form(told)))
        db.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", [(alias, n) for alias in aliases])
    if label == "Directive":
        about = shortened(xml_text(str(data["content"] or data["quote"])))
        db.execute(
            "INSERT INTO directive (n, date, strength, act, verb, about, start, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (n, data.get("date"), data["strength"], data["act"], xml_text(data["verb"]), about, data["start"], folded),
        )


def _name(label: str, data: Mapping[str, Any]) -> str:
    if label == "ArticleNode":
        return str(data.get("title") or data.get("record_id") or data["id"])
    if label == "Directive":
        return str(data["content"] or data["quote"])
    return str(data.get("name") or (data["quote"] if label == "Statement" else ""))
