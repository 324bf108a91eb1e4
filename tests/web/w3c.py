"""The W3C SPARQL 1.1 Protocol tests, read from ../shared/suites, and a writable endpoint that the update tests run against."""

import re
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
import rdflib
from rdflib.collection import Collection

from kg.errors import QueryError
from kg.stores.guard import _SPARQL_SKIP
from kg.web.machine.protocol import ProtocolError

SUITES = Path(__file__).parents[2].parent / "shared" / "suites"

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
DATA = "http://kasei.us/2009/09/sparql/data/"


class Exchange(NamedTuple):
    """One request of a test and what must come back."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statuses: tuple[str, ...]
    boolean: bool | None
    form: str | None


def manifest(name):
    graph = rdflib.Graph()
    graph.parse(SUITES / name / "manifest.ttl", format="turtle")
    return graph


def entries(graph):
    (listed,) = graph.objects(None, MF.entries)
    return list(Collection(graph, listed))


def exchanges(graph, entry):
    requests = graph.value(graph.value(entry, MF.action), HT.requests)
    return [_exchange(graph, request) for request in Collection(graph, requests)]


def _exchange(graph, request):
    body, headers = graph.value(request, HT.body), graph.value(request, HT.headers)
    response = graph.value(request, HT.resp)
    said = str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding))) if body else b""
    boolean, form = graph.value(response, MF.expectedBoolean), graph.value(response, MF.expectedFormat)
    return Exchange(
        str(graph.value(request, HT.methodName)),
        str(graph.value(request, HT.absolutePath)),
        tuple(
            (str(graph.value(one, HT.fieldName)), str(graph.value(one, HT.fieldValue)))
            for one in (Collection(graph, headers) if headers else ())
        ),
        said,
        tuple(str(one).rsplit("StatusCode", 1)[1][0] for one in graph.objects(response, MF.expectedStatus)),
        None if boolean is None else boolean.toPython(),
        None if form is None else str(form),
    )


def filled(folder):
    """Fill an Oxigraph folder with the data of the suite, each file in the graph that its tests name."""
    store = pyoxigraph.Store(str(folder))
    for number in (1, 2, 3):
        file = SUITES / "sparql-protocol" / f"data{number}.nt"
        graph = pyoxigraph.NamedNode(f"{DATA}data{number}.rdf")
        store.load(file.read_bytes(), pyoxigraph.RdfFormat.N_TRIPLES, to_graph=graph)
    store.flush()


class WritableStore:
    """Carries out updates; each opens the folder, writes and closes it, so that the endpoint's own process may read it afterwards."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, asked, base):
        using = [f"USING <{iri}>" for iri in asked.default_graphs or ()]
        using += [f"USING NAMED <{iri}>" for iri in asked.named_graphs or ()]
        text = _with_dataset(asked.text, " ".join(using)) if using else asked.text
        try:
            pyoxigraph.Store(str(self.folder)).update(text, base_iri=base)
        except SyntaxError as error:
            raise QueryError(str(error)) from error


def _with_dataset(text, using):
    """`USING` before each `WHERE` outside braces; the protocol forbids it where the update has its own."""
    blank = _SPARQL_SKIP.sub(lambda match: " " * len(match[0]), text)
    depth, places = 0, []
    for match in re.finditer(r"[{}]|\b(?:WHERE|WITH|USING)\b", blank, re.IGNORECASE):
        word = match[0].upper()
        depth += {"{": 1, "}": -1}.get(word, 0)
        if depth == 0 and word in ("WITH", "USING"):
            raise ProtocolError(400, "the dataset is both in the protocol and in the update")
        if depth == 0 and word == "WHERE":
            places.append(match.start())
    for place in reversed(places):
        text = f"{text[:place]}{using} {text[place:]}"
    return text
