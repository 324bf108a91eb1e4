"""The HTML page: one file, nothing fetched, nothing run that an article brought."""

import base64
import hashlib
import re
from itertools import pairwise

import lxml.html
import pytest

from kg.export.html import page
from kg.export.html_rows import marked, page_rows
from kg.export.sankey import lay_out
from kg.graph.records import Graph
from kg.model.entities import Agency, ArticleNode, Membership, Person, Post
from tests.graph_factory import HOSTILE, directive, fictional_graph, hostile_graph, named


def parsed(graph):
    return lxml.html.fromstring(page(graph))


def big_graph():
    people = [named(Person, f"p{n:02}", f"Người Thứ {n}") for n in range(60)]
    bodies = [named(Agency, f"a{n:02}", f"Sở Số {n}") for n in range(60)]
    said = [
        directive(
            f"d{n:03}", "n", f"Yêu cầu việc số {n}.", issuers=(f"p{n % 60:02}",), addressees=(f"a{n * 7 % 60:02}",)
        )
        for n in range(120)
    ]
    return Graph.of([*people, *bodies, ArticleNode(id="n"), *said])


def test_every_directive_has_its_row_with_its_quote(graph):
    rows = parsed(graph).xpath("//table//tbody/tr")
    quotes = [row.xpath("string(.//blockquote)") for row in rows]
    wanted = ["".join(piece.text for piece in row.quote) for row in page_rows(graph)]
    assert quotes == [quote.replace("\r\n", "\n") for quote in wanted]  # as HTML reads line ends


def test_nothing_is_fetched(graph):
    tree = parsed(graph)
    assert not tree.xpath("//link | //img | //iframe | //object | //embed | //*[@src] | //*[@style] | //base")
    assert not re.search(r"url\(|@import", page(graph))
    handlers = [name for node in tree.iter() for name in node.attrib if name.startswith("on")]
    assert handlers == []


def test_the_policy_allows_exactly_the_inline_style_and_script(graph):
    html = page(graph)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    for tag in ("style", "script"):
        bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert len(bodies) == 1
        digest = base64.b64encode(hashlib.sha256(bodies[0].encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy or f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_hostile_text_stays_text():
    tree = parsed(hostile_graph())
    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//a[starts-with(@href, 'javascript')]") == []
    text = tree.text_content()
    for hostile in HOSTILE:
        if not re.search(r"[\x00-\x1f\ufffe]", hostile):
            assert hostile in text


def test_only_web_links_become_links():
    assert [link.get("href") for link in parsed(fictional_graph()).xpath("//cite/a")] == ["https://bao.example/1"] * 2
    assert parsed(hostile_graph()).xpath("//cite/a") == []


def test_the_picture_and_the_table_can_be_read_aloud():
    tree = parsed(fictional_graph())
    svg = tree.xpath("//*[local-name()='svg']")[0]
    assert svg.get("role") == "img"
    for name in svg.get("aria-labelledby").split():
        assert tree.xpath(f"//*[@id='{name}']")[0].text_content().strip()
    assert tree.xpath("//table/caption")
    assert all(cell.get("scope") == "col" for cell in tree.xpath("//thead//th"))
    assert all(cell.get("scope") == "row" for cell in tree.xpath("//tbody//th"))
    assert tree.get("lang") == "vi"


def test_verb_and_strength_show_in_the_picture():
    ribbons = lay_out(page_rows(fictional_graph())).ribbons
    one = next(ribbon for ribbon in ribbons if ribbon.target == "Sở Y tế tỉnh Lâm Giang")
    assert (one.value, one.verbs, one.strength) == (2, "cần ×1, yêu cầu ×1", 3)
    assert any(ribbon.label == "đề nghị · 3" for ribbon in ribbons)


def test_many_names_fold_into_more():
    drawing = lay_out(page_rows(big_graph()))
    columns = [[bar for bar in drawing.bars if bar.column == column] for column in range(3)]
    assert all(len(column) <= 31 for column in columns)
    assert drawing.hidden == (36, 30, 96)
    assert [column[-1].is_more for column in columns] == [True, True, True]
    assert all(sum(bar.value for bar in column) == 120 for column in columns)
    assert "+36 mục khác" in page(big_graph())


def test_bars_do_not_overlap_and_hold_their_labels(graph):
    drawing = lay_out(page_rows(graph))
    for column in range(3):
        bars = sorted((bar for bar in drawing.bars if bar.column == column), key=lambda bar: bar.y)
        for above, below in pairwise(bars):
            assert above.y + above.height < below.y
        assert all(bar.height >= bar.minimum and bar.y + bar.height <= drawing.height for bar in bars)


def test_flows_are_kept():
    drawing = lay_out(page_rows(big_graph()))
    for bar in drawing.bars:
        if bar.column < 2:
            assert bar.used["out"] == pytest.approx(bar.height)
        if bar.column > 0:
            assert bar.used["in"] == pytest.approx(bar.height)


def test_people_of_one_name_stay_two():
    twins = [named(Person, one, "Trần Văn Mẫu") for one in ("p1", "p2")]
    posts = [named(Post, f"po{n}", "Giám đốc Sở Y tế") for n in (1, 2)]
    bodies = [named(Agency, f"ag{n}", f"Sở Y tế tỉnh Số {n}") for n in (1, 2)]
    held = [Membership(id=f"m{n}", person=f"p{n}", post=f"po{n}", agency=f"ag{n}") for n in (1, 2)]
    said = [directive(f"d{n}", "n", "Phải báo cáo.", issuers=(f"p{n}",), start=n) for n in (1, 2)]
    rows = page_rows(Graph.of([*twins, *posts, *bodies, *held, *said, ArticleNode(id="n")]))
    assert [row.who for row in rows] == [(f"Trần Văn Mẫu (Giám đốc Sở Y tế, Sở Y tế tỉnh Số {n})",) for n in (1, 2)]
    assert [bar.value for bar in lay_out(rows).bars if bar.column == 0] == [1, 1]


def test_marks_do_not_overlap():
    pieces = marked("Yêu cầu Sở Y tế báo cáo", {"verb": ["yêu cầu"], "whom": ["Sở Y tế", "Sở Y"]})
    assert [(piece.text, piece.mark) for piece in pieces] == [
        ("Yêu cầu", "verb"),
        (" ", ""),
        ("Sở Y tế", "whom"),
        (" báo cáo", ""),
    ]
