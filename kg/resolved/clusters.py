"""Fifth phase: one directive told by several articles, one meeting in several reports, for the grounds that changed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Final

from kg.home.database import transaction
from kg.identify.decisions import Decision, PersonDecisions
from kg.identify.forms import article_of, repeated
from kg.identify.same import clusters, directive_pairs, meeting_pairs
from kg.resolved.forms import forms_in
from kg.resolved.fragments import tally, unsaid_of
from kg.resolved.store import ResolvedStore
from kg.resolved.work import meeting_of_row, report_of_row

_BATCH: Final = 200
_PREFIXES: Final = {"directives": "directive/", "meetings": "meeting/"}

Pairs = Callable[[str], set[tuple[str, str]]]
"""The pairs of one ground."""


def cluster_all(store: ResolvedStore, decisions: tuple[Decision, ...], told: Callable[[int], None]) -> None:
    """Do the work of the phase: directives first, since meetings in which one directive was given are one."""
    _pair(store, "directives", lambda ground: _directives(store, ground), told)
    _join(store, "directives", decisions)
    given = _given(store)
    _pair(store, "meetings", lambda ground: _meetings(store, ground, given), told)
    _join(store, "meetings", decisions)


def _pair(store: ResolvedStore, kind: str, pairs: Pairs, told: Callable[[int], None]) -> None:
    for grounds in store.batches(kind, _BATCH):
        found = [(kind, ground, *pair) for ground in grounds for pair in sorted(pairs(ground))]
        with transaction(store.db):
            store.db.executemany(
                "DELETE FROM pair WHERE kind = ? AND ground = ?", ((kind, ground) for ground in grounds)
            )
            store.db.executemany("INSERT INTO pair VALUES (?, ?, ?, ?)", found)
            store.done(kind, grounds)
            store.note(kind, "to be joined")
        told(len(grounds))


def _directives(store: ResolvedStore, ground: str) -> set[tuple[str, str]]:
    rows = store.db.execute(
        "SELECT id, article, data FROM report WHERE kind = 'directives' AND ground = ?", (ground,)
    ).fetchall()
    return directive_pairs(report_of_row(*row) for row in rows) if len(rows) > 1 else set()


def _meetings(store: ResolvedStore, ground: str, given: dict[str, frozenset[str]]) -> set[tuple[str, str]]:
    rows = store.db.execute(
        "SELECT r.article, r.data, t.cluster FROM report r LEFT JOIN twin t ON t.article = r.article "
        "WHERE r.kind = 'meetings' AND r.ground = ? ORDER BY r.id",
        (ground,),
    ).fetchall()
    return meeting_pairs((meeting_of_row(*row) for row in rows), given) if len(rows) > 1 else set()


def _given(store: ResolvedStore) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for meeting, cluster in store.db.execute(
        "SELECT g.meeting, s.cluster FROM same_as s JOIN given g ON g.directive = s.id WHERE s.kind = 'directives'"
    ):
        found[meeting].add(cluster)
    return {meeting: frozenset(of) for meeting, of in found.items()}


def _join(store: ResolvedStore, kind: str, decisions: tuple[Decision, ...]) -> None:
    """Make the clusters of a kind anew; what is in another cluster than before is touched."""
    if store.meta(kind) != "to be joined":
        return
    db = store.db
    pairs = [(one, other) for one, other in db.execute("SELECT DISTINCT one, other FROM pair WHERE kind = ?", (kind,))]
    decided = PersonDecisions.of(decisions, _PREFIXES[kind])
    now = clusters(pairs, lambda ident: _is_there(store, kind, ident), decided, kind)
    before = dict(db.execute("SELECT id, cluster FROM same_as WHERE kind = ?", (kind,)))
    differ = sorted(ident for ident in now.keys() | before.keys() if now.get(ident) != before.get(ident))
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
        if kind == "directives":
            _repeat(store, now)
        store.note(kind, "joined")


def _repeat(store: ResolvedStore, clusters_now: Mapping[str, str]) -> None:
    """Leave out the directives that near-duplicates tell again, and tell those that no longer do; who instructs whom is counted anew."""
    db = store.db
    now = repeated(clusters_now, forms_in(store))
    before = dict(db.execute("SELECT id, kept FROM repeat"))
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
