"""The ontology says what every term of the model means, in Vietnamese and English, and nothing else."""

from collections import defaultdict

import pytest
import rdflib
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD

from kg.graph.statements import entity_iri
from kg.graph.terms import fields_of
from kg.graph.topics import topics
from kg.lexicon.tables import read_table, split_list
from kg.model.entities import ENTITY_CLASSES, Directive, Statement
from kg.model.namespaces import PREFIXES, expand
from kg.schema_gen.fields import value_type
from kg.text.fold import fold

CD = rdflib.Namespace(PREFIXES["cd"])
DATES = {XSD.date, XSD.dateTime, XSD.gYear, XSD.gYearMonth}
VOCABULARIES = {"dct": DCTERMS, "foaf": FOAF, "org": ORG, "prov": PROV, "schema": SDO, "skos": SKOS, "rdfs": RDFS}
CLASS_OF = {cls.__name__: expand(cls.rdf_types[0]) for cls in ENTITY_CLASSES}


def uses():
    """Return each property of the model with the classes that have it and the fields that are it."""
    found = defaultdict(list)
    for cls in ENTITY_CLASSES:
        for field in fields_of(cls):
            found[field.term.curie].append((cls, field))
    return found


PROPERTIES = uses()
CLASSES = {curie for cls in ENTITY_CLASSES for curie in cls.rdf_types}
DERIVED = {"cd:foldedText"}  # kg.graph.statements.search_text
TERMS = sorted(CLASSES | PROPERTIES.keys() | DERIVED)


def declared(ontology):
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    return {str(term) for kind in kinds for term in ontology.subjects(RDF.type, kind)}


def test_the_ontology_has_every_term_of_the_model_and_no_other(ontology):
    assert declared(ontology) == {expand(curie) for curie in TERMS}


@pytest.mark.parametrize("curie", TERMS)
def test_terms_have_labels_in_both_languages(curie, ontology):
    iri = rdflib.URIRef(expand(curie))
    assert sorted(label.language for label in ontology.objects(iri, RDFS.label)) == ["en", "vi"]
    if curie.startswith("cd:"):
        assert sorted(text.language for text in ontology.objects(iri, SKOS.definition)) == ["en", "vi"]


@pytest.mark.parametrize("curie", [curie for curie in TERMS if not curie.startswith("cd:")])
def test_foreign_terms_name_their_home_and_exist_there(curie, ontology):
    prefix, _, local = curie.partition(":")
    assert str(ontology.value(rdflib.URIRef(expand(curie)), RDFS.isDefinedBy)) == PREFIXES[prefix]
    if prefix in VOCABULARIES:
        assert VOCABULARIES[prefix][local] in VOCABULARIES[prefix]


@pytest.mark.parametrize("curie", PROPERTIES)
def test_kinds_agree_with_the_model(curie, ontology):
    references = {bool(field.term.ref) for _, field in PROPERTIES[curie]}
    assert len(references) == 1
    kind = OWL.ObjectProperty if references.pop() else OWL.DatatypeProperty
    assert set(ontology.objects(rdflib.URIRef(expand(curie)), RDF.type)) == {kind}


@pytest.mark.parametrize("curie", [curie for curie in PROPERTIES if curie.startswith("cd:")])
def test_domains_and_ranges_agree_with_the_model(curie, ontology):
    iri = rdflib.URIRef(expand(curie))
    domains = {rdflib.URIRef(CLASS_OF[cls.__name__]) for cls, _ in PROPERTIES[curie]}
    assert stated(ontology, iri, RDFS.domain, SDO.domainIncludes) == domains
    assert stated(ontology, iri, RDFS.range, SDO.rangeIncludes) == ranges(curie)


def test_the_folded_text_is_that_of_directives_and_statements(ontology):
    # derived: kg.graph.statements.search_text
    iri = rdflib.URIRef(expand("cd:foldedText"))
    domains = {rdflib.URIRef(CLASS_OF[cls.__name__]) for cls in (Directive, Statement)}
    assert stated(ontology, iri, RDFS.domain, SDO.domainIncludes) == domains


def stated(ontology, iri, one, several):
    """Return what `one` says or else `several`: two rdfs:range would mean both at once."""
    single, many = set(ontology.objects(iri, one)), set(ontology.objects(iri, several))
    assert len(single) == (0 if many else 1)
    assert len(many) != 1
    return single | many


def ranges(curie):
    found = set()
    for _, field in PROPERTIES[curie]:
        if field.term.ref:
            found |= {rdflib.URIRef(CLASS_OF[name]) for name in field.term.ref}
        else:
            found |= DATES if field.is_date else {rdflib.URIRef(expand(value_type(field)))}
    return found


def notations(ontology, scheme):
    concepts = set(ontology.subjects(SKOS.inScheme, scheme))
    for concept in concepts:
        assert (concept, RDF.type, SKOS.Concept) in ontology
        assert sorted(label.language for label in ontology.objects(concept, SKOS.prefLabel)) == ["en", "vi"]
    return {str(notation) for concept in concepts for notation in ontology.objects(concept, SKOS.notation)}


def test_speech_acts_are_those_of_the_verbs(ontology):
    acts = {row["class"] for row in read_table("directive_verbs")}
    # `instruct`: a verb that the table lacks; the kinds of statements
    assert notations(ontology, CD.speechActs) == acts | {"instruct", "praise", "criticism", "petition"}


@pytest.mark.parametrize(
    ("scheme", "cls", "name"),
    [
        ("addresseeResolutions", "Directive", "addressee_resolution"),
        ("issuerResolutions", "Directive", "issuer_resolution"),
        ("membershipStatuses", "Membership", "status"),
    ],
)
def test_closed_lists_are_schemes(scheme, cls, name, ontology):
    model = next(c for c in ENTITY_CLASSES if c.__name__ == cls)
    choices = set(model.model_json_schema()["properties"][name]["enum"])
    assert notations(ontology, CD[scheme]) == choices


def test_every_concept_is_in_a_scheme(ontology):
    schemes = set(ontology.subjects(RDF.type, SKOS.ConceptScheme))
    for concept in ontology.subjects(RDF.type, SKOS.Concept):
        assert set(ontology.objects(concept, SKOS.inScheme)) <= schemes
        assert (concept, SKOS.inScheme, None) in ontology


def test_topics_are_those_of_the_table_under_the_iris_of_the_graph(ontology):
    scheme = rdflib.URIRef(entity_iri("topics"))
    assert notations(ontology, scheme) == {row["topic_id"] for row in read_table("topics")}
    for topic in topics().values():
        labels = set(ontology.objects(rdflib.URIRef(entity_iri(topic.id)), SKOS.prefLabel))
        assert labels == {rdflib.Literal(topic.name, lang="vi"), rdflib.Literal(topic.name_en, lang="en")}


def test_cues_of_topics_are_folded_and_each_belongs_to_one():
    owners = defaultdict(set)
    for row in read_table("topics"):
        cues = list(split_list(row["cues"]))
        assert len(cues) >= 10
        for cue in cues:
            assert cue == fold(cue)
            owners[cue].add(row["topic_id"])
    assert {cue for cue, topics_ in owners.items() if len(topics_) > 1} == set()
