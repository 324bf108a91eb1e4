"""Last phase: the entities that articles share, for those of which an article says something else than before."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from kg.graph.merge import Known, Noted, depends_on, merged, merged_places
from kg.graph.redirects import redirects
from kg.home.database import transaction
from kg.model.base import Entity
from kg.resolved.store import ResolvedStore

_BATCH: Final = 500
_MANY: Final = 20_000


def merge_all(store: ResolvedStore, told: Callable[[int], None]) -> None:
    """Do the work of the phase."""
    _add_dependants(store)
    known = _known(store)
    for keys in store.batches("entity", _BATCH):
        with transaction(store.db):
            noted = _noted(store, keys)
            for ident in keys:
                if not ident.startswith("place/"):
                    _replace(store, ident, noted.get(ident), known)
            if any(ident.startswith("place/") for ident in keys):
                _places(store)
            store.done("entity", keys)
        told(len(keys))
    for keys in store.batches("redirect", _BATCH):
        with transaction(store.db):
            _redirect(store, keys)
            store.done("redirect", keys)
        told(len(keys))


def _add_dependants(store: ResolvedStore) -> None:
    """What comes or goes changes what points at it: bodies and documents, and the redirects."""
    with transaction(store.db):
        store.db.execute(
            "INSERT OR IGNORE INTO todo (phase, key) SELECT 'entity', n.entity FROM todo t JOIN needs n ON n.target = t.key "
            "WHERE t.phase = 'entity' AND "
            "EXISTS (SELECT 1 FROM shared s WHERE s.id = t.key) <> EXISTS (SELECT 1 FROM tally y WHERE y.entity = t.key)"
        )


def _known(store: ResolvedStore) -> Known:
    db = store.db
    if store.left("entity") > _MANY:
        ranges = (("agency/", "agency0"), ("doc/", "doc0"))
        query = "SELECT DISTINCT entity FROM tally WHERE entity >= ? AND entity < ?"
        return frozenset(row[0] for span in ranges for row in db.execute(query, span)).__contains__
    return lambda ident: db.execute("SELECT 1 FROM tally WHERE entity = ? LIMIT 1", (ident,)).fetchone() is not None


def _noted(store: ResolvedStore, keys: Iterable[str]) -> dict[str, dict[str, Counter[str]]]:
    found: dict[str, dict[str, Counter[str]]] = {}
    for ident in keys:
        for attribute, value, count in store.db.execute(
            "SELECT attribute, value, count FROM tally WHERE entity = ?", (ident,)
        ):
            found.setdefault(ident, {}).setdefault(attribute, Counter())[value] = count
    return found


def _replace(store: ResolvedStore, ident: str, noted: Noted | None, known: Known) -> None:
    db = store.db
    db.execute("DELETE FROM needs WHERE entity = ?", (ident,))
    if noted is None:
        _put(store, ident, None)
        return
    db.executemany("INSERT INTO needs VALUES (?, ?)", ((target, ident) for target in depends_on(ident, noted)))
    _put(store, ident, merged(ident, noted, known))


def _put(store: ResolvedStore, ident: str, entity: Entity | None) -> None:
    """Put an entity, or nothing, in the place of what had this id; what is as before is not touched."""
    db = store.db
    before = db.execute("SELECT data FROM shared WHERE id = ?", (ident,)).fetchone()
    now = entity.model_dump_json(exclude_defaults=True).encode() if entity else None
    if (before[0] if before else None) == now:
        return
    if before:
        db.execute("DELETE FROM shared WHERE id = ?", (ident,))
    if entity:
        db.execute("INSERT INTO shared VALUES (?, ?, ?)", (type(entity).__name__, ident, now))
    store.touch("shared", [ident])
    if (before is None) != (now is None):
        rows = db.execute("SELECT old FROM redirect WHERE old = ?1 OR new = ?1", (ident,)).fetchall()
        store.todo("redirect", [old for (old,) in rows])


def _places(store: ResolvedStore) -> None:
    noted: dict[str, list[str]] = {}
    for ident, told in store.db.execute(
        "SELECT entity, value FROM tally WHERE entity >= 'place/' AND entity < 'place0' AND attribute = 'province'"
    ):
        noted.setdefault(ident, []).append(told)
    now = {place.id: place for place in merged_places(noted)}
    before = [row[0] for row in store.db.execute("SELECT id FROM shared WHERE class = 'Place'")]
    for ident in sorted({*now, *before}):
        _put(store, ident, now.get(ident))


def _redirect(store: ResolvedStore, keys: Iterable[str]) -> None:
    """Of several leads from one id the last source counts: a person's decision (3), the article (2), the linking of persons (1),
    a form of an article (0)."""
    db = store.db
    for old in keys:
        leads = db.execute("SELECT old, new FROM redirect WHERE old = ? ORDER BY source", (old,)).fetchall()
        found = next(redirects(leads, lambda ident: _is_entity(store, ident)), None)
        before = db.execute("SELECT 1 FROM shared WHERE id = ? AND class <> 'Redirect'", (old,)).fetchone()
        if before is None:
            _put(store, old, found)


def _is_entity(store: ResolvedStore, ident: str) -> bool:
    found = store.db.execute(
        "SELECT 1 FROM shared WHERE id = ?1 AND class <> 'Redirect' UNION ALL SELECT 1 FROM own_articlenode WHERE article = ?1",
        (ident,),
    ).fetchone()
    return found is not None
