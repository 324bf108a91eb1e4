"""Fifth phase: one directive told by several articles, one meeting in several reports, for the grounds that changed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Final

from kg.home.database import transaction
from kg.identify.decisions import Decision, PersonDecisions
from kg.identify.forms import article_of, repeated
from kg.identify.same import clusters, meeting_pairs
from kg.resolved.components import hanging_together
from kg.resolved.forms import forms_in
from kg.resolved.fragments import tally, unsaid_of
from kg.resolved.grounds import directives_on
from kg.resolved.store import ResolvedStore
from kg.resolved.work import meeting_of_row

_BATCH: Final = 200
_PREFIXES: Final = {"directives": "directive/", "meetings": "meeting/"}

Pairs = Callable[[str], set[tuple[str, str]]]
"""The pairs of one ground."""


def cluster_all(store: ResolvedStore, decisions: tuple[Decision, ...], told: Callable[[int], None]) -> None:
    """Do the work of the phase: directives first, since meetings in which one directive was given are one."""
    _pair(store, "directives", lambda key: directives_on(store, key), told)
    _join(store, "directives", decisions)
    _pair(store, "meetings", lambda ground: _meetings(store, ground), told)
    _join(store, "meetings", decisions)


def _pair(store: ResolvedStore, kind: str, pairs: Pairs, told: Callable[[int], None]) -> None:
    for grounds in store.batches(kind, _BATCH):
        with transaction(store.db):
            for ground in grounds:
                _replace(store, kind, ground, pairs(ground))
            store.done(kind, grounds)
        told(len(grounds))


def _replace(store: ResolvedStore, kind: str, ground: str, now: set[tuple[str, str]]) -> None:
    """Put the pairs of a ground in the place of those that it had; whoever is in one that came or went is to be joined anew."""
    db = store.db
    before = set(db.execute("SELECT one, other FROM pair WHERE kind = ? AND ground = ?", (kind, ground)))
    gone, come = sorted(before - now), sorted(now - before)
    db.executemany(
        "DELETE FROM pair WHERE kind = ? AND ground = ? AND one = ? AND other = ?",
        ((kind, ground, *pair) for pair in gone),
    )
    db.executemany("INSERT INTO pair VALUES (?, ?, ?, ?)", ((kind, ground, *pair) for pair in come))
    store.todo(f"join {kind}", (ident for pair in (*gone, *come) for ident in pair))


def _meetings(store: ResolvedStore, ground: str) -> set[tuple[str, str]]:
    rows = store.db.execute(
        "SELECT r.id, r.article, r.data, t.cluster FROM report r LEFT JOIN twin t ON t.article = r.article "
        "WHERE r.kind = 'meetings' AND r.ground = ? ORDER BY r.id",
        (ground,),
    ).fetchall()
    if len(rows) < 2:
        return set()
    given = {ident: _given(store, ident) for ident, *_ in rows}
    return meeting_pairs((meeting_of_row(*row) for _, *row in rows), given)


def _given(store: ResolvedStore, meeting: str) -> frozenset[str]:
    """The clusters of the directives that were given in a meeting."""
    rows = store.db.execute(
        "SELECT s.cluster FROM given g JOIN same_as s ON s.kind = 'directives' AND s.id = g.directive WHERE g.meeting = ?",
        (meeting,),
    )
    return frozenset(row[0] for row in rows)


def _join(store: ResolvedStore, kind: str, decisions: tuple[Decision, ...]) -> None:
    """Make the clusters anew of all that hangs together with pairs that came or went; what is in another than before is touched."""
    work = store.work(f"join {kind}")
    if not work:
        return
    db = store.db
    decided = PersonDecisions.of(decisions, _PREFIXES[kind])
    found, pairs = hanging_together(work, lambda ident: _pairs_of(store, kind, ident), _Mates(store, kind, decided).of)
    now = clusters(pairs, lambda ident: ident in found and _is_there(store, kind, ident), decided, kind)
    differ = sorted(ident for ident in found if now.get(ident) != _cluster(store, kind, ident))
    with transaction(db):
        for ident in differ:
            db.execute("DELETE FROM same_as WHERE kind = ? AND id = ?", (kind, ident))
            if ident in now:
                db.execute("INSERT INTO same_as VALUES (?, ?, ?)", (kind, ident, now[ident]))
            if kind == "directives":
                store.touch("article", [ident.split("/")[1]])
                store.todo("meetings", _grounds_of_meeting(store, ident))
            else:
                store.touch("meeting", [ident])
        _repeat(store, found, now)
        store.done(f"join {kind}", work)


class _Mates:
    """Who was in a cluster with an id, and whom a person has decided to be the same."""

    def __init__(self, store: ResolvedStore, kind: str, decided: PersonDecisions) -> None:
        self._store = store
        self._kind = kind
        self._said: dict[str, list[str]] = defaultdict(list)
        for (one, _), (other, _) in decided.sames:
            self._said[one].append(other)
            self._said[other].append(one)

    def of(self, ident: str) -> list[str]:
        rows = self._store.db.execute(
            "SELECT b.id FROM same_as a JOIN same_as b ON b.cluster = a.cluster WHERE a.kind = ? AND a.id = ?",
            (self._kind, ident),
        )
        return [*(row[0] for row in rows), *self._said.get(ident, ())]


def _repeat(store: ResolvedStore, found: Collection[str], clusters_now: Mapping[str, str]) -> None:
    """Leave out what near-duplicates tell again, and tell what they no longer do; who instructs whom is counted anew.

    `found` are whole clusters, of before and of now: what repeats what is within one.
    """
    db = store.db
    now = repeated({i: c for i, c in clusters_now.items() if i in found}, forms_in(store, map(article_of, found)))
    rows = (db.execute("SELECT id, kept FROM repeat WHERE id = ?", (ident,)).fetchone() for ident in found)
    before: dict[str, str] = dict(row for row in rows if row)
    differ = sorted(ident for ident in now.keys() | before.keys() if now.get(ident) != before.get(ident))
    articles = sorted({article_of(ident) for ident in differ})
    notes: Counter[tuple[str, str, str]] = Counter()
    for article in articles:
        for unsaid in unsaid_of(store, article).values():
            notes.update(unsaid)
    for ident in differ:
        db.execute("DELETE FROM repeat WHERE id = ?", (ident,))
        if ident in now:
            db.execute("INSERT INTO repeat VALUES (?, ?)", (ident, now[ident]))
    for article in articles:
        for unsaid in unsaid_of(store, article).values():
            notes.subtract(unsaid)
    tally(store, notes)
    in_question = {clusters_now.get(ident) for ident in differ}
    told = {one for pairs in (now, before) for ident in differ for one in (ident, pairs.get(ident)) if one}
    told |= {ident for ident, cluster in clusters_now.items() if cluster in in_question - {None}}
    store.touch("article", sorted({article_of(ident) for ident in told}))
    store.touch("meeting", sorted(ident for ident in told if ident.startswith("meeting/")))


def _pairs_of(store: ResolvedStore, kind: str, ident: str) -> list[tuple[str, str]]:
    return store.db.execute(
        "SELECT one, other FROM pair WHERE one = ?1 AND kind = ?2 UNION SELECT one, other FROM pair WHERE other = ?1 AND kind = ?2",
        (ident, kind),
    ).fetchall()


def _cluster(store: ResolvedStore, kind: str, ident: str) -> str | None:
    found = store.db.execute("SELECT cluster FROM same_as WHERE kind = ? AND id = ?", (kind, ident)).fetchone()
    return found[0] if found else None


def _is_there(store: ResolvedStore, kind: str, ident: str) -> bool:
    name = "own_directive" if kind == "directives" else "own_meeting"
    found = store.db.execute(f"SELECT data FROM {name} WHERE article = ?", (ident.split("/")[1],)).fetchone()
    return found is not None and f'"id":"{ident}"'.encode() in found[0]


def _grounds_of_meeting(store: ResolvedStore, directive: str) -> list[str]:
    rows = store.db.execute(
        "SELECT r.ground FROM given g JOIN report r ON r.article = g.article AND r.id = g.meeting AND r.kind = 'meetings' "
        "WHERE g.directive = ?",
        (directive,),
    )
    return [row[0] for row in rows]
