"""Writes all statements of an Oxigraph folder as N-Quads, gzipped without a date: `dump_worker.py FOLDER FILE OWN SHOWN`.

IRIs under OWN are written under SHOWN. A process of its own, so that it can take its time.
"""

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox


def main() -> None:
    """Write the file; it appears whole or not at all."""
    folder, file, own, shown = sys.argv[1:]
    store = ox.Store.read_only(folder)
    part = Path(file + ".part")
    with part.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as packed:
        out = cast("IO[bytes]", packed)
        if own == shown:
            store.dump(out, format=ox.RdfFormat.N_QUADS)
        else:
            ox.serialize(_moved(store, own, shown), out, format=ox.RdfFormat.N_QUADS)
    part.replace(file)


def _moved(store: ox.Store, own: str, shown: str) -> Iterator[ox.Quad]:
    parts = [(own + name, shown + name) for name in ("id/", "graph/")]

    def term(value: Any) -> Any:  # noqa: ANN401 (any RDF term)
        if isinstance(value, ox.NamedNode):
            for before, after in parts:
                if value.value.startswith(before):
                    return ox.NamedNode(after + value.value[len(before) :])
        return value

    for quad in store:
        yield ox.Quad(term(quad.subject), term(quad.predicate), term(quad.object), term(quad.graph_name))


if __name__ == "__main__":
    main()
