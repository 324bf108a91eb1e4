"""The entities of the graph: one frozen class each, every field with its RDF term and its property-graph edge.

Alignment: W3C ORG (post, membership, organization), FOAF, schema.org (events, articles), PROV-O (quotation), ELI and DCTERMS (documents),
SKOS (topics), Web Annotation (evidence). `schema/ontology.ttl` says what each term means; `schema/generated/` follows from this file.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from kg.model.base import Entity, Term
from kg.model.dates import IsoDate
from kg.model.reading import AddresseeResolution, IssuerResolution

Text = Annotated[str, Field(min_length=1)]
Name = Annotated[Text, Term("skos:prefLabel", lang="vi")]
Folded = Annotated[str, Term("cd:folded")]
Aliases = Annotated[tuple[Text, ...], Term("skos:altLabel", lang="vi")]
Confidence = Annotated[float, Field(ge=0, le=1), Term("cd:confidence", datatype="xsd:double")]


class Quoted(Entity):
    """What one article says at code points `start` to `end` (exclusive) in the words of `quote`, as `rule` read it."""

    start: Annotated[int, Field(ge=0), Term("oa:start")]
    end: Annotated[int, Field(ge=1), Term("oa:end")]
    quote: Annotated[Text, Term("oa:exact", lang="vi")]
    rule: Annotated[Text, Term("cd:rule")]
    confidence: Confidence

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"end {self.end} is not after start {self.start}")
        return self


class Person(Entity):
    """An official: a natural person who acts in office."""

    rdf_types: ClassVar = ("foaf:Person", "schema:Person")
    name: Annotated[Text, Term("foaf:name", lang="vi")]
    folded: Folded
    aliases: Aliases = ()


class Place(Entity):
    """An administrative unit, as the dated version that held at the time."""

    rdf_types: ClassVar = ("schema:AdministrativeArea",)
    name: Name
    folded: Folded
    kind: Annotated[str | None, Term("dct:type")] = None
    code: Annotated[str | None, Term("dct:identifier")] = None
    valid_from: Annotated[IsoDate | None, Term("schema:validFrom")] = None
    valid_to: Annotated[IsoDate | None, Term("schema:validThrough")] = None
    successor: Annotated[str | None, Term("dct:isReplacedBy", ref=("Place",), edge="SUCCEEDED_BY")] = None


class Agency(Entity):
    """A body of the Party-state, as one dated version of it. `register_id` is its row (or template) in the register of agencies."""

    rdf_types: ClassVar = ("org:FormalOrganization", "schema:GovernmentOrganization")
    name: Name
    folded: Folded
    aliases: Aliases = ()
    kind: Annotated[str | None, Term("org:classification")] = None
    register_id: Annotated[str | None, Term("dct:identifier")] = None
    place: Annotated[str | None, Term("schema:areaServed", ref=("Place",), edge="LOCATED_IN")] = None
    parent: Annotated[str | None, Term("org:subOrganizationOf", ref=("Agency",), edge="PART_OF")] = None
    successors: Annotated[tuple[str, ...], Term("dct:isReplacedBy", ref=("Agency",), edge="SUCCEEDED_BY")] = ()


class Group(Entity):
    """Addressees named as a kind and not as bodies: "các sở, ban, ngành", "người dân", "tỉnh Phú Thọ"; kept as written."""

    rdf_types: ClassVar = ("cd:Group", "foaf:Group")
    name: Name
    folded: Folded


class Post(Entity):
    """A post that exists without its holder: "Bí thư Tỉnh ủy" of one Tỉnh ủy."""

    rdf_types: ClassVar = ("org:Post",)
    name: Name
    folded: Folded
    role: Annotated[str | None, Term("cd:role")] = None
    rank: Annotated[int | None, Field(ge=1), Term("cd:rank")] = None
    agency: Annotated[str | None, Term("org:postIn", ref=("Agency",), edge="POST_IN")] = None


class Membership(Entity):
    """Who held which post, from the first to the last day on which an article shows it."""

    rdf_types: ClassVar = ("org:Membership",)
    person: Annotated[str, Term("org:member", ref=("Person",), edge="HAS_MEMBERSHIP", reverse=True)]
    post: Annotated[str, Term("cd:post", ref=("Post",), edge="OF_POST")]
    agency: Annotated[str | None, Term("org:organization", ref=("Agency",), edge="IN_AGENCY")] = None
    status: Annotated[Literal["current", "former", "acting"], Term("cd:status")] = "current"
    observed_from: Annotated[IsoDate | None, Term("cd:observedFrom")] = None
    observed_to: Annotated[IsoDate | None, Term("cd:observedTo")] = None


class Document(Entity):
    """A Party or state document, known by `key` where its number and term or year are known."""

    rdf_types: ClassVar = ("cd:OfficialDocument", "foaf:Document")
    name: Name
    folded: Folded
    aliases: Aliases = ()
    number: Annotated[str | None, Term("eli:number")] = None
    key: Annotated[str | None, Term("dct:identifier")] = None
    kind: Annotated[str | None, Term("dct:type")] = None
    title: Annotated[str | None, Term("dct:title", lang="vi")] = None
    term: Annotated[str | None, Term("cd:term")] = None
    date: Annotated[IsoDate | None, Term("eli:date_document")] = None
    issuer: Annotated[str | None, Term("eli:passed_by", ref=("Agency",), edge="ISSUED", reverse=True)] = None
    replaces: Annotated[tuple[str, ...], Term("dct:replaces", ref=("Document",), edge="REPLACES")] = ()
    amends: Annotated[tuple[str, ...], Term("eli:amends", ref=("Document",), edge="AMENDS")] = ()
    continues: Annotated[tuple[str, ...], Term("cd:continues", ref=("Document",), edge="CONTINUES")] = ()
    implements: Annotated[tuple[str, ...], Term("cd:implements", ref=("Document",), edge="IMPLEMENTS")] = ()
    reviews: Annotated[tuple[str, ...], Term("cd:reviews", ref=("Document",), edge="REVIEWS")] = ()
    based_on: Annotated[tuple[str, ...], Term("eli:based_on", ref=("Document",), edge="BASED_ON")] = ()


class Topic(Entity):
    """A subject of the topic scheme."""

    rdf_types: ClassVar = ("skos:Concept",)
    name: Name
    folded: Folded
    name_en: Annotated[str | None, Term("rdfs:label", lang="en")] = None


class Meeting(Entity):
    """An event that officials hold or take part in."""

    rdf_types: ClassVar = ("schema:Event", "prov:Activity")
    name: Annotated[Text, Term("schema:name", lang="vi")]
    folded: Folded
    kind: Annotated[str | None, Term("dct:type")] = None
    date: Annotated[IsoDate | None, Term("schema:startDate")] = None
    chairs: Annotated[
        tuple[str, ...], Term("cd:chair", ref=("Person", "Post", "Agency"), edge="CHAIRED", reverse=True)
    ] = ()
    participants: Annotated[
        tuple[str, ...],
        Term("schema:attendee", ref=("Person", "Post", "Agency", "Group"), edge="ATTENDED", reverse=True),
    ] = ()
    host: Annotated[str | None, Term("cd:host", ref=("Agency", "Group"), edge="HOSTED", reverse=True)] = None
    same_as: Annotated[str | None, Term("cd:sameMeetingAs")] = None


class ArticleNode(Entity):
    """An article as a source of facts: `place` is the province it is from, `place_rule` how that was decided; `same_as` names the cluster
    of its near-duplicates; `embodies` the document whose text it is, where it is an official letter. `forms` are the ids of the articles
    that say nothing else (other formats, reprints), `outlets` and `urls` where these were published besides."""

    rdf_types: ClassVar = ("schema:NewsArticle", "prov:Entity")
    title: Annotated[str | None, Term("schema:headline", lang="vi")] = None
    published: Annotated[IsoDate | None, Term("schema:datePublished")] = None
    outlet: Annotated[str | None, Term("schema:publisher")] = None
    author: Annotated[str | None, Term("schema:author")] = None
    url: Annotated[str | None, Term("schema:url")] = None
    record_id: Annotated[str | None, Term("dct:identifier")] = None
    place: Annotated[str | None, Term("schema:spatialCoverage", ref=("Place",), edge="FROM_PLACE")] = None
    place_rule: Annotated[str | None, Term("cd:placeRule")] = None
    same_as: Annotated[str | None, Term("cd:sameArticleAs")] = None
    embodies: Annotated[str | None, Term("eli:embodies", ref=("Document",), edge="EMBODIES")] = None
    forms: Annotated[tuple[str, ...], Term("cd:form")] = ()
    outlets: Annotated[tuple[str, ...], Term("cd:alsoPublishedBy")] = ()
    urls: Annotated[tuple[str, ...], Term("cd:alsoPublishedAt")] = ()


class Directive(Quoted):
    """An instruction, as one article reports it: who, in which capacity, told whom, with which act and strength, to do what, on which basis, by when."""

    rdf_types: ClassVar = ("cd:Directive", "prov:Entity")
    issuers: Annotated[
        tuple[str, ...], Term("cd:issuedBy", ref=("Person", "Agency", "Post", "Group"), edge="ISSUED", reverse=True)
    ] = ()
    capacity: Annotated[tuple[str, ...], Term("cd:issuedInCapacity", ref=("Membership",), edge="IN_CAPACITY")] = ()
    addressees: Annotated[
        tuple[str, ...],
        Term("cd:addressee", ref=("Agency", "Post", "Person", "Group"), edge="ADDRESSED_TO", role="addressee"),
    ] = ()
    lead: Annotated[
        tuple[str, ...], Term("cd:leadAgency", ref=("Agency", "Post", "Person", "Group"), edge="LED_BY")
    ] = ()
    coordinate: Annotated[
        tuple[str, ...],
        Term("cd:coordinatingAgency", ref=("Agency", "Post", "Person", "Group"), edge="COORDINATED_WITH"),
    ] = ()
    on_behalf_of: Annotated[str | None, Term("cd:onBehalfOf", ref=("Agency",), edge="ON_BEHALF_OF")] = None
    relayed_by: Annotated[str | None, Term("cd:relayedBy", ref=("Person", "Agency"), edge="RELAYED_BY")] = None
    verb: Annotated[Text, Term("cd:verb", lang="vi")]
    act: Annotated[str, Field(pattern="^[a-z_]+$"), Term("cd:speechAct")]
    strength: Annotated[int, Field(ge=1, le=5), Term("cd:strength")]
    content: Annotated[str, Term("cd:contentText", lang="vi")]
    topic: Annotated[str | None, Term("schema:about", ref=("Topic",), edge="ABOUT")] = None
    cites: Annotated[tuple[str, ...], Term("dct:references", ref=("Document",), edge="CITES")] = ()
    deadline: Annotated[str | None, Term("cd:deadlineText", lang="vi")] = None
    deadline_iso: Annotated[str | None, Term("cd:deadline")] = None
    meeting: Annotated[str | None, Term("cd:givenAt", ref=("Meeting",), edge="GIVEN_AT")] = None
    date: Annotated[IsoDate | None, Term("dct:date")] = None
    issuer_resolution: Annotated[IssuerResolution, Term("cd:issuerResolution")]
    addressee_resolution: Annotated[AddresseeResolution, Term("cd:addresseeResolution")]
    same_as: Annotated[str | None, Term("cd:sameDirectiveAs")] = None
    also_in: Annotated[tuple[str, ...], Term("cd:alsoStatedIn", ref=("ArticleNode",), edge="ALSO_STATED_IN")] = ()
    article: Annotated[str, Term("prov:wasQuotedFrom", ref=("ArticleNode",), edge="STATED_IN")]


class Statement(Quoted):
    """Praise, criticism or a petition upward, as one article reports it: never a directive."""

    rdf_types: ClassVar = ("cd:Statement", "prov:Entity")
    kind: Annotated[Literal["praise", "criticism", "petition"], Term("cd:speechAct")]
    speakers: Annotated[
        tuple[str, ...], Term("cd:speaker", ref=("Person", "Agency", "Post", "Group"), edge="STATED", reverse=True)
    ] = ()
    targets: Annotated[
        tuple[str, ...], Term("cd:target", ref=("Agency", "Post", "Person", "Group"), edge="CONCERNS")
    ] = ()
    verb: Annotated[Text, Term("cd:verb", lang="vi")]
    date: Annotated[IsoDate | None, Term("dct:date")] = None
    article: Annotated[str, Term("prov:wasQuotedFrom", ref=("ArticleNode",), edge="STATED_IN")]


class Mention(Quoted):
    """Evidence: the stretch of an article's text that names or proves `body` (a Web Annotation with position and quote selectors)."""

    rdf_types: ClassVar = ("oa:Annotation",)
    body: Annotated[
        str,
        Term(
            "oa:hasBody",
            ref=("Person", "Agency", "Membership", "Document", "Meeting", "Post", "Group", "Place"),
            edge="EVIDENCE_OF",
        ),
    ]
    article: Annotated[str, Term("oa:hasSource", ref=("ArticleNode",), edge="MENTIONS", reverse=True)]


