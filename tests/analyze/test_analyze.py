"""`kg analyze`: the network is the derived edges, its measures are right on small cases, its files are stable and safe."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from benchmarks.made_graph import made_graph
from kg.analyze import graphml, measures, plot
from kg.analyze.network import Selection, network
from kg.cli import cli
from kg.errors import UsageError
from kg.graph.records import Graph
from kg.model.entities import Agency, ArticleNode, Instruction, Topic
from tests.graph_factory import HOSTILE, directive, fictional_graph, hostile_graph, named

ROOT = Path(__file__).parents[2]


def orders(*pairs, **fields):
    """A graph of bodies in which each of `pairs` ("ab": a orders b) is a directive."""
    bodies = sorted({name for pair in pairs for name in pair})
    said = [
        directive(f"d{at}", "article", "Câu mẫu.", issuers=(a,), addressees=(b,), start=100 * at, **fields)
        for at, (a, b) in enumerate(pairs)
    ]
    return Graph.of([ArticleNode(id="article"), *(named(Agency, body, f"Sở {body}") for body in bodies), *said])


def test_without_a_filter_it_is_the_derived_network():
    graph = Graph.of(made_graph(2_000, provinces=2))
    wanted = {(one.issuer, one.addressee): one.count for one in graph.entities if isinstance(one, Instruction)}
    found = network(graph)
    assert {(a, b): data["weight"] for a, b, data in found.edges(data=True)} == wanted
    assert list(found) == sorted(found)


def test_filters():
    graph = fictional_graph()
    assert set(network(graph, Selection(topic="y te")).edges) == {
        ("person-hung", "agency-soyte"),
        ("person-hung", "group-so-nganh"),
    }
    assert ("agency-ubnd", "agency-sotc") in network(graph, Selection(since="2018", until="2018")).edges
    assert set(network(graph, Selection(since="2018-02")).edges) == {("post-btt", "post-gd")}
    assert set(network(graph, Selection(until="2016")).edges) == set()
    with pytest.raises(UsageError, match="no topic"):
        network(graph, Selection(topic="không có"))


def test_bodies_stand_for_people_and_posts():
    found = network(fictional_graph(), level="body")
    assert found["agency-tinhuy"]["agency-soyte"]["weight"] == 2  # d-1 in the capacity of a secretary, d-5 by his post
    assert "post-btt" not in found
    assert found.nodes["agency-tinhuy"] == {"name": "Tỉnh ủy Lâm Giang", "class": "Agency"}


def test_measures_of_a_star_and_a_bridge():
    found = network(orders("ab", "ab", "bc", "bd", "ed"))
    values = measures.values(found)
    assert (values["b"]["was_told"], values["b"]["told_by"], values["b"]["tells"]) == (2, 1, 2)
    assert [one["brokerage"] for one in values.values()] == [0, 2, 0, 0, 0]
    assert measures.brokers(found).dicts()[0]["id"] == "b"
    assert len(measures.brokers(found).rows) == 1
    assert sum(row["pagerank"] for row in measures.centrality(found).dicts()) == pytest.approx(1, abs=1e-5)
    assert measures.centrality(found).dicts()[0]["id"] == "d"
    assert [row[-1] for row in measures.central(found).rows] == [row[-1] for row in measures.centrality(found).rows]


def test_a_pair_that_has_its_own_edge_needs_no_broker():
    assert measures.values(network(orders("ab", "bc", "ac")))["b"]["brokerage"] == 0


@pytest.mark.parametrize(
    ("table", "unused"),
    [
        (measures.brokers, "_groups _pagerank"),
        (measures.centrality, "_groups _brokerage"),
        (measures.central, "_groups _brokerage _betweenness"),
    ],
)
def test_a_table_computes_no_measure_that_it_does_not_show(monkeypatch, table, unused):
    found = network(orders("ab", "bc", "cd"))
    whole = table(found)
    for name in unused.split():
        monkeypatch.delattr(measures, name)
    assert table(found) == whole


def test_communities():
    table = measures.communities(network(orders("ab", "bc", "ca", "xy", "yz", "zx", "cx")))
    assert [(row["members"], row["within"], row["across"]) for row in table.dicts()] == [(3, 3, 1), (3, 3, 1)]


def test_reciprocity_and_depth():
    found = dict(measures.chains(network(orders("ab", "bc", "cd", "dc"))).rows)
    assert (found["mutual_pairs"], found["reciprocity"]) == (1, 0.5)
    assert found["depth"] == 2  # c and d order each other: one knot
    assert found["chain"] == ["Sở a", "Sở b", "Sở c"]


def test_change_between_two_periods():
    now, then = network(orders("ab", "ab", "ac")), network(orders("ab", "bc"))
    found = {row["id"]: row for row in measures.change(now, then).dicts()}
    assert (found["a"]["told_then"], found["a"]["told_now"], found["a"]["share_moved"]) == (1, 3, 0.5)
    assert (found["b"]["told_now"], found["b"]["was_told_then"]) == (0, 1)


def test_an_empty_network():
    empty = network(Graph.of([named(Topic, "t", "Y tế")]))
    assert [measures.centrality(empty).rows, measures.brokers(empty).rows, measures.communities(empty).rows] == [()] * 3
    assert dict(measures.chains(empty).rows)["depth"] == 0
    assert measures.change(empty, empty).rows == ()
    ElementTree.fromstring(plot.bars(measures.centrality(empty), "pagerank", "x"))
    ElementTree.fromstring(plot.ring(empty, measures.centrality(empty), {}, "x"))


def test_hostile_names_are_text_in_svg_and_graphml():
    found = network(hostile_graph())
    ranks = measures.centrality(found)
    groups = {ident: one["community"] for ident, one in measures.values(found).items()}
    for drawn in (plot.bars(ranks, "pagerank", HOSTILE[3]), plot.ring(found, ranks, groups, HOSTILE[3])):
        tree = ElementTree.fromstring(drawn.encode())
        assert {node.tag.rpartition("}")[2] for node in tree.iter()} <= {
            "svg",
            "title",
            "rect",
            "text",
            "g",
            "defs",
            "marker",
            "path",
            "circle",
        }
        assert tree[0].text == HOSTILE[3]
        assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on")]
    out = BytesIO()
    graphml.write(found, out)
    labels = [data.text for data in ElementTree.fromstring(out.getvalue()).iter() if data.text]
    assert any("}) DETACH DELETE n //" in text for text in labels)


def test_graphml_has_the_values():
    import networkx

    found = network(fictional_graph())
    out = BytesIO()
    graphml.write(found, out)
    back = networkx.parse_graphml(out.getvalue().decode())
    assert back.nodes["person-hung"] == {
        "label": "Lê Văn Hùng",
        "class": "Person",
        **measures.values(found)["person-hung"],
    }
    assert back["person-hung"]["agency-soyte"]["weight"] == 2


SCRIPT = """
import sys
from io import BytesIO
from benchmarks.made_graph import made_graph
from kg.analyze import graphml, measures, plot
from kg.analyze.network import network
from kg.graph.records import Graph
found = network(Graph.of(made_graph(8_000, provinces=8)), level="body")
out = BytesIO()
graphml.write(found, out)
sys.stdout.buffer.write(out.getvalue())
groups = {ident: one["community"] for ident, one in measures.values(found).items()}
print(plot.ring(found, measures.centrality(found), groups, "x"), measures.communities(found), measures.chains(found))
"""


def test_the_same_bytes_in_every_run():
    made = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert made[0] == made[1]
    assert len(made[0]) > 10_000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["change"], "change needs --against"),
        (["centrality", "--against", "2016..2017"], "nothing else takes it"),
        (["change", "--against", "2016"], "write FROM..TO"),
        (["--since", "2017-13"], "is no date"),
    ],
)
def test_wrong_use_is_told(tmp_path, arguments, said):
    with pytest.raises(UsageError, match=said):
        CliRunner().invoke(
            cli, ["analyze", *arguments, "-g", str(tmp_path)], catch_exceptions=False, standalone_mode=False
        )
