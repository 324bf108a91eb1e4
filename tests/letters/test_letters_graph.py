"""Letters in a graph home: the letter is a document with what it rests on, its article embodies it, and everything can be checked."""

import pytest
import rdflib
from click.testing import CliRunner

from kg.cli import cli
from kg.graph.statements import entity_iri
from kg.home.home import GraphHome
from kg.read import read
from tests.letters.build import LETTERS

ELI = rdflib.Namespace("http://data.europa.eu/eli/ontology#")
DCT = rdflib.DCTERMS


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("letters") / "graph"
    names = ("quyet-dinh-ubnd.docx", "chi-thi-tinh-uy.docx", "thong-bao-ket-luan.txt")
    done = CliRunner().invoke(cli, ["build", *(str(LETTERS / name) for name in names), "-g", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def graph(home, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "a.ttl"
    assert CliRunner().invoke(cli, ["export", "-f", "ttl", "-o", str(out), "-g", str(home)]).exit_code == 0
    return rdflib.Graph().parse(out)


def document(graph, number):
    (found,) = graph.subjects(ELI.number, rdflib.Literal(number))
    return found


def test_the_letter_is_a_document_by_eli(graph):
    found = document(graph, "845/QĐ-UBND")
    assert str(graph.value(found, ELI.date_document)) == "2021-04-20"
    assert "ubnd-tinh" in str(graph.value(found, ELI.passed_by))
    assert str(graph.value(found, DCT.title)).startswith("phê duyệt Đề án phát triển vùng rau an toàn")
    bases = {
        str(name) for base in graph.objects(found, ELI.based_on) for name in graph.objects(base, rdflib.SKOS.prefLabel)
    }
    assert any("98/2018/NĐ-CP" in name for name in bases)
    assert any("Luật Tổ chức chính quyền địa phương" in name for name in bases)
    (article,) = graph.subjects(ELI.embodies, found)
    assert article in set(graph.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/NewsArticle")))


def test_every_fact_can_be_checked(home):
    assert CliRunner().invoke(cli, ["verify", "-g", str(home)]).exit_code == 0


def test_who_told_whom(home):
    asked = CliRunner().invoke(cli, ["ask", "--whom", "Sở Tài chính", "--json", "-g", str(home)])
    assert '"Ủy ban nhân dân tỉnh Nam Cát"' in asked.output


def test_the_home_keeps_the_letter(home):
    with GraphHome(home) as opened:
        kept = {article.letter.number: article for article in opened.articles() if article.letter}
    assert set(kept) == {"845/QĐ-UBND", "15-CT/TU", "120/TB-VP"}
    reading = read(kept["15-CT/TU"])
    assert reading.letter.signatories[0].capacities[0].mark == "TM"
    assert entity_iri(reading.article)
