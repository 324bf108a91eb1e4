"""What is kept of near-duplicates (`kg.identify.forms`), for the clusters in which an article changed."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from kg.home.database import transaction
from kg.home.rows import Stored
from kg.identify.forms import Form, forms_of
from kg.resolved.store import ResolvedStore

_BATCH: Final = 200

Row = tuple[str, int, str, str]
"""Cluster, rank, what is kept, and the variant of the article."""

Of = Callable[[Iterable[str]], Iterator[Stored]]


def keep_forms(store: ResolvedStore, stored: Of, told: Callable[[int], None]) -> None:
    """Do the work of the phase; what is kept, or has other forms than before, is assembled again."""
    for keys in store.batches("form", _BATCH):
        with transaction(store.db):
            before = _before(store, keys)
            now = _now(store, stored, {*keys, *before})
            differ = sorted(ident for ident in before.keys() | now.keys() if before.get(ident) != now.get(ident))
            for ident in differ:
                _replace(store, ident, now.get(ident))
            store.todo(
                "fragment", {row[2] for rows in (before, now) for i in differ if (row := rows.get(i))} | {*differ}
            )
            if differ:
                store.touch("article", before.keys() | now.keys())
                for article in before.keys() | now.keys():
                    for kind in ("directives", "meetings"):
                        store.todo(f"join {kind}", _clustered(store, kind, article))
            store.done("form", keys)
        told(len(keys))


def _before(store: ResolvedStore, keys: Iterable[str]) -> dict[str, Row]:
    """The forms of the clusters in which the articles were."""
    rows = (
        row
        for key in keys
        for row in store.db.execute(
            "SELECT article, cluster, rank, kept, variant FROM form "
            "WHERE cluster = (SELECT cluster FROM form WHERE article = ?)",
            (key,),
        )
    )
    return {article: tuple(row) for article, *row in rows}


def _now(store: ResolvedStore, stored: Of, keys: Iterable[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for cluster in sorted({c for key in keys for c in _clusters(store, key)}):
        members = [row[0] for row in store.db.execute("SELECT article FROM twin WHERE cluster = ?", (cluster,))]
        variants: dict[str, str] = {}
        articles = []
        for one in stored(members):
            article, reading = one.pair()
            variants[one.id] = one.variant
            articles.append((article, reading.reviewed))
        found |= {f.article: (cluster, f.rank, f.kept, variants[f.article]) for f in forms_of(cluster, articles)}
    return found


def _clusters(store: ResolvedStore, article: str) -> list[str]:
    return [row[0] for row in store.db.execute("SELECT cluster FROM twin WHERE article = ?", (article,))]


def _replace(store: ResolvedStore, ident: str, row: Row | None) -> None:
    db = store.db
    db.execute("DELETE FROM form WHERE article = ?", (ident,))
    db.execute("DELETE FROM redirect WHERE source = ?", (f"0 {ident}",))
    if row:
        db.execute("INSERT INTO form VALUES (?, ?, ?, ?, ?)", (ident, *row))
        if row[2] != ident:
            db.execute("INSERT INTO redirect VALUES (?, ?, ?)", (f"0 {ident}", ident, row[2]))
    store.todo("redirect", [ident])


def kept_of(store: ResolvedStore, article: str) -> str:
    """Return the article that says all that this one says; itself where none does."""
    found = store.db.execute("SELECT kept FROM form WHERE article = ?", (article,)).fetchone()
    return str(found[0]) if found else article


def others_of(store: ResolvedStore, article: str) -> list[str]:
    """Return the articles that say nothing else than this one."""
    rows = store.db.execute("SELECT article FROM form WHERE kept = ?1 AND article <> ?1 ORDER BY article", (article,))
    return [row[0] for row in rows]


def forms_in(store: ResolvedStore, articles: Iterable[str]) -> dict[str, Form]:
    """Return the forms of those articles that are near-duplicates."""
    query = "SELECT article, cluster, rank, kept FROM form WHERE article = ?"
    rows = (store.db.execute(query, (article,)).fetchone() for article in set(articles))
    return {row[0]: Form(*row) for row in rows if row}


def _clustered(store: ResolvedStore, kind: str, article: str) -> list[str]:
    """The directives or meetings of an article that others tell, too: what repeats what of them hangs on its form."""
    name = kind.removesuffix("s")
    span = (kind, f"{name}/{article}/", f"{name}/{article}0")
    rows = store.db.execute("SELECT id FROM same_as WHERE kind = ? AND id >= ? AND id < ?", span)
    return [row[0] for row in rows]
