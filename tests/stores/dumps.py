"""All that a projection holds, in one order: what two equal graphs have in common, whatever the order in which they were written."""

import json

import pyoxigraph

from kg.stores import open_view

ENGINES = ("oxigraph", "kglite", "networkx")
_NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties"
_EDGES = "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS type, b.id AS b"


def dump(home, engine):
    """Return sorted lines; an engine that can't be opened raises what its view raises."""
    with open_view(home, engine) as view:
        if engine == "oxigraph":
            assert view.query("ASK {}").rows
            generation = json.loads((home / "stores" / "current.json").read_bytes())["generation"]
            store = pyoxigraph.Store.read_only(str(home / "stores" / generation / "oxigraph"))
            return sorted(map(str, store))
        if engine == "kglite":
            rows = [row for text in (_NODES, _EDGES) for row in view.query(text, limit=10**7).rows]
        else:
            rows = [*view.graph.nodes(data=True), *view.graph.edges(data=True)]
        return sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
