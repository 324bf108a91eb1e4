"""One file per engine: a Writer and a read-only View each; `refresh` and `open_view` for the engines of a graph home."""

from kg.stores.base import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Engine, Iri, Table, View, Writer
from kg.stores.projection import damage, has_engine, open_view, refresh, store_place

__all__ = [
    "DEFAULT_LIMIT",
    "DEFAULT_TIMEOUT",
    "Engine",
    "Iri",
    "Table",
    "View",
    "Writer",
    "damage",
    "has_engine",
    "open_view",
    "refresh",
    "store_place",
]
