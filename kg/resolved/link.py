"""Third phase: the persons of the names that changed, one block (name) after the other."""

from collections.abc import Callable, Iterable
from typing import Final

import orjson

from kg.home.database import transaction
from kg.identify.decisions import PersonDecisions
from kg.identify.persons import Linking, Official, Ref, link_explained
from kg.resolved.store import ResolvedStore
from kg.resolved.work import official_of

_BATCH: Final = 200


def link_all(store: ResolvedStore, decided: PersonDecisions, told: Callable[[int], None]) -> None:
    """Do the work of the phase; articles whose officials are other persons now are assembled again."""
    together = _Together(store, decided)
    for keys in store.batches("name", _BATCH):
        with transaction(store.db):
            for name in keys:
                officials = _officials(store, name)
                linking = link_explained(officials, decided)
                if not together.takes(name, linking):
                    _keep(store, {name}, linking, officials)
            together.note()
            store.done("name", keys)
        told(len(keys))
    together.link()


class _Together:
    """Names that a person's decisions join: they are linked in one go."""

    def __init__(self, store: ResolvedStore, decided: PersonDecisions) -> None:
        self._store = store
        self._decided = decided
        self._ids = {ident for pair in decided.sames for ident, _ in pair}
        self._names: set[str] = set(orjson.loads(store.meta("names linked together") or "[]"))
        self._due = store.meta("together") == "due"

    def takes(self, name: str, linking: Linking) -> bool:
        """Say whether the officials of this name have to wait for `link`."""
        if not self._ids:
            return False
        known = {person.id for person in linking.persons.values()} | linking.redirects.keys()
        if name not in self._names and not known & self._ids:
            return False
        self._names.add(name)
        self._due = True
        return True

    def note(self) -> None:
        """Keep what waits, so that a killed run finds it again."""
        if self._ids:
            self._store.note("names linked together", orjson.dumps(sorted(self._names)).decode())
            self._store.note("together", "due" if self._due else "done")

    def link(self) -> None:
        """Link what waited."""
        if not self._due:
            return
        with transaction(self._store.db):
            officials = [one for name in sorted(self._names) for one in _officials(self._store, name)]
            _keep(self._store, self._names, link_explained(officials, self._decided), officials)
            self._due = False
            self.note()


def _officials(store: ResolvedStore, name: str) -> list[Official]:
    rows = store.db.execute(
        "SELECT o.article, o.number, o.data, t.cluster FROM official o LEFT JOIN twin t ON t.article = o.article "
        "WHERE o.name = ? ORDER BY o.article, o.number",
        (name,),
    )
    return [official_of(name, article, number, data, twin) for article, number, data, twin in rows]


def _before(store: ResolvedStore, name: str) -> list[tuple[str, int, str]]:
    return store.db.execute(
        "SELECT p.article, p.number, p.person FROM official o JOIN person p ON p.article = o.article AND p.number = o.number "
        "WHERE o.name = ?",
        (name,),
    ).fetchall()


def _keep(store: ResolvedStore, names: Iterable[str], linking: Linking, officials: Iterable[Official]) -> None:
    db, differ = store.db, set()
    before = {Ref(article, number): person for name in names for article, number, person in _before(store, name)}
    for official in officials:
        ref = Ref(official.article, official.number)
        now = linking.persons[ref].id
        if before.get(ref) != now:
            db.execute("INSERT OR REPLACE INTO person VALUES (?, ?, ?)", (*ref, now))
            differ.add(official.article)
    store.todo("fragment", sorted(differ))
    source = f"1 {min(names)}"
    for name in names:
        store.todo("redirect", [o for (o,) in db.execute("SELECT old FROM redirect WHERE source = ?", (f"1 {name}",))])
        db.execute("DELETE FROM redirect WHERE source = ?", (f"1 {name}",))
    db.executemany("INSERT INTO redirect VALUES (?, ?, ?)", ((source, *lead) for lead in linking.redirects.items()))
    store.todo("redirect", linking.redirects)
