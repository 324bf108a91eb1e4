"""Opens one Oxigraph folder for `kg.stores.worker` and answers in the formats of SPARQL 1.1 (`kg.stores.sparql`): read-only, within limits.

Every IRI under `own` is shown under `shown` instead. Sources: SPARQL 1.1 Query Results JSON Format; SPARQL 1.1 Query Results CSV and TSV Formats.
"""

import io
import itertools
import json
import resource
from collections.abc import Callable, Iterator
from typing import Any

import pyoxigraph as ox

_MEMORY = 6 << 30  # address space: what a query gathers, beside the files that are mapped
_LONGEST = 64 << 20  # bytes of an answer
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_RESULTS = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
_GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
Request = dict[str, Any]


def opened(folder: str) -> Callable[[Request], Request]:
    """Return what answers requests. Raises OSError where the store is damaged."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY or soft > _MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, hard))
    try:
        store = ox.Store.read_only(folder)
    except (ValueError, RuntimeError) as error:
        raise OSError(str(error)) from error
    return lambda request: _answer(store, request)


def _answer(store: ox.Store, request: Request) -> Request:
    try:
        return _result(store, request)
    except (SyntaxError, ValueError, RuntimeError) as error:
        # RocksDB checks the sum of every block that it reads
        raise (OSError if str(error).startswith("Corruption") else ValueError)(str(error)) from error
    except MemoryError as error:
        raise ValueError("the query needs too much memory; ask something simpler") from error


def _result(store: ox.Store, request: Request) -> Request:
    named = request["dataset"]
    result = store.query(
        request["query"],
        base_iri=request["base"],
        use_default_graph_as_union=request["union"],
        default_graph=[ox.NamedNode(iri) for iri in request["default_graph"]] if named else None,
        named_graphs=[ox.NamedNode(iri) for iri in request["named_graphs"]] if named else None,
    )
    kind = (
        "boolean" if isinstance(result, ox.QueryBoolean) else "graph" if isinstance(result, ox.QueryTriples) else "rows"
    )
    form = request["formats"][kind]
    if form is None:
        return {"kind": kind, "form": None, "body": ""}
    shown = _Shown(request["own"], request["shown"])
    if isinstance(result, ox.QueryBoolean):
        body = _text(result.serialize(format=_RESULTS[form]))
    elif isinstance(result, ox.QueryTriples):
        triples = (shown.triple(triple) for triple in _limited(result, request["limit"], "statements"))
        body = _text(
            ox.serialize(triples, format=_GRAPHS[form], prefixes=request["prefixes"] if form == "ttl" else None)
        )
    else:
        body = _rows(result, form, shown, request["limit"])
    if len(body) > _LONGEST:
        raise ValueError(f"the answer has more than {_LONGEST} bytes; add LIMIT, or ask for less")
    return {"kind": kind, "form": form, "body": body}


def _limited(result: Iterator[Any], limit: int, what: str) -> Iterator[Any]:
    yield from itertools.islice(result, limit)
    # a part that looks like the whole would mislead a machine
    if next(result, None) is not None:
        raise ValueError(f"the answer has more than {limit} {what}; add LIMIT {limit} (and OFFSET), or fetch the dump")


def _text(body: bytes | None) -> str:
    assert body is not None
    return body.decode()


class _Shown:
    """Terms with the IRIs that the outside knows."""

    def __init__(self, own: list[str], shown: list[str]) -> None:
        self._pairs = [pair for pair in zip(own, shown, strict=True) if pair[0] != pair[1]]

    def iri(self, iri: str) -> str:
        for own, shown in self._pairs:
            if iri.startswith(own):
                return shown + iri[len(own) :]
        return iri

    def term(self, term: Any) -> Any:  # noqa: ANN401 (any RDF term)
        if isinstance(term, ox.NamedNode) and self._pairs:
            return ox.NamedNode(self.iri(term.value))
        return self.triple(term) if isinstance(term, ox.Triple) else term

    def triple(self, triple: ox.Triple) -> ox.Triple:
        if not self._pairs:
            return triple
        return ox.Triple(self.term(triple.subject), self.term(triple.predicate), self.term(triple.object))


def _rows(result: ox.QuerySolutions, form: str, shown: _Shown, limit: int) -> str:
    names = [variable.value for variable in result.variables]
    rows = ([shown.term(value) for value in row] for row in _limited(result, limit, "rows"))
    if form == "csv":
        return _csv(names, rows)
    bindings = [
        {name: _json(value) for name, value in zip(names, row, strict=True) if value is not None} for row in rows
    ]
    body = json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False)
    if form == "json":
        return body
    return _text(ox.parse_query_results(body, ox.QueryResultsFormat.JSON).serialize(format=_RESULTS[form]))


def _json(term: Any) -> Request:  # noqa: ANN401 (any RDF term)
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    literal = {"type": "literal", "value": term.value}
    if term.language:
        return literal | {"xml:lang": term.language}
    return literal if term.datatype.value == _XSD_STRING else literal | {"datatype": term.datatype.value}


def _csv(names: list[str], rows: Iterator[list[Any]]) -> str:
    import csv

    from kg.export.safe import csv_cell

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_csv_value(value, csv_cell) for value in row])
    return out.getvalue()


def _csv_value(term: Any, safe: Callable[[Any], str]) -> str:  # noqa: ANN401 (any RDF term)
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        is_number = term.value.lstrip("+-")[:1].isdigit() and not term.language and term.datatype.value != _XSD_STRING
        return term.value if is_number else safe(term.value)
    return term.value if isinstance(term, ox.NamedNode) else str(term)
