"""Fourth phase: what each changed article adds to the graph, put in the place of what it added before."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from kg.graph.shared import Notes, instructions_of
from kg.home.database import transaction
from kg.home.rows import Stored
from kg.home.workers import map_ordered
from kg.identify.decisions import Renames
from kg.model.entities import Directive, Meeting
from kg.resolved.forms import kept_of, others_of
from kg.resolved.grounds import compare_again
from kg.resolved.locals import BATCH
from kg.resolved.store import ResolvedStore
from kg.resolved.work import OWN, FragmentRow, ToAssemble, assembled, notes_of, own_of


def assemble_all(
    store: ResolvedStore,
    stored: Callable[[Iterable[str]], Iterator[Stored]],
    renames: Renames,
    workers: int,
    told: Callable[[int], None],
    *,
    tell: bool = False,
) -> Iterator[bytes]:
    """Do the work of the phase as far as what is returned is read on: N-Quads of what is final of articles, none unless `tell` says so."""
    jobs = ((keys, _jobs(store, stored, keys)) for keys in store.batches("fragment", BATCH))
    for keys, rows in map_ordered(partial(assembled, renames, tell=tell), jobs, workers=workers, behind=tell):
        with transaction(store.db):
            _replace(store, keys, rows or [])
            store.done("fragment", keys)
        told(len(keys))
        yield from (row.quads for row in rows or () if row.quads)


def _jobs(
    store: ResolvedStore, stored: Callable[[Iterable[str]], Iterator[Stored]], keys: Iterable[str]
) -> list[ToAssemble]:
    """The articles to assemble; one that only repeats another adds nothing."""
    kept = [key for key in keys if kept_of(store, key) == key]
    return [_job(store, one, tuple(stored(others_of(store, one.id)))) for one in stored(kept)]


def _job(store: ResolvedStore, one: Stored, forms: tuple[Stored, ...]) -> ToAssemble:
    db = store.db
    persons = db.execute("SELECT person FROM person WHERE article = ? ORDER BY number", (one.id,))
    twin = db.execute("SELECT cluster FROM twin WHERE article = ?", (one.id,)).fetchone()
    return ToAssemble(one, tuple(row[0] for row in persons), twin[0] if twin else None, forms)


def _replace(store: ResolvedStore, keys: list[str], rows: list[FragmentRow]) -> None:
    notes: Counter[tuple[str, str, str]] = Counter()
    for article in keys:
        notes.subtract(_forget(store, article))
    for row in rows:
        notes.update(notes_of(row.notes))
        _keep(store, row)
    tally(store, notes)
    store.touch("article", keys)


def tally(store: ResolvedStore, notes: Counter[tuple[str, str, str]]) -> None:
    """Count what came (or went, where negative) of the notes of all articles; the entities that they are of are merged again."""
    moved = [(*note, count) for note, count in notes.items() if count]
    store.db.executemany(
        "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count", moved
    )
    gone = [note for note, count in notes.items() if count < 0]
    store.db.executemany("DELETE FROM tally WHERE entity = ? AND attribute = ? AND value = ? AND count <= 0", gone)
    store.todo("entity", {entity for entity, *_ in moved})


def _forget(store: ResolvedStore, article: str) -> Counter[tuple[str, str, str]]:
    """Take out what the article added; return its notes that are counted: not those of directives that repeat another's."""
    db = store.db
    before = db.execute("SELECT data FROM notes WHERE article = ?", (article,)).fetchone()
    if before is None:
        return Counter()
    for told in db.execute("SELECT kind, ground, day FROM report WHERE article = ?", (article,)).fetchall():
        compare_again(store, *told)
    met = db.execute("SELECT data FROM own_meeting WHERE article = ?", (article,)).fetchone()
    store.touch("meeting", [meeting.id for meeting in own_of(Meeting, met[0])] if met else [])
    unsaid = unsaid_of(store, article)
    for kind in ("directive", "meeting"):
        span = _span(kind, article)
        again = db.execute("SELECT id FROM repeat WHERE id >= ? AND id < ?", span).fetchall()
        store.todo(f"join {kind}s", [ident for (ident,) in again])
        db.execute("DELETE FROM repeat WHERE id >= ? AND id < ?", span)
    for table in ("notes", "report", "given", *(f"own_{cls.__name__.lower()}" for cls in OWN)):
        db.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
    notes = notes_of(before[0])
    for of in unsaid.values():
        notes.subtract(of)
    return notes


def unsaid_of(store: ResolvedStore, article: str) -> dict[str, Notes]:
    """Return the notes of an article's directives that only repeat another's."""
    row = store.db.execute("SELECT data FROM own_directive WHERE article = ?", (article,)).fetchone()
    repeats = {
        i for (i,) in store.db.execute("SELECT id FROM repeat WHERE id >= ? AND id < ?", _span("directive", article))
    }
    directives = own_of(Directive, row[0]) if row and repeats else []
    return {one.id: instructions_of(one) for one in directives if isinstance(one, Directive) and one.id in repeats}


def _span(kind: str, article: str) -> tuple[str, str]:
    return f"{kind}/{article}/", f"{kind}/{article}0"


def _keep(store: ResolvedStore, row: FragmentRow) -> None:
    db = store.db
    db.execute("INSERT INTO notes VALUES (?, ?)", (row.article, row.notes))
    for name, data in row.own.items():
        db.execute(f"INSERT INTO own_{name.lower()} VALUES (?, ?)", (row.article, data))
    for report in row.reports:
        db.executemany(
            "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?)",
            (
                (report.kind, ground, day, report.id, row.article, report.data)
                for ground, day in zip(report.grounds, report.days, strict=True)
            ),
        )
    for told in sorted({(r.kind, *on) for r in row.reports for on in zip(r.grounds, r.days, strict=True)}):
        compare_again(store, *told)
    db.executemany("INSERT INTO given VALUES (?, ?, ?)", ((*one, row.article) for one in row.given))
