"""What the notations of the ontology's schemes (speech acts, resolutions) are called, in Vietnamese and English."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from kg.model.namespaces import expand
from kg.resources import data_folder
from kg.web.site import Lang

_SCHEMES: Final = ("speechActs", "issuerResolutions", "addresseeResolutions")


@cache
def terms(lang: Lang) -> Mapping[str, str]:
    """Return the label of each notation, lower case: `terms("en")["assign"]`. Notations of different schemes that are alike mean alike."""
    import pyoxigraph

    store = pyoxigraph.Store()
    store.load(path=str(data_folder("schema") / "ontology.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    found: dict[str, str] = {}
    notation, label, scheme = (
        pyoxigraph.NamedNode(expand(c)) for c in ("skos:notation", "skos:prefLabel", "skos:inScheme")
    )
    for name in reversed(_SCHEMES):
        for quad in store.quads_for_pattern(None, scheme, pyoxigraph.NamedNode(expand(f"cd:{name}"))):
            keys = [said.object for said in store.quads_for_pattern(quad.subject, notation, None)]
            said = [said.object for said in store.quads_for_pattern(quad.subject, label, None)]
            names = [one.value for one in said if isinstance(one, pyoxigraph.Literal) and one.language == lang]
            found |= {key.value: names[0] for key in keys if isinstance(key, pyoxigraph.Literal) and names}
    return MappingProxyType(found)


@cache
def speech_acts() -> tuple[str, ...]:
    """Return the notations of the speech acts that the ontology knows, sorted."""
    import pyoxigraph

    store = pyoxigraph.Store()
    store.load(path=str(data_folder("schema") / "ontology.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    found = store.query(
        f"SELECT ?n {{ ?a <{expand('skos:inScheme')}> <{expand('cd:speechActs')}> ; <{expand('skos:notation')}> ?n }} ORDER BY ?n"
    )
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return tuple(str(row["n"].value) for row in found)
