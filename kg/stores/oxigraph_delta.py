"""Carries a large Oxigraph store over to the next generation: its tables are linked, not copied, and only what changed is written.

RocksDB never changes a table (`.sst`) once it is written, so that both generations may share them; its journal and its lists are copied, what
it tells of its work (`LOG`, `LOG.old.*`) is left behind.
"""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kg.errors import StoreError
from kg.graph.records import Graph
from kg.graph.statements import entity_iri, graph_iri, quads
from kg.stores.oxigraph import oxigraph_quads

if TYPE_CHECKING:
    from kg.resolved.view import Changes


@runtime_checkable
class KnowsChanges(Protocol):
    """Entities that can say what changed since a graph with another stamp."""

    def changes_since(self, stamp: str) -> "Changes | None": ...


def carried_over(old: Path, new: Path, graph: Graph, stamp: str) -> frozenset[str] | None:
    """Make `new` the store of `graph` from the store `old` of the graph with that stamp; return the names of the tables that they share.

    None, with nothing made, where it isn't known what changed, or it is so much that a new store is quicker. Raises StoreError where
    the folder can't be written.
    """
    changes = graph.entities.changes_since(stamp) if isinstance(graph.entities, KnowsChanges) else None
    if changes is None or not old.is_dir():
        return None
    try:
        linked = _linked(old, new)
        _apply(new, changes)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise StoreError(f"{new}: {error}") from error
    return linked


def _linked(old: Path, new: Path) -> frozenset[str]:
    new.mkdir()
    linked = set()
    for file in sorted(old.iterdir()):
        if file.name == "LOG" or file.name.startswith("LOG."):
            continue
        if file.suffix == ".sst":
            try:
                os.link(file, new / file.name)
                linked.add(file.name)
                continue
            except OSError:
                pass  # a file system without links: copied
        shutil.copy2(file, new / file.name)
    return frozenset(linked)


def _apply(folder: Path, changes: "Changes") -> None:
    import pyoxigraph

    store = pyoxigraph.Store(str(folder))
    for article in changes.articles:
        store.remove_graph(pyoxigraph.NamedNode(graph_iri(f"article/{article}")))
    for ident in changes.ids:
        for quad in list(store.quads_for_pattern(pyoxigraph.NamedNode(entity_iri(ident)), None, None)):
            store.remove(quad)
    store.extend(oxigraph_quads(quad for entity in changes.now for quad in quads(entity)))
    store.flush()
