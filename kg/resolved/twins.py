"""Second phase: near-duplicates of the articles that changed, by the hashes that they keep."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

import orjson

from kg.home.database import transaction
from kg.home.rows import Stored
from kg.identify.duplicates import CROWD, SHARED, is_reprint, joined
from kg.resolved.components import hanging_together
from kg.resolved.store import ResolvedStore

_BATCH: Final = 500


def find_twins(
    store: ResolvedStore, stored: Callable[[Iterable[str]], Iterator[Stored]], told: Callable[[int], None]
) -> None:
    """Do the work of the phase, then make the clusters anew; whose cluster changed is linked and assembled again."""
    _add_crossed(store)
    crowded: set[int] = set()
    whole = _is_whole(store)
    if whole:
        # TEMP: of this connection; made anew by the next run
        store.db.execute(f"CREATE TEMP TABLE crowded AS {_CROWDED}", (CROWD,))
    for keys in store.batches("twin", _BATCH):
        with transaction(store.db):
            if whole:
                _pair_all(store, keys, stored)
            else:
                for article in keys:
                    before = _pairs_of(store, article)
                    store.db.execute("DELETE FROM twin_pair WHERE one = ?1 OR other = ?1", (article,))
                    _pair(store, article, stored, crowded)
                    pairs = (*before, *_pairs_of(store, article))
                    store.todo("join twins", (ident for pair in pairs for ident in pair))
            store.todo("form", keys)
            store.done("twin", keys)
        told(len(keys))
    _join(store)


_CROWDED: Final = "SELECT value FROM sketch GROUP BY value HAVING count(*) > ?"
_MET: Final = f"""
SELECT mine.id, sketch.article FROM (
  SELECT a.id, hash.value FROM article a, json_each(CAST(a.sketch AS TEXT)) hash WHERE a.id BETWEEN ? AND ?
) mine
JOIN sketch ON sketch.value = mine.value AND sketch.article > mine.id
WHERE mine.value NOT IN (SELECT value FROM crowded)
GROUP BY 1, 2 HAVING count(*) >= {SHARED} ORDER BY 1, 2
"""


def _is_whole(store: ResolvedStore) -> bool:
    """Whether all articles are to be compared, and none was: then each pair is looked for once, from the smaller id."""
    (articles,) = store.db.execute("SELECT count(*) FROM article").fetchone()
    none = store.db.execute("SELECT 1 FROM twin_pair LIMIT 1").fetchone() is None
    return none and articles == store.left("twin") > _BATCH


def _pair_all(store: ResolvedStore, keys: Sequence[str], stored: Callable[[Iterable[str]], Iterator[Stored]]) -> None:
    """Find the pairs of articles that follow each other with all that come later."""
    pairs = store.db.execute(_MET, (keys[0], keys[-1])).fetchall()
    for one, some in groupby(pairs, itemgetter(0)):
        others = [other for _, other in some]
        _put(store, one, others, stored)
        store.todo("join twins", [ident for pair in _pairs_of(store, one) for ident in pair])


def _add_crossed(store: ResolvedStore) -> None:
    """A hash that becomes (or no longer is) a formula of the outlet counts differently for all that keep it."""
    db = store.db
    crossed: set[str] = set()
    rows = db.execute(
        "SELECT t.old, a.sketch FROM todo t LEFT JOIN article a ON a.id = t.key WHERE t.phase = 'twin' AND t.old IS NOT NULL"
    ).fetchall()
    if db.execute("SELECT 1 FROM article LIMIT 1 OFFSET ?", (len(rows),)).fetchone() is None:
        return  # all are compared anyway
    for value in {value for row in rows for sketch in row for value in orjson.loads(sketch or b"[]")}:
        crowd = _crowd(store, value, CROWD + len(rows))
        if CROWD - len(rows) < len(crowd) <= CROWD + len(rows):
            crossed.update(crowd)
    with transaction(db):
        store.todo("twin", crossed)
        db.execute("UPDATE todo SET old = NULL WHERE phase = 'twin'")


def _crowd(store: ResolvedStore, value: int, most: int = CROWD) -> list[str]:
    rows = store.db.execute("SELECT article FROM sketch WHERE value = ? LIMIT ?", (value, most + 1))
    return [row[0] for row in rows]


def _pair(
    store: ResolvedStore, article: str, stored: Callable[[Iterable[str]], Iterator[Stored]], crowded: set[int]
) -> None:
    """Find the pairs of an article; `crowded` are the formulas of outlets met so far, which are not looked up again."""
    mine = store.db.execute("SELECT sketch FROM article WHERE id = ?", (article,)).fetchone()
    if mine is None:
        return
    shared: Counter[str] = Counter()
    for value in orjson.loads(mine[0]):
        if value in crowded:
            continue
        crowd = _crowd(store, value)
        if len(crowd) <= CROWD:
            shared.update(crowd)
        else:
            crowded.add(value)
    _put(store, article, [other for other, count in shared.items() if count >= SHARED and other != article], stored)


def _put(
    store: ResolvedStore, article: str, others: list[str], stored: Callable[[Iterable[str]], Iterator[Stored]]
) -> None:
    """Keep the pairs of an article with those of the others that are reprints of it."""
    if not others:
        return
    articles = {one.id: one.alone() for one in stored([article, *others])}
    pairs = [
        (min(article, other), max(article, other)) for other in others if is_reprint(articles[article], articles[other])
    ]
    store.db.executemany("INSERT OR IGNORE INTO twin_pair VALUES (?, ?)", pairs)


def _join(store: ResolvedStore) -> None:
    work = store.work("join twins")
    if not work:
        return
    db = store.db
    found, pairs = hanging_together(work, lambda ident: _pairs_of(store, ident), lambda ident: _mates(store, ident))
    now = joined(sorted(pairs))
    differ = sorted(ident for ident in found if now.get(ident) != _cluster(store, ident))
    with transaction(db):
        for article in differ:
            db.execute("DELETE FROM twin WHERE article = ?", (article,))
            if article in now:
                db.execute("INSERT INTO twin VALUES (?, ?)", (article, now[article]))
            store.todo(
                "name", [name for (name,) in db.execute("SELECT name FROM official WHERE article = ?", (article,))]
            )
        store.todo("fragment", differ)
        store.todo("form", differ)
        store.done("join twins", work)


def _pairs_of(store: ResolvedStore, article: str) -> list[tuple[str, str]]:
    return store.db.execute(
        "SELECT one, other FROM twin_pair WHERE one = ?1 UNION SELECT one, other FROM twin_pair WHERE other = ?1",
        (article,),
    ).fetchall()


def _mates(store: ResolvedStore, article: str) -> list[str]:
    rows = store.db.execute(
        "SELECT b.article FROM twin a JOIN twin b ON b.cluster = a.cluster WHERE a.article = ?", (article,)
    )
    return [row[0] for row in rows]


def _cluster(store: ResolvedStore, article: str) -> str | None:
    found = store.db.execute("SELECT cluster FROM twin WHERE article = ?", (article,)).fetchone()
    return found[0] if found else None
