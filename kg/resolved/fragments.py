"""Fourth phase: what each changed article adds to the graph, put in the place of what it added before."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from kg.home.database import transaction
from kg.home.rows import Stored
from kg.home.workers import map_ordered
from kg.identify.decisions import Renames
from kg.model.entities import Meeting
from kg.resolved.locals import BATCH
from kg.resolved.store import ResolvedStore
from kg.resolved.work import OWN, FragmentRow, ToAssemble, assembled, notes_of, own_of


def assemble_all(
    store: ResolvedStore,
    stored: Callable[[Iterable[str]], Iterator[Stored]],
    renames: Renames,
    workers: int,
    told: Callable[[int], None],
) -> None:
    """Do the work of the phase."""
    jobs = ((keys, [_job(store, one) for one in stored(keys)]) for keys in store.batches("fragment", BATCH))
    for keys, rows in map_ordered(partial(assembled, renames), jobs, workers=workers):
        with transaction(store.db):
            _replace(store, keys, rows or [])
            store.done("fragment", keys)
        told(len(keys))


def _job(store: ResolvedStore, one: Stored) -> ToAssemble:
    db = store.db
    persons = db.execute("SELECT person FROM person WHERE article = ? ORDER BY number", (one.id,))
    twin = db.execute("SELECT cluster FROM twin WHERE article = ?", (one.id,)).fetchone()
    return ToAssemble(one, tuple(row[0] for row in persons), twin[0] if twin else None)


def _replace(store: ResolvedStore, keys: list[str], rows: list[FragmentRow]) -> None:
    notes: Counter[tuple[str, str, str]] = Counter()
    for article in keys:
        notes.subtract(_forget(store, article))
    for row in rows:
        notes.update(notes_of(row.notes))
        _keep(store, row)
    moved = [(*note, count) for note, count in notes.items() if count]
    store.db.executemany(
        "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count", moved
    )
    gone = [note for note, count in notes.items() if count < 0]
    store.db.executemany("DELETE FROM tally WHERE entity = ? AND attribute = ? AND value = ? AND count <= 0", gone)
    store.todo("entity", {entity for entity, *_ in moved})
    store.touch("article", keys)


def _forget(store: ResolvedStore, article: str) -> Counter[tuple[str, str, str]]:
    """Take out what the article added; return its notes."""
    db = store.db
    before = db.execute("SELECT data FROM notes WHERE article = ?", (article,)).fetchone()
    if before is None:
        return Counter()
    for kind, ground in db.execute("SELECT kind, ground FROM report WHERE article = ?", (article,)).fetchall():
        store.todo(kind, [ground])
    met = db.execute("SELECT data FROM own_meeting WHERE article = ?", (article,)).fetchone()
    store.touch("meeting", [meeting.id for meeting in own_of(Meeting, met[0])] if met else [])
    for table in ("notes", "report", "given", *(f"own_{cls.__name__.lower()}" for cls in OWN)):
        db.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
    return notes_of(before[0])


def _keep(store: ResolvedStore, row: FragmentRow) -> None:
    db = store.db
    db.execute("INSERT INTO notes VALUES (?, ?)", (row.article, row.notes))
    for name, data in row.own.items():
        db.execute(f"INSERT INTO own_{name.lower()} VALUES (?, ?)", (row.article, data))
    for report in row.reports:
        db.executemany(
            "INSERT INTO report VALUES (?, ?, ?, ?, ?)",
            ((report.kind, ground, report.id, row.article, report.data) for ground in report.grounds),
        )
        store.todo(report.kind, report.grounds)
    db.executemany("INSERT INTO given VALUES (?, ?, ?)", ((*one, row.article) for one in row.given))
