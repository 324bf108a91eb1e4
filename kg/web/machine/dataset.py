"""What the graph is as a dataset: VoID and DCAT, the vocabulary, the JSON-LD context, the site map.

Sources: W3C Interest Group Note VoID; W3C DCAT 3; sitemaps.org; RFC 9309.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from xml.sax.saxutils import escape

import rdflib
from rdflib import Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, VOID, XSD
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.model.entities import ENTITY_CLASSES
from kg.model.namespaces import PREFIXES, expand
from kg.resources import data_folder
from kg.web.index.reader import Index
from kg.web.machine.negotiate import best_type
from kg.web.machine.open_access import cached, in_thread, machine_route, refused
from kg.web.machine.service import DESCRIBED
from kg.web.markup import doc_url
from kg.web.render import index_of
from kg.web.site import Site

DUMP: Final = "chidao.nq.gz"
"""The file with all statements."""

_TITLE: Final[Mapping[str, str]] = MappingProxyType(
    {"vi": "chidao: ai chỉ đạo ai về việc gì", "en": "chidao: who instructed whom about what"}
)
_TOLD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "vi": "Đồ thị tri thức đọc từ tin bài công khai về chỉ đạo, điều hành ở Việt Nam; mỗi dữ kiện kèm câu gốc.",
        "en": "A knowledge graph read from public news about Vietnamese public life; every fact with the sentence that states it.",
    }
)
_RIGHTS: Final = "Quoted sentences are short citations from the articles named; the rights in these stay with those who publish them."
_PAGES: Final = ("Person", "Agency", "Document", "Meeting", "Place", "Topic", "ArticleNode", "Post")
_SHARE: Final = 45_000  # addresses a file; the format allows 50,000


class DatasetRoutes:
    """The handlers of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            machine_route("/.well-known/void", in_thread(self.description)),
            machine_route("/dataset", in_thread(self.description)),
            machine_route("/ns", in_thread(self.vocabulary)),
            machine_route("/context.jsonld", in_thread(self.context)),
            machine_route("/sitemap.xml", in_thread(self.site_map)),
            machine_route("/sitemap-{number:int}.xml", in_thread(self.site_map)),
            machine_route("/robots.txt", in_thread(self.robots)),
        ]

    def description(self, request: Request) -> Response:
        """Answer with VoID and DCAT in one of the forms of RDF."""
        media = best_type(request.headers.get("accept", ""), list(DESCRIBED)) or "text/turtle"
        graph = dataset_graph(self._site, index_of(request))
        return cached(request, graph.serialize(format=DESCRIBED[media], encoding="utf-8"), media, {"vary": "Accept"})

    def vocabulary(self, request: Request) -> Response:
        """Answer with the ontology; it keeps its own IRIs under any base."""
        media = best_type(request.headers.get("accept", ""), list(DESCRIBED)) or "text/turtle"
        body = (data_folder("schema") / "ontology.ttl").read_bytes()
        if media != "text/turtle":
            body = rdflib.Graph().parse(data=body, format="turtle").serialize(format=DESCRIBED[media], encoding="utf-8")
        return cached(request, body, media, {"vary": "Accept"})

    def context(self, request: Request) -> Response:
        """Answer with the JSON-LD context."""
        body = (data_folder("schema") / "generated" / "context.jsonld").read_bytes()
        return cached(request, body, "application/ld+json", {"cache-control": "public, max-age=3600"})

    def site_map(self, request: Request) -> Response:
        """Answer with the addresses of the pages, or with those of the parts where there are too many for one file."""
        index, number = index_of(request), request.path_params.get("number")
        marks = ",".join("?" * len(_PAGES))
        [(total,)] = index.rows(f"SELECT count(*) FROM node WHERE label IN ({marks})", _PAGES)
        if number is None and total > _SHARE:
            parts = [f"sitemap-{part}.xml" for part in range(1, -(-total // _SHARE) + 1)]
            return cached(
                request,
                _xml("sitemapindex", "sitemap", [self._site.base_iri + part for part in parts]),
                "application/xml",
            )
        first = (number or 1) - 1
        if first < 0 or first * _SHARE >= max(total, 1):
            return refused(404, "no such part")
        found = index.rows(
            f"SELECT id FROM node WHERE label IN ({marks}) ORDER BY n LIMIT {_SHARE} OFFSET ?",
            [*_PAGES, first * _SHARE],
        )
        addresses = [self._site.base_iri.rstrip("/") + doc_url(row[0]) for row in found]
        return cached(request, _xml("urlset", "url", addresses), "application/xml")

    def robots(self, request: Request) -> Response:
        """Answer with what crawlers may read: pages and data, not what has to be computed for each request."""
        shut = ("/sparql", "/reconcile", "/review", "/console", "/dump/")
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in shut), f"Sitemap: {self._site.base_iri}sitemap.xml"]
        return cached(request, ("\n".join(lines) + "\n").encode(), "text/plain")


def dataset_graph(site: Site, index: Index) -> rdflib.Graph:
    """Return the description of the dataset that `site` serves."""
    base = site.base_iri
    graph, dataset = rdflib.Graph(), URIRef(base + "dataset")
    for name, iri in {"dcat": DCAT, "dct": DCTERMS, "void": VOID, "foaf": FOAF}.items():
        graph.bind(name, iri)

    def add(subject: URIRef, *told: tuple[URIRef, URIRef | Literal]) -> None:
        for predicate, value in told:
            graph.add((subject, predicate, value))

    add(dataset, (RDF.type, VOID.Dataset), (RDF.type, DCAT.Dataset))
    add(dataset, *((DCTERMS.title, Literal(text, lang)) for lang, text in _TITLE.items()))
    add(dataset, *((DCTERMS.description, Literal(text, lang)) for lang, text in _TOLD.items()))
    add(dataset, (DCTERMS.license, URIRef(site.licence)), (DCTERMS.rights, Literal(_RIGHTS, "en")))
    add(dataset, (DCTERMS.language, URIRef("http://publications.europa.eu/resource/authority/language/VIE")))
    add(dataset, (FOAF.homepage, URIRef(base)), (DCAT.landingPage, URIRef(base)))
    add(dataset, (VOID.uriSpace, Literal(base + "id/")), (VOID.sparqlEndpoint, URIRef(base + "sparql")))
    add(dataset, (VOID.dataDump, URIRef(f"{base}dump/{DUMP}")))
    add(
        dataset,
        *(
            (VOID.feature, URIRef("http://www.w3.org/ns/formats/" + form))
            for form in ("Turtle", "JSON-LD", "N-Triples")
        ),
    )
    used = ("cd", "dct", "eli", "foaf", "oa", "org", "prov", "schema", "skos")
    add(dataset, *((VOID.vocabulary, URIRef(PREFIXES[prefix])) for prefix in used))
    counts = dict(index.rows("SELECT label, count(*) FROM node GROUP BY label"))
    add(dataset, (VOID.entities, Literal(sum(counts.values()))))
    for cls in ENTITY_CLASSES:
        if count := counts.get(cls.__name__):
            part = URIRef(f"{base}dataset/{cls.__name__}")
            add(dataset, (VOID.classPartition, part))
            add(part, (VOID["class"], URIRef(expand(cls.rdf_types[0]))), (VOID.entities, Literal(count)))
    [(first, last)] = index.rows("SELECT min(date), max(date) FROM directive WHERE length(date) >= 10")
    if first:
        period = URIRef(base + "dataset/period")
        add(dataset, (DCTERMS.temporal, period))
        add(period, (RDF.type, DCTERMS.PeriodOfTime), (DCAT.startDate, Literal(first[:10], datatype=XSD.date)))
        add(period, (DCAT.endDate, Literal(last[:10], datatype=XSD.date)))
    for (example,) in index.rows("SELECT min(id) FROM node WHERE label = 'Agency' HAVING min(id) IS NOT NULL"):
        from kg.graph.statements import entity_iri
        from kg.model.namespaces import BASE

        add(dataset, (VOID.exampleResource, URIRef(entity_iri(example).replace(BASE, base, 1))))
    dump, service = URIRef(base + "dataset/dump"), URIRef(base + "dataset/service")
    add(dataset, (DCAT.distribution, dump))
    add(dump, (RDF.type, DCAT.Distribution), (DCAT.downloadURL, URIRef(f"{base}dump/{DUMP}")))
    add(dump, (DCAT.mediaType, URIRef("https://www.iana.org/assignments/media-types/application/n-quads")))
    add(dump, (DCAT.compressFormat, URIRef("https://www.iana.org/assignments/media-types/application/gzip")))
    add(dump, (DCTERMS.license, URIRef(site.licence)))
    add(
        service,
        (RDF.type, DCAT.DataService),
        (DCAT.endpointURL, URIRef(base + "sparql")),
        (DCAT.servesDataset, dataset),
    )
    add(service, (DCTERMS.conformsTo, URIRef("https://www.w3.org/TR/sparql11-protocol/")))
    return graph


def _xml(root: str, item: str, addresses: list[str]) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<{item}><loc>{escape(address)}</loc></{item}>" for address in addresses),
        f"</{root}>",
    ]
    return ("\n".join(lines) + "\n").encode()