class Instruction(Entity):
    """Derived, rebuildable: how often, when first and last one issuer instructed one addressee."""

    rdf_types: ClassVar = ("cd:Instruction",)
    issuer: Annotated[
        str, Term("cd:instructionFrom", ref=("Person", "Agency", "Post", "Group"), edge="INSTRUCTS", reverse=True)
    ]
    addressee: Annotated[str, Term("cd:instructionTo", ref=("Agency", "Post", "Person", "Group"), edge="INSTRUCTED")]
    count: Annotated[int, Field(ge=1), Term("cd:count")]
    first: Annotated[IsoDate | None, Term("cd:firstDate")] = None
    last: Annotated[IsoDate | None, Term("cd:lastDate")] = None


class Redirect(Entity):
    """Derived: an id that an entity had, or would have by less evidence, and the id under which it is known now."""

    rdf_types: ClassVar = ("cd:Redirect",)
    target: Annotated[
        str, Term("cd:redirectsTo", ref=("Person", "Agency", "Document", "ArticleNode"), edge="REDIRECTS_TO")
    ]


ENTITY_CLASSES: tuple[type[Entity], ...] = (
    Person, Place, Agency, Group, Post, Membership, Document, Topic, Meeting, ArticleNode, Directive, Statement, Mention,
    Instruction, Redirect,
)  # fmt: skip
"""Every class of the graph, in the order of its file."""
