"""The resolved graph read back: entities in the order of the graph, one after the other, never all in memory."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from kg.graph.clusters import Marks, marked
from kg.home.database import store_errors, transaction
from kg.home.workers import map_ordered
from kg.identify.forms import article_of
from kg.model.base import Entity
from kg.model.entities import ENTITY_CLASSES, Directive, Meeting, Mention
from kg.resolved.store import ResolvedStore
from kg.resolved.work import FINAL, OWN, ToWrite, entities_of, own_of, written

_KINDS: Final = {"Directive": "directives", "Meeting": "meetings"}
_CHUNK: Final = 200
_MANY: Final = 4000

Of = TypeVar("Of")


class StoredEntities(Collection[Entity]):
    """The entities of a resolved graph, as often as they are asked for. Equal to another collection of the same entities in order."""

    def __init__(self, path: Path, workers: int = 1) -> None:
        self._path = path
        self._workers = workers

    def __iter__(self) -> Iterator[Entity]:
        with ResolvedStore(self._path, write=False) as store, store_errors(self._path):
            for cls in ENTITY_CLASSES:
                for one in _of_class(store, cls):
                    yield from entities_of(one)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, entity: object) -> bool:
        return any(one == entity for one in self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Collection):
            return NotImplemented
        return tuple(self) == tuple(other)

    def nquads(self, *, untold: bool = False) -> Iterator[bytes]:
        """Yield the N-Quads of all, in parts that several processes make; of what is `untold` when the graph was resolved, if asked so."""
        with ResolvedStore(self._path, write=False) as store, store_errors(self._path):
            jobs = ((None, batch) for batch in to_write(store, untold=untold))
            for _, part in map_ordered(written, jobs, workers=self._workers, behind=True):
                yield part or b""

    def changes_since(self, stamp: str) -> "Changes | None":
        """Return what changed since the stores were filled with the graph of that stamp; None where that is not known, or too much."""
        with ResolvedStore(self._path, write=False) as store, store_errors(self._path):
            return changes(store) if store.meta("settled") == stamp else None

    def settled(self, stamp: str) -> None:
        """Note that a store has all changes up to the graph of that stamp."""
        with ResolvedStore(self._path, write=True) as store, store_errors(self._path), transaction(store.db):
            store.db.execute("DELETE FROM touched")
            store.note("settled", stamp)

    def __hash__(self) -> int:
        return hash(self._path)


@dataclass(frozen=True, slots=True)
class Changes:
    """Articles and ids of entities that articles share (or of meetings) that changed, came or went; and what stands there now."""

    articles: tuple[str, ...]
    ids: tuple[str, ...]
    now: tuple[Entity, ...]


def changes(store: ResolvedStore) -> Changes | None:
    """Return what is touched, None where it is more than `_MANY` articles or entities."""
    touched: dict[str, list[str]] = {"article": [], "meeting": [], "shared": []}
    for kind, key in store.db.execute("SELECT kind, key FROM touched ORDER BY kind, key LIMIT ?", (_MANY + 1,)):
        touched[kind].append(key)
    ids = (*touched["meeting"], *touched["shared"])
    if len(ids) + len(touched["article"]) > _MANY:
        return None
    articles = sorted({*touched["article"], *(ident.split("/")[1] for ident in touched["meeting"])})
    now = [entity for article in articles for entity in _of_article(store, article)]
    classes = {cls.__name__: cls for cls in ENTITY_CLASSES}
    for ident in touched["shared"]:
        row = store.db.execute("SELECT class, data FROM shared WHERE id = ?", (ident,)).fetchone()
        if row:
            now.append(classes[row[0]].model_validate_json(row[1]))
    meetings = [entity.id for entity in now if isinstance(entity, Meeting)]
    return Changes(tuple(articles), tuple(sorted({*ids, *meetings})), tuple(now))


def _of_article(store: ResolvedStore, article: str) -> Iterator[Entity]:
    for cls in OWN:
        row = store.db.execute(f"SELECT data FROM own_{cls.__name__.lower()} WHERE article = ?", (article,)).fetchone()
        if row:
            entities = own_of(cls, row[0])
            yield from marked(entities, _marks(store, [ident for entity in entities for ident in _named(entity)]))


def _named(entity: Entity) -> Iterator[str]:
    """The ids that marks may change in an entity: its own, and those of meetings that it points at."""
    if isinstance(entity, Mention):
        if entity.body.startswith("meeting/"):
            yield entity.body
        return
    yield entity.id
    if isinstance(entity, Directive) and entity.meeting:
        yield entity.meeting


def _marks(store: ResolvedStore, idents: Iterable[str]) -> Marks:
    """What is said of some entities: that of all that are in a cluster with them."""
    db = store.db
    clusters: dict[str, str] = {}
    repeats: dict[str, str] = {}
    for ident in idents:
        clusters |= db.execute(
            "SELECT id, cluster FROM same_as WHERE cluster = (SELECT cluster FROM same_as WHERE id = ?1) "
            "UNION SELECT article, cluster FROM form WHERE article = kept "
            "AND cluster = (SELECT cluster FROM form WHERE article = ?1)",
            (ident,),
        )
    for ident in clusters:
        repeats |= db.execute("SELECT id, kept FROM repeat WHERE id = ?", (ident,))
    return Marks.of(clusters, repeats)


def to_write(store: ResolvedStore, *, untold: bool = False) -> Iterator[list[ToWrite]]:
    """Yield all entities as bytes, some at a time, for `kg.resolved.work.written`; those not told by `kg.resolved.sync.resolving`, if so."""
    chunk: list[ToWrite] = []
    for cls in ENTITY_CLASSES:
        for one in _of_class(store, cls, untold=untold):
            chunk.append(one)
            if len(chunk) >= _CHUNK or cls not in OWN:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def _of_class(store: ResolvedStore, cls: type[Entity], *, untold: bool = False) -> Iterator[ToWrite]:
    if cls not in OWN:
        return _shared(store, cls)
    return _own(store, cls, "WHERE article IN (SELECT article FROM twin)" if untold and cls in FINAL else "")


def _own(store: ResolvedStore, cls: type[Entity], where: str) -> Iterator[ToWrite]:
    marks = _marks_by_article(store, cls)
    rows = store.db.execute(f"SELECT article, data FROM own_{cls.__name__.lower()} {where} ORDER BY article")
    for article, data in rows:
        yield ToWrite(cls.__name__, data, marks.get(article, Marks()))


def _marks_by_article(store: ResolvedStore, cls: type[Entity]) -> dict[str, Marks]:
    """What is said of what a class has, by article."""
    db = store.db
    if cls.__name__ == "ArticleNode":
        articles = Marks.of(dict(db.execute("SELECT article, cluster FROM form WHERE article = kept")), {})
        return {article: Marks({article: cluster}) for article, cluster in articles.same_as.items()}
    kind = _KINDS.get(cls.__name__)
    clusters = dict(db.execute("SELECT id, cluster FROM same_as WHERE kind = ?", (kind,)))
    whole = Marks.of(
        clusters, dict(db.execute("SELECT id, kept FROM repeat")) if cls in (Directive, Meeting, Mention) else {}
    )
    same_as, repeats, also_in = _by_article(whole.same_as), _by_article(whole.repeats), _by_article(whole.also_in)
    found = {*same_as, *repeats, *also_in}
    return {a: Marks(same_as.get(a, {}), repeats.get(a, {}), also_in.get(a, {})) for a in found}


def _by_article(of: Mapping[str, Of]) -> dict[str, dict[str, Of]]:
    found: dict[str, dict[str, Of]] = {}
    for ident, value in of.items():
        found.setdefault(article_of(ident), {})[ident] = value
    return found


def _shared(store: ResolvedStore, cls: type[Entity]) -> Iterator[ToWrite]:
    rows = store.db.execute("SELECT data FROM shared WHERE class = ? ORDER BY id", (cls.__name__,))
    while some := rows.fetchmany(_CHUNK):
        yield ToWrite(cls.__name__, b"[" + b",".join(row[0] for row in some) + b"]", Marks())
